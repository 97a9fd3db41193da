"""What a target always has to be: whatever breaks one of these is a finding, however Python is run (`-O` too)."""


class Broken(Exception):
    """A property does not hold."""


def hold(condition: object, words: object) -> None:
    """Raises Broken, with these words, where the condition is not so."""
    if not condition:
        raise Broken(str(words))
