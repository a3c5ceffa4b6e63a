"""Thai text, Buddhist-Era dates, digits, sort key, translation."""
