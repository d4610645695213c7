"""Cerita."""

SCENARIOS = ()
