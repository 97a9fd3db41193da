"""A federation that runs beside a notebook, and what cells do in it."""
