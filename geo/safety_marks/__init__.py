"""The map of a safety-mapping session: its grid, the code that names it, and the sheet that is printed.

Young people mark on it where they feel safe and where not; staff type the squares in afterwards.
"""
