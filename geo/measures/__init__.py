"""Measures: what a map can show of each area beyond its count and its rate, with the words that go with it."""
