"""The frame of every page: the shared selection, headlines, notes, tables, addresses, and what a failing page says."""
