"""Views: counts of any kind as one page looks at them, by the units of a level, widened where too few could be shown.

Here lives what pages, maps, findings and exports have in common: the counts, never how they are judged or drawn. It
knows no chart, map or sentence about findings.
"""
