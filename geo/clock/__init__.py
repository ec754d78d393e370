"""School-day clock: when in the week incidents happened, in term and in holidays, per day of each.

Here lives everything between times of incidents, or a release of them, and a clock on a page: its weights, its table
and its sentences. How uncertain times are spread lives in ``geo.statistics.aoristic``; bands and terms in
``geo.calendar``.
"""
