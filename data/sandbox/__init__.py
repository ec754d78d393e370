"""Reading files apart: in a process without network, other files or other programs, within limits that end it.

What people bring is read by large libraries written in C; one fault there, and a file could do as it likes. Here it
could do little: ``run_apart`` is the door, and everything else in this package is behind it.
"""

from data.sandbox.resource_limits import LIMITS, Limits
from data.sandbox.running import Attempt, attempt, run_apart, warm_up

__all__ = ["LIMITS", "Attempt", "Limits", "attempt", "run_apart", "warm_up"]
