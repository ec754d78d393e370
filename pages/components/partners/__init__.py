"""Layers that partners hand over."""
