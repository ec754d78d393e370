"""How a store of an older edition becomes one of the present edition; run by ``data.store.editions``."""
