"""GroupInfos that their signer spoils, and signs as they are then (RFC 9420 12.4.3): most of it no signature shows."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.clients.adversary.crafting import flipped
from simulator.codec import encode
from simulator.mls.extensions.extension import Extension, ExtensionType, ExternalPub, RequiredCapabilities
from simulator.mls.group import Group
from simulator.mls.joining.group_import import group_info_tbs
from simulator.mls.joining.group_info import GroupInfo

OTHER_VERSION = 2
"""A version of MLS that does not exist yet."""

OTHER_SUITE = 2
"""A cipher suite of RFC 9420 17.1 that our providers do not serve."""

LATER_EPOCH = 7
"""Where a group begins that should begin at 0."""


def bad_group_info_signature(info: GroupInfo) -> GroupInfo:
    """The GroupInfo is signed wrongly."""
    return info


def no_external_pub(info: GroupInfo) -> GroupInfo:
    """The GroupInfo has no external_pub, so that nobody can join from outside."""
    kept = tuple(each for each in info.extensions if each.extension_type != ExtensionType.external_pub)
    return replace(info, extensions=kept)


def junk_external_pub(info: GroupInfo) -> GroupInfo:
    """The external_pub of the GroupInfo is no key of the cipher suite."""
    junk = Extension(ExtensionType.external_pub, encode(ExternalPub(b"no key")))
    return replace(info, extensions=(*no_external_pub(info).extensions, junk))


def later_epoch(info: GroupInfo) -> GroupInfo:
    """The GroupInfo is of a later epoch than the first."""
    return replace(info, group_context=replace(info.group_context, epoch=LATER_EPOCH))


def other_suite(info: GroupInfo) -> GroupInfo:
    """The group is of a cipher suite that its hub does not serve."""
    return replace(info, group_context=replace(info.group_context, cipher_suite=OTHER_SUITE))


def more_demands(info: GroupInfo) -> GroupInfo:
    """The group's context has an extension more, required_capabilities, which demands nothing."""
    nothing = Extension(ExtensionType.required_capabilities, encode(RequiredCapabilities((), (), ())))
    extensions = (*info.group_context.extensions, nothing)
    return replace(info, group_context=replace(info.group_context, extensions=extensions))


def other_group_version(info: GroupInfo) -> GroupInfo:
    """The group is of a version of MLS that does not exist."""
    return replace(info, group_context=replace(info.group_context, version=OTHER_VERSION))


def info_extension_twice(info: GroupInfo) -> GroupInfo:
    """The GroupInfo has one extension twice."""
    return replace(info, extensions=(*info.extensions, info.extensions[0]))


FLAWS: Mapping[str, Callable[[GroupInfo], GroupInfo]] = {
    spoil.__name__: spoil
    for spoil in (
        bad_group_info_signature,
        no_external_pub,
        junk_external_pub,
        later_epoch,
        other_suite,
        more_demands,
        other_group_version,
        info_extension_twice,
    )
}
"""What can be wrong with a GroupInfo, by name; the docstring is the meaning."""


def spoiled(group: Group, flaw: str) -> GroupInfo:
    """The GroupInfo of the group's epoch, signed by this member; with a flaw if `flaw` is one of FLAWS."""
    info = group.group_info()
    spoil = FLAWS.get(flaw)
    if spoil is None:
        return info
    changed = spoil(info)
    if changed == info:
        return replace(info, signature=flipped(info.signature))
    signature = group.identity.sign(group.state.suite, "GroupInfoTBS", group_info_tbs(changed))
    return replace(changed, signature=signature)
