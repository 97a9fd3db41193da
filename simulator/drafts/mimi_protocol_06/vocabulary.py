"""What is said in this draft only, besides its name, its endpoints and its structs: patterns of words (Python `re`)."""

VOCABULARY = (
    r"\[(P|RP|EXT|RTO|MC)\]",
    r"(?i:\bfrank(s|ed|ing)?\b)",
    r"\bP6-",
    r"(?i:participant[ _]?list)",
    r"(?i:\bpre-?auth\w*)",
    r"0x002[2-9a-fA-F]\b",
    r"(?i:mimi://[a-z.]+/r/)",
)
"""Its documents, what is asserted of messages, its requirements, what a room keeps, and the URIs of rooms."""
