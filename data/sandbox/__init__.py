"""The sandbox: files are read in a process without network, other files or other programs, within limits.

What people bring is read by large libraries written in C; with one bug there, a file could run code of its own, and
here that code could do little. ``run_sandboxed`` is the way in. What is read does not belong here: jobs are functions
of ``data.records``.
"""

from data.sandbox.child_processes import warm_up
from data.sandbox.resource_limits import LIMITS, ResourceLimits
from data.sandbox.running import Attempt, attempt, run_sandboxed

__all__ = ["LIMITS", "Attempt", "ResourceLimits", "attempt", "run_sandboxed", "warm_up"]
