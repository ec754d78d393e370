"""Calendar: months, half-terms, terms, school years and the school day, and how many days each holds.

Here lives what is known of time alone, term dates included. Counts, areas and statistics do not: this folder knows none
of them.
"""
