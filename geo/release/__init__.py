"""The release of a protected dataset: counts rounded once, so that whatever is summed from them tells no more."""
