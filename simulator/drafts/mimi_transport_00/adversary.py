"""Operations of [DS] under which a commit can be filed, and new groups that break a rule of [DS] Create group."""

from dataclasses import replace
from functools import partial
from typing import Any

from simulator.codec import encode
from simulator.drafts.adversary import Adversary
from simulator.drafts.mimi_transport_00.dear_answers import ANSWERS
from simulator.drafts.mimi_transport_00.extensions import CONNECTION as CONNECTION_MARK
from simulator.drafts.mimi_transport_00.extensions import LAST_RESORT, MIMI_DS_VERSION, SUPPORTED, DSVersion
from simulator.drafts.mimi_transport_00.floods import REPEATED
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.mls_profile import TransportProfile
from simulator.drafts.mls_profile import CONNECTION, MLSProfile, NewGroup
from simulator.mls.extensions.extension import Extension, ExtensionType, RequiredCapabilities
from simulator.mls.framing.message import MLSMessage
from simulator.mls.identity import default_capabilities
from simulator.mls.proposals.proposals import ProposalType
from simulator.services import commands
from simulator.services.commands import GroupCommand, GroupUpdate


class _LeafWithoutVersions(TransportProfile):
    """The creator's leaf does not say which versions it speaks."""

    def leaf_extensions(self, kind: str) -> tuple[Extension, ...]:
        return ()


class _NoVersion(TransportProfile):
    """The group does not say of which version it is."""

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        extensions = super().context_extensions(new)
        return tuple(each for each in extensions if each.extension_type != MIMI_DS_VERSION)


class _ForeignExternalSender(TransportProfile):
    """The group lists another provider instead of its owner."""

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        return super().context_extensions(replace(new, hub=f"other.{new.hub}"))


class _OlderVersion(TransportProfile):
    """The group says that it is of a version before the first."""

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        older = Extension(MIMI_DS_VERSION, encode(DSVersion(MIMI10 - 1)))
        extensions = super().context_extensions(new)
        return tuple(older if each.extension_type == MIMI_DS_VERSION else each for each in extensions)


class _FilledMark(TransportProfile):
    """The extensions that only mark something, a connection or a last resort, hold something."""

    def leaf_extensions(self, kind: str) -> tuple[Extension, ...]:
        return _filled(super().leaf_extensions(CONNECTION), CONNECTION_MARK)

    def key_package_extensions(self, *, last_resort: bool) -> tuple[Extension, ...]:
        return _filled(super().key_package_extensions(last_resort=last_resort), LAST_RESORT)


class _MLSExtensions(TransportProfile):
    """The creator's client knows draft-ietf-mls-extensions, and the group demands AppDataUpdates of everybody."""

    capabilities = default_capabilities(
        (*SUPPORTED, ExtensionType.app_data_dictionary), (ProposalType.app_data_update, ProposalType.self_remove)
    )

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        demands = encode(RequiredCapabilities((), (ProposalType.app_data_update,), ()))
        return (*super().context_extensions(new), Extension(ExtensionType.required_capabilities, demands))


def _filled(extensions: tuple[Extension, ...], mark: int) -> tuple[Extension, ...]:
    return tuple(Extension(mark, b"?") if each.extension_type == mark else each for each in extensions)


def _update(kind: Any, update: GroupUpdate, _: tuple[MLSMessage, ...]) -> GroupCommand:
    command: GroupCommand = kind(update)
    return command


def _message(kind: Any, update: GroupUpdate, _: tuple[MLSMessage, ...]) -> GroupCommand:
    command: GroupCommand = kind(update.commit)
    return command


_UPDATES = (
    commands.DeleteGroup,
    commands.RemoveUsers,
    commands.RemoveClients,
    commands.UpdateClient,
    commands.ExternalJoin,
    commands.ReInitializeGroup,
)
_ADDS = (commands.AddUsers, commands.AddClients)
_MESSAGES = (commands.Leave, commands.SendMessage)

_FLAWED: dict[str, MLSProfile] = {
    "leaf_without_versions": _LeafWithoutVersions(),
    "no_version": _NoVersion(),
    "older_version": _OlderVersion(),
    "foreign_external_sender": _ForeignExternalSender(),
    "filled_mark": _FilledMark(),
    "mls_extensions": _MLSExtensions(),
}

ADVERSARY = Adversary(
    {
        **{kind.operation: partial(_update, kind) for kind in _UPDATES},
        **{kind.operation: kind for kind in _ADDS},
        **{kind.operation: partial(_message, kind) for kind in _MESSAGES},
    },
    _FLAWED,
    MIMI_DS_VERSION,
    repeated=REPEATED,
    answers=ANSWERS,
)
