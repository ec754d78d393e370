"""Areas: area sets and their levels, contiguity, proximity to a place, placing of incidents, drawings for a browser.

Here lives what is known of shapes and places alone: distances in metres, drawings in degrees. What is counted in areas
lives in ``geo.counts``; how a map paints them in ``geo.maps``.
"""
