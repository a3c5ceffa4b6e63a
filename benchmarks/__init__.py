"""Measures what the officer sees, from outside. Shares no code with the product it judges."""
