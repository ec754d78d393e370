"""Briefing: papers read, put in one's own words, made, decided on and kept."""
