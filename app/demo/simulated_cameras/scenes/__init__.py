"""Drawn places for the simulated cameras: a small world in metres, seen through a lens."""
