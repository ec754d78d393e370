"""The hotspot register: places *known* to professionals, and how a map shows them.

Nothing that is detected in data lives here (see ``geo.findings``), and nothing is read from a file.
"""
