"""Persuratan dan tata usaha."""
