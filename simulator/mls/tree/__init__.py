"""The ratchet tree, its nodes and leaves, and who is in them (RFC 9420 4, 5.3, 7)."""
