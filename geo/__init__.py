"""Geo: frames and arrays in, frames and arrays out; no file, socket, database or screen.

Here lives what is worked out of counts, areas and time. Loose files hold what every folder needs: the names of columns,
the harm groups, the rule of disclosure, the errors people read and the wording of numbers.
"""
