"""Statistics: published methods on arrays of counts, each equal to its reference and refusing data too thin for it."""
