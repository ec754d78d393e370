"""Formats: bytes of a file in, sheets of text and layers of shapes out; and CSV and Excel back.

Here belongs all that is known of kinds of files: how they are recognised, unpacked, measured, decoded and refused. What
a column means does not belong here (see ``data.records``), nor whether a cell names a person (``data.screening``).
"""
