"""Actions: what was done and is owed."""
