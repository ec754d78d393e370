"""Briefing: papers for people who decide, teach or help, made of released figures and of words that people may edit.

A paper is blocks: words, sentences with their figures, tables and pictures. What it looks like is not known here.
"""
