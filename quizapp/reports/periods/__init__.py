"""The monthly and quarterly table by unit."""
