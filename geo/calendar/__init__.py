"""Calendar: months, half-terms, terms, school years and the school day, and how many days each holds.

Here lives what is known of time alone. Counts, areas and statistics do not: this room knows none of them.
"""
