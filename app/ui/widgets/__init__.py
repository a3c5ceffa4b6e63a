"""Small widgets every place uses. They know the theme and nothing of police work."""
