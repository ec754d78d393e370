"""Counts: the cube of area × period × category, and what is filtered, regrouped and compared of it.

Here lives addition of counts, over areas, periods and categories. What a statistic makes of them lives in
``geo.statistics``, how they are protected in ``geo.release``.
"""
