"""Proposals, one by one and as the list of a commit (RFC 9420 12.1 to 12.3)."""
