"""Wire <-> services, both ways; one module per endpoint, what they share in `opening`."""
