"""Base maps: what people find their way by, as classes of roads, water, parks, stops and names.

Here lives what a feature of a map file is, and which of a map's features a zoom shows. It opens no file, knows no tile
at rest and no incident.
"""
