"""Tables by noun. ``db.tables.base.metadata`` is complete once this package is imported."""
