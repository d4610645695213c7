"""PostgreSQL: tables, what pages read, what activities write, what pages keep for themselves, administration."""
