"""A sweep as a page: what it has come to over its axes, and why runs failed."""
