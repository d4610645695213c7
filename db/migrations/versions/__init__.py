"""One file per revision, numbered in order; the head's name stands in ``db/migrations/HEAD``."""
