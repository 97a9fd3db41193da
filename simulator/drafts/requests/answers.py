"""What every asker demands of an answer, in whichever draft: it believes no other."""

from typing import TypeVar

from simulator.drafts.requests.endpoint import BadAnswer
from simulator.rules import Rule, refuse

T = TypeVar("T")


def _rule(name: str, text: str, essential: str | None = None) -> Rule:
    return Rule(f"ANSWER-{name}", BadAnswer, "", essential, text, "askers", "answers")


DECODES = _rule("DECODES", "An answer is one struct of its endpoint's.", "there is nothing that could be read")
VERSION = _rule("VERSION", "An answer is of the protocol version of its request.")
STATUS = _rule("STATUS", "An answer that is no error has the status of a success.")
AS_ASKED = _rule("AS-ASKED", "An answer is of the kind that was asked for.", "nothing can take the place of what it is")
GROUP = _rule("GROUP", "A hub that is asked about a group answers about that one.")
PROPOSALS = _rule("PROPOSALS", "A hub tells proposals that wait in a group as they were sent.", "it is no proposal")
NODES = _rule("NODES", "A ratchet tree in an answer has no more nodes than one takes.")
KEY_SCHEME = _rule("KEY-SCHEME", "The key of a provider is for the signature scheme that providers sign with.")
KEY_ID = _rule("KEY-ID", "The id of a provider's key is no longer than one keeps.")


def as_asked(answer: object, kind: type[T], words: str) -> T:
    """The answer, which is of this kind. Raises BadAnswer, in these words, for any other."""
    if not isinstance(answer, kind):
        refuse(AS_ASKED, words)
    return answer
