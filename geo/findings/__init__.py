"""Findings: clusters, patterns and changes detected in counts, ranked for a school and put in plain words.

Here lives the search over methods and harm groups, what it found or refused, and the sentences of the report. Methods
live in ``geo.statistics``; places that professionals know, in ``geo.register``: a finding is never called a hotspot.
"""
