"""KeyPackages of a client: its own, published and kept, and those of others, which are checked."""
