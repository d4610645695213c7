"""What people see: FastAPI, Jinja, htmx. Pages read; only activities write case state."""
