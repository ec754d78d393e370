"""Cached loads and results: bounded, keyed by what they hold and for whose eyes, never changed by who gets them."""
