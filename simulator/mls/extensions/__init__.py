"""Extensions, and the components inside dictionaries of application data (RFC 9420 13, draft-ietf-mls-extensions)."""
