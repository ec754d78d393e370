"""Services: what the product does with a store for a person: import, release, show, export, verify.

Here lives what takes a ``Store`` and a ``Principal`` and joins records, the store and ``geo``; here is decided who sees
exact counts (``visibility``). SQL does not live here (``data.store``), nor what a column of a file means
(``data.records``), a calculation (``geo``), or how a command speaks (``data.cli``).
"""
