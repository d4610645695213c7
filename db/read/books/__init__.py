"""Reads of the city's books: balances, bookings, registry, places."""
