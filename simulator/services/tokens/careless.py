"""The rules that an asker keeps so that its users can't be told apart, for who does not keep them."""

from simulator.privacy_pass import crowds, following

CARELESS = (
    following.KNOWN_ISSUER.id,
    following.ONE_CHALLENGE.id,
    following.LISTED.id,
    following.STEADY.id,
    crowds.LARGE_ENOUGH.id,
)
"""Their IDs."""
