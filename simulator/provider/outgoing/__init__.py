"""Requests that go out: to peers, for their keys, and what waits in the outbox."""
