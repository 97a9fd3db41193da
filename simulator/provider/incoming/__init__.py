"""Requests that come in: from HTTP to the draft's checks and back."""
