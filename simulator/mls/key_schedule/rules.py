"""What is demanded of the keys that messages are for."""

from simulator.mls.errors import DecryptionError, InvalidPSK
from simulator.mls.rule import rule

GENERATION = rule(
    DecryptionError, "9.2", "generation_too_far", "No message is many generations ahead of the last of its sender."
)
KEY_FRESH = rule(
    DecryptionError,
    "9.2",
    "key_consumed",
    "No message has the generation of one before it.",
    essential="its key is deleted",
)
PSK_KNOWN = rule(
    InvalidPSK,
    "8.4",
    "psk_unknown",
    "A PSK that is injected is known to all members.",
    essential="no secret follows from an unknown one",
)
