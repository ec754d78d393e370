"""Areas: one edition of areas, who neighbours whom, what lies near a place, and where an incident belongs.

Here lives what is known of shapes and places alone: distances in metres, drawings in degrees. No counts.
"""
