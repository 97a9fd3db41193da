"""Failpoints: named points of a message's way through providers, from its request to the client that has it."""

from enum import Enum


class Failpoint(Enum):
    """How far a provider has come; the operation beside it says with what."""

    meaning: str

    def __new__(cls, word: str, meaning: str) -> "Failpoint":
        """The word is the value; the meaning is for people."""
        made = object.__new__(cls)
        made._value_ = word
        made.meaning = meaning
        return made

    DECODED = "decoded", "a request is decoded, and is meant for us"
    VERIFIED = "verified", "whoever asks may ask: the transaction comes next"
    DECIDED = "decided", "the request is carried out, the transaction not yet committed"
    COMMITTED = "committed", "the transaction is committed: the answer comes next"
    FORWARDING = "forwarding", "a request of one of our clients is about to go to the group's hub"
    FORWARDED = "forwarded", "the hub has answered, the client does not know yet"
    PAYING = "paying", "a request is about to go with a token, and that is written down"
    PAID = "paid", "it was answered, the payment is not settled yet"
    ASKING = "asking", "a token is about to be asked for, and with what is written down"
    ASKED = "asked", "the issuer has answered, the wallet does not know yet"
    DELIVERING = "delivering", "a message from the outbox is about to go to its provider"
    DELIVERED = "delivered", "that provider has answered, the outbox does not know yet"
    SETTLING = "settling", "the answer is in the outbox, the transaction not yet committed"
    SETTLED = "settled", "the outbox knows: the next message comes next"
    FETCHED = "fetched", "a client is about to get what waits for it"
    ACKNOWLEDGING = "acknowledging", "a client has read a message and says so"
    ACKNOWLEDGED = "acknowledged", "the message is off the queue, the client does not know yet"
