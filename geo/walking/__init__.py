"""Walking: ways open to people on foot, how far it is along them, and what can be reached in some minutes.

Here live networks and distances along them. It reads no map file and knows no incident.
"""
