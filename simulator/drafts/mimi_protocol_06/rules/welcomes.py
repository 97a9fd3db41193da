"""The Welcome of a commit: for all whom that adds, brought to where their KeyPackages were fetched ([P] 5.3)."""

from collections.abc import Mapping

from simulator.drafts.mimi_protocol_06.rules.deliveries import effect_for, fanned_out_welcome
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.framing.message import mls_message
from simulator.mls.joining.welcome import Welcome
from simulator.rules import check
from simulator.services.delivery.effects import Effect
from simulator.services.hub.welcomes import WelcomeRules, added_by, match_welcomes
from simulator.services.members import name_of, uri_of
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext

_SECTION = "PROTOCOL.md, The hub"

PRESENT = rule("P6-4.2-WELCOME", Code.invalid_welcome, _SECTION, part="PRESENT")
WELCOME = WelcomeRules(
    form=rule("P6-4.2-WELCOME", Code.invalid_welcome, _SECTION, part="FORM", essential="it invites nobody"),
    suite=rule("P6-4.2-WELCOME", Code.invalid_welcome, _SECTION, part="CIPHER-SUITE"),
    added=rule("P6-4.2-WELCOME", Code.invalid_welcome, _SECTION, part="ADDED"),
    complete=rule("P6-4.2-WELCOME", Code.invalid_welcome, _SECTION, part="COMPLETE"),
)


def check_welcome(welcome: Welcome | None, staged: StagedCommit) -> None:
    """Whether a commit comes with a Welcome exactly if it adds, for all whom it adds. Raises Refusal."""
    adds = bool(staged.added)
    words = "a commit that adds comes with a Welcome" if adds else "a commit that adds nobody comes without Welcome"
    check(PRESENT, adds == (welcome is not None), words)
    if welcome is not None:
        for _ in match_welcomes((mls_message(welcome),), staged, WELCOME):
            pass


def bring_welcome(
    welcome: Welcome, staged: StagedCommit, origins: Mapping[bytes, str], timestamp: int, context: ServiceContext
) -> tuple[Effect, ...]:
    """To each provider that one of its KeyPackages came from; of one that we have not passed on, to the provider in
    the leaf's credential.
    """
    providers: dict[str, list[str]] = {}
    for reference, (member, _) in added_by(staged).items():
        provider = origins.get(reference) or name_of(member).provider
        client = context.store.key_packages.client_of(reference) if provider == context.provider else None
        providers.setdefault(provider, []).append(client or uri_of(member))
    message = fanned_out_welcome(timestamp, welcome, staged.group.ratchet_tree())
    group_id = staged.group.group_id
    return tuple(effect_for(provider, group_id, message, own, context) for provider, own in providers.items())
