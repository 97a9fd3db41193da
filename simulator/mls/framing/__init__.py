"""Messages and how they are protected (RFC 9420 6, 8.2)."""
