"""Uploads: sized before they are read, looked at in a throw-away process, stored byte for byte, refused with the reason."""
