"""The Papers place: what the clerk prints, saves, and finds again."""
