"""Places on the ground: coordinates, projection, areas, lookup, coverage, basemap."""
