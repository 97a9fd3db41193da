"""The secrets of an epoch (RFC 9420 8, 9)."""
