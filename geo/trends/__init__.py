"""Trends: series of counts judged by control charts, put in sentences, and compared with actions and with other areas.

Here lives everything between counts by period and a chart, a table or a sentence of the trends page: rebased limits,
episodes, rare harms, the overview, peers, the funnel plot, and before and after an action. Limits, rules and tests
live in ``geo.statistics``.
"""
