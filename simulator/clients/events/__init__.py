"""What a client did and noticed: its event log, and what it makes of what it rejects."""
