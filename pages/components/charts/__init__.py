"""Charts: Altair specifications built from frames, one for screen and print, and how they all look."""
