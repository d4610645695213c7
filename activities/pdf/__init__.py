"""Paper: rendering in a pool of its own, signature fields, PAdES, verification. Imported by activities only."""
