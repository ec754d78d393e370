"""Parts of the Datasets page: cards, versions, releases, and how long data is kept."""
