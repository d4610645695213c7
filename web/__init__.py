"""What people see: FastAPI pages over Jinja templates. One file per page family; the base (layout, access, refusals) serves them all."""
