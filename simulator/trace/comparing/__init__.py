"""Traces in a canonical form, what differs between two, and golden traces."""
