"""Processes killed while they write, again and again, and a look each time at what the store then holds."""
