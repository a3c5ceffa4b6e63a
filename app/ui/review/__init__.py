"""The Review place: what the cameras recorded, of any place and time, in step; and its evidence."""
