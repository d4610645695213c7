"""The compose specification as published (``compose-spec.json``, Apache-2.0, see LICENSE beside it) and what of JSON Schema it needs."""
