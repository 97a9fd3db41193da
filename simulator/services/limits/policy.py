"""What a provider decides for itself, within what the protocol allows."""

from simulator.dataclass import dataclass

DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits and lifetimes; all times in seconds."""

    versions: tuple[int, ...] = (1,)
    """Protocol versions that we speak; groups of others are not re-initialized into."""
    cipher_suites: tuple[int, ...] = (1, 3)
    """For groups and KeyPackages. Only suites that sign with Ed25519: the provider's one key must fit every group."""
    max_recipients: int = 10_000
    """In one delivery from another provider."""
    max_key_packages: int = 1_000
    """Unused ones per client and kind."""
    key_lifetime: int = 90 * DAY
    """Of the key that we sign with as a provider."""
    key_overlap: int = DAY
    """A new one replaces ours this long before ours ends."""
    clock_skew: int = 300
    """A new key of ours is good from this long before now: not all clocks are ours."""
    max_peer_key_age: int = 30 * DAY
    """How long we keep another provider's key, however long it says it is good."""
    key_refetch: int = 60
    """A signature that fails makes us ask its sender for a new key at most once in this time."""
    discovery_max_age: int = 3600
    """How long others may remember where we are, and the most we believe about where they are."""
    delivery_expiry: int = 7 * DAY
    """How long we try to deliver a message to another provider."""
    pointless_attempts: int = 3
    """After so many in a row, refusals that the same request gets every time end a delivery. Not at once: its bytes may
    have been spoilt on the way."""
    first_retry: int = 1
    """Between the first attempt and the second; doubles with every further failure. Up to half of a pause is left out
    at random, so that not everybody comes back at once to a provider that was down."""
    longest_retry: int = 3600
    """Between any two attempts, also for a peer that asks for more (Retry-After)."""
    outbox_messages: int = 10_000
    """How many messages may wait for one other provider; it does not get what is more, and is the only one."""
    outbox_bytes: int = 64 * 1024 * 1024
    """How many bytes of messages may wait for one other provider."""
    reports: int = 10_000
    """How many messages that could not be delivered are remembered."""
    abuse_reports: int = 100
    """How many accepted reports of each provider are kept for the operator."""
    abuse_report_bytes: int = 4 * 1024 * 1024
    """How many bytes of each provider's reports are kept; its last one always is."""
    repetition_window: int = 7 * DAY
    """How long a client that got no answer may repeat its request and learn that it was accepted."""
