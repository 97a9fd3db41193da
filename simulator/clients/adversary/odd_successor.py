"""ReInits in favour of groups that nobody could create, or that nobody speaks (RFC 9420 11.2)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.clients.adversary.odd_group_info import OTHER_SUITE
from simulator.codec import encode
from simulator.mls.extensions.extension import Extension, ExtensionType, RequiredCapabilities
from simulator.mls.proposals.proposals import ReInit

OTHER_VERSION = 2
"""A version of MLS that does not exist yet."""

UNKNOWN_EXTENSION = 0xFABC
"""A type for private use that no client supports."""


def other_suite(reinit: ReInit) -> ReInit:
    """The announced group is of a cipher suite that its hub does not serve."""
    return replace(reinit, cipher_suite=OTHER_SUITE)


def other_mls_version(reinit: ReInit) -> ReInit:
    """The announced group is of a version of MLS that does not exist."""
    return replace(reinit, version=OTHER_VERSION)


def unknown_demands(reinit: ReInit) -> ReInit:
    """The announced group demands an extension that no client supports (required_capabilities)."""
    demands = encode(RequiredCapabilities((UNKNOWN_EXTENSION,), (), ()))
    return replace(reinit, extensions=(*reinit.extensions, Extension(ExtensionType.required_capabilities, demands)))


FLAWS: Mapping[str, Callable[[ReInit], ReInit]] = {
    spoil.__name__: spoil for spoil in (other_suite, other_mls_version, unknown_demands)
}
"""What can be wrong with the group that a ReInit announces, by name; the docstring is the meaning."""
