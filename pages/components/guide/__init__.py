"""Parts of the Guide page."""
