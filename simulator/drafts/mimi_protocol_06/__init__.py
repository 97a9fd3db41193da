"""draft-ietf-mimi-protocol-06 (April 2026) with draft-ietf-mimi-room-policy-03.

messages/   wire structs, presentation language above each class
"""
