"""The grammar of bureaucracy in plain Python: process, trail, frontier, deadlines, offices, refusals. No framework, no clock."""
