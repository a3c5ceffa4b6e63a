"""Files that belong to an incident."""
