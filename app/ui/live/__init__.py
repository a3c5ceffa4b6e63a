"""The Live place: map, cameras, open incidents, the selected one, and intake."""
