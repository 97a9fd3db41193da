"""The hub of a group: what its provider does with messages of the group, whatever the draft (RFC 9420)."""
