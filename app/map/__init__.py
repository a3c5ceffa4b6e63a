"""The map view and its layers. Knows geo and cameras, not the log."""
