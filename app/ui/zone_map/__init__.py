"""The Map place: the station's ground, its areas, and who sees what. Qt."""
