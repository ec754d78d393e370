"""Charts on a page: each as wide as its place, with its key, its table and the line of its downloads."""
