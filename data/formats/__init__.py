"""Formats: bytes of any kind of file in, sheets of text and layers of shapes out; and CSV back.

Here lives what is known of file formats. What the columns mean is not known here (see ``data.records``).
"""
