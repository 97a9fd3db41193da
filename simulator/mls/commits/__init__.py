"""Commits: made, checked, and the epoch they lead to (RFC 9420 11.2, 12.4)."""
