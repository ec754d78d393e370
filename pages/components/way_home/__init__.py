"""The way home: where pupils come from, and the stretches of their ways."""
