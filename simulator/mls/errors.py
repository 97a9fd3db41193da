"""What MLS refuses, and by which rule."""

from simulator.errors import Misuse, SimulatorError


class MLSError(SimulatorError):
    """A message, tree or request that RFC 9420 does not allow.

    `rule` is a short stable slug for programs ("duplicate_client"), `section` names the source
    ("RFC 9420 12.2"), and the text is for people.
    """

    def __init__(self, rule: str, section: str, text: str) -> None:
        super().__init__(f"{text} ({section}, {rule})")
        self.rule = rule
        self.section = section
        self.text = text


class InvalidProposal(MLSError):
    """A proposal, or a list of proposals, breaks a rule of RFC 9420 12.1 or 12.2."""


class InvalidCommit(MLSError):
    """A Commit breaks a rule of RFC 9420 12.4."""


class InvalidUpdatePath(InvalidCommit):
    """An UpdatePath does not fit the tree it is meant for (RFC 9420 7.4 to 7.9)."""


class InvalidLeafNode(MLSError):
    """A LeafNode breaks a rule of RFC 9420 7.2 or 7.3."""


class InvalidKeyPackage(MLSError):
    """A KeyPackage breaks a rule of RFC 9420 10.1."""


class InvalidGroupInfo(MLSError):
    """A GroupInfo does not describe a group one could join (RFC 9420 12.4.3)."""


class InvalidTree(MLSError):
    """A ratchet tree from outside breaks a rule of RFC 9420 7.8, 7.9 or 12.4.3."""


class InvalidWelcome(MLSError):
    """A Welcome can't be used to join (RFC 9420 12.4.3.1)."""


class InvalidMessage(MLSError):
    """A framed message whose parts do not fit together (RFC 9420 6)."""


class InvalidSignature(MLSError):
    """A signature does not verify under the key it names (RFC 9420 5.1.2)."""


class InvalidMAC(MLSError):
    """A membership tag or confirmation tag is wrong (RFC 9420 6.1, 6.2)."""


class InvalidKey(MLSError):
    """A public or private key is not one of the cipher suite (RFC 9420 5.1.1)."""


class InvalidPSK(MLSError):
    """A pre-shared key is unknown or its identifier is malformed (RFC 9420 8.4)."""


class DecryptionError(MLSError):
    """A ciphertext does not open, or its key is gone or not there yet (RFC 9420 6.3, 9.2)."""


class UnsupportedCipherSuite(MLSError):
    """A cipher suite that is not one of the seven of RFC 9420 17.1."""


class NotAllowed(MLSError, Misuse):
    """A member was told to do what RFC 9420 does not allow it: nothing was sent that anybody could refuse."""


class WrongGroup(MLSError):
    """A message for another group."""

    def __init__(self, expected: bytes, got: bytes) -> None:
        super().__init__("wrong_group", "RFC 9420 6", f"the message is for group {got.hex()}, not for {expected.hex()}")
        self.expected = expected
        self.got = got


class WrongEpoch(MLSError):
    """A message of another epoch than the current one."""

    def __init__(self, expected: int, got: int) -> None:
        super().__init__("wrong_epoch", "RFC 9420 6", f"the message is of epoch {got}, the group is at {expected}")
        self.expected = expected
        self.got = got
