"""F1: the manual, a page for each place."""
