"""What is said in this draft only, besides its name, its endpoints and its structs: patterns of words (Python `re`).

A test keeps all of these out of what is written for every draft.
"""

VOCABULARY = (
    r"\[DS\]",
    r"(?<![\w\]\[])\[T\]",
    r"\bDS\b(?!-)",
    r"DSHost|\b[Dd][Ss]_\w+",
    r"(?i:delivery service)",
    r"PROTOCOL\.md",
    r"mimi_ds",
    r"0xF00[1-9]",
    r"(?i:verification[ _-]?key)",
    r"(?i:\b_?own(er|ers|s|ed)\b|\b_?owner_)",
    r"(?i:\b_?guests?\b|\b_?guest_)",
)
"""Its documents and our profile of them, where a provider serves, numbers from the range for private use, the key of a
provider, and its roles, which are hub and follower elsewhere.
"""
