"""The first edition of the release, kept as it was: the attacks that it did not withstand must go on finding so.

Only what a later edition changes is here; balancing, keyed fractions, nesting and names are those of the product.
"""
