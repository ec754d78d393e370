"""Maps: the one map component, the layer that paints areas, legends, and a map of one value per area."""
