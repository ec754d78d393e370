"""The demonstration town Castlebrook, made by code from a seed.

Castlebrook is wholly fictional: its streets, schools, incidents and hotspots describe no real place, person or event.
Here belongs what draws it and writes it as ordinary input files, which are then imported in the way that real data are;
nothing here may be needed for real data.
"""

from data.demo.town import DEFAULT_SEED, TownFiles, write_town

__all__ = ["DEFAULT_SEED", "TownFiles", "write_town"]
