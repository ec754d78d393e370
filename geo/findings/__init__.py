"""Findings: clusters and changes detected in counts, in plain words."""
