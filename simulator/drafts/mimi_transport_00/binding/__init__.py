"""Wire <-> services, both ways, one file per kind of conversation."""
