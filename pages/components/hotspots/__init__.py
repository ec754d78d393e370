"""The register of known hotspots: its list, one place, and the forms that change it."""
