"""The sandbox: files are read in a process without network, other files or other programs, within limits.

What people bring is read by large libraries written in C; one fault there, and a file could do as it likes. Here it
could do little: ``run_sandboxed`` is the door, and everything else in this package is behind it.
"""

from data.sandbox.child_processes import warm_up
from data.sandbox.resource_limits import LIMITS, ResourceLimits
from data.sandbox.running import Attempt, attempt, run_sandboxed

__all__ = ["LIMITS", "Attempt", "ResourceLimits", "attempt", "run_sandboxed", "warm_up"]
