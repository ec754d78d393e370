"""One module for each edition."""
