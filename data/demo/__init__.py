"""The demonstration town Castlebrook, made by code from a seed.

Castlebrook is wholly fictional: its streets, schools, incidents and hotspots describe no real place, person or event.
It is written as ordinary input files, so that the demonstration goes the way that real data go.
"""

from data.demo.town import DEFAULT_SEED, TownFiles, write_town

__all__ = ["DEFAULT_SEED", "TownFiles", "write_town"]
