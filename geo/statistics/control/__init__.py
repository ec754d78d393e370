"""Control charts: what a series normally does, and which of its points say that it has changed."""
