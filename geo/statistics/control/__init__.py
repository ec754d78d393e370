"""Control charts: the limits of a series by its baseline, and the points that say that it has changed.

Here live the charts and rules as published, on arrays series × period: XmR, c-, u- and g-charts, and the rules of the
NHS. What a chart says in words, and when limits are rebased, lives in ``geo.trends``.
"""
