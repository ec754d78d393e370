"""Young people’s safe and unsafe places."""
