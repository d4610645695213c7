"""What pages write: sign-ins, drafts, uploads, sealed envelopes. Every function takes a connection; the caller's transaction commits."""
