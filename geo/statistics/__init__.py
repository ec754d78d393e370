"""Statistics: published methods on arrays of counts, each equal to its reference and refusing data too thin for it.

Here lives a method as its paper has it, one to a file with its source, on arrays and graphs alone. What it is used on
and how its result is put in words lives above: in ``geo.maps``, ``geo.findings``, ``geo.trends`` and ``geo.clock``.
"""
