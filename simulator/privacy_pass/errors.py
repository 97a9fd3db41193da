"""What Privacy Pass refuses, and by which rule."""

from simulator.errors import SimulatorError


class PrivacyPassError(SimulatorError):
    """Something that RFC 9577, RFC 9578 or RFC 9474 does not allow, or that we don't.

    `rule` is a short stable slug for programs ("foreign_origin"), `section` names the source ("RFC 9577 2.1.1"), and
    the text is for people.
    """

    def __init__(self, rule: str, section: str, text: str) -> None:
        super().__init__(f"{text} ({section}, {rule})")
        self.rule = rule
        self.section = section
        self.text = text


class InvalidChallenge(PrivacyPassError):
    """A challenge that a client ignores (RFC 9577 2.1.3)."""


class TokenRequired(PrivacyPassError):
    """There is no token where one is needed (RFC 9577 2)."""


class InvalidToken(PrivacyPassError):
    """A token, or the field that it comes in, that an origin does not take (RFC 9577 2.2)."""


class InvalidTokenKey(PrivacyPassError):
    """A public key that is not one of token type 0x0002 (RFC 9578 6.5)."""


class InvalidTokenRequest(PrivacyPassError):
    """A token request that an issuer answers with 422 (RFC 9578 6.2)."""


class InvalidTokenResponse(PrivacyPassError):
    """What an issuer answered makes no token (RFC 9578 6.3)."""


class SigningFailure(PrivacyPassError):
    """An issuer's signature does not fit what it is of, so that it must not be sent (RFC 9474 4.3)."""


class InvalidDirectory(PrivacyPassError):
    """An issuer's directory that a client does not take (RFC 9578 4)."""


class InvalidMessageSignature(PrivacyPassError):
    """A token request that no provider has signed in the one form that there is (RFC 9421)."""
