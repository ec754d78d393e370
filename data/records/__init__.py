"""Records: sheets in, rows of incidents, hotspots, actions, schools, term dates and areas out.

Here lives what columns mean, and the jobs that read whole files. Nothing here stores anything.
"""
