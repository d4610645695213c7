"""Measures, each a ratio within one run or an exact count: ``make bench``. Never a test with a stopwatch (docs/performance.md)."""
