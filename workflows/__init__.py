"""What happens, in which order: the processes, one folder each, and the one durable shell that runs them."""
