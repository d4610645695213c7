"""Writes to the city's books, inside the caller's transaction: ledger, bookings, registry."""
