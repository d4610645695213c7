"""Everything that touches the world. Temporal retries it, so each is idempotent."""
