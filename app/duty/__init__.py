"""Who is on duty: officers and units."""
