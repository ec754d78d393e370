"""Release of a protected dataset: counts rounded once, so that whatever is summed from them discloses no more.

Here lives everything between exact counts and what may be shared: zones, controlled rounding, the ledger of what was
released and its corrections. How sums of a release may be shown lives in ``geo.disclosure``; nothing here is looked at
by a page but through ``geo.views``.
"""
