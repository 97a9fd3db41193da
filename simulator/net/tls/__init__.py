"""TLS and certificates: contexts, handshakes, the authority, and a probe that looks at a handshake alone."""
