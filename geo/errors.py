"""The errors that people read.

A message is one sentence in the words of the person who will read it: the requirement, what was found, the remedy.
It may name a file, a sheet, a column and a row number; it never holds a value of a row.
"""


class InputError(ValueError):
    """Input that cannot be used as it is; the message says why and what to do."""


class RefusedError(PermissionError):
    """A request that is understood and not granted; the message says why and what to do."""


class ThinDataError(InputError):
    """Data too thin for a method; the message says what it needs, what there is, and what to look at instead."""
