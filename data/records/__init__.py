"""Records: sheets in, rows of incidents, hotspots, actions, schools, term dates and areas out.

Here belongs what columns mean: synonyms and mappings, dates, positions, what makes a row faulty, and the jobs that read
whole files in the sandbox. How a kind of file is decoded does not belong here (see ``data.formats``), and nothing here
is stored (``data.store``) or decides who sees what (``data.services``).
"""
