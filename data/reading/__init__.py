"""Readers: files of many kinds in, one shape of rows out. A reader stores nothing."""
