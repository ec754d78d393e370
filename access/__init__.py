"""Who is asking: the gate in front of everything, the token of a start, sessions, and what a browser may do."""
