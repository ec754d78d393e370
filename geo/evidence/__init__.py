"""What counts say of the places that people know of: hotspots supported or quiet, clusters that no entry explains.

Also stretches of the way home, and where young people's marks and agencies' data disagree.
"""
