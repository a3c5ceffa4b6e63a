"""The camera wall: tiles, layouts, what is done on a picture. Knows no form of an incident."""
