"""The keys that providers sign with, as one provider has them: its own, and those that others have told it."""

from functools import partial

from simulator.drafts.draft import Draft
from simulator.drafts.provider_keys import ProviderKeys
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.net import TransportError
from simulator.provider.outgoing.peers import Peers
from simulator.provider.outgoing.single_flight import SingleFlight
from simulator.provider.service_executor import ServiceExecutor
from simulator.provider.work_tracker import WorkTracker
from simulator.rules import Rule, check, refuse
from simulator.services import provider_keys
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.limits.cooldown import Cooldown
from simulator.services.refusal import Refusal
from simulator.services.results import ProviderKey
from simulator.services.signing import Sign, Signature

REFETCHED = Practice(
    "PROVIDER-KEY-REFETCHED",
    Kind.retried,
    "A signature that fails is tried once more with a key that is asked for anew.",
)
SOON = Practice(
    "PROVIDER-KEY-COOLDOWN", Kind.not_asked, "A provider is not asked for its key again and again in a short time."
)


class Keyring:
    """Asks others for their keys over HTTPS; remembers them in the provider's store, as long as they are good.

    Several requests that need the same key at once ask for it once. In a draft without provider keys there are none.
    """

    def __init__(self, draft: Draft, executor: ServiceExecutor, peers: Peers, work_tracker: WorkTracker) -> None:
        self._draft = draft
        self._executor = executor
        self._peers = peers
        self._work_tracker = work_tracker
        self._fetching: SingleFlight[ProviderKey] = SingleFlight(work_tracker)
        self._refetch_cooldown = Cooldown(executor.context().policy.key_refetch)
        self._failed: dict[str, str] = {}
        """Of the providers whose key we know, those whose key could not be had when it was asked for again, and why:
        nobody knows whether it was rotated, so a signature that fails with the old one need not be wrong."""

    @property
    def own(self) -> ProviderKey | None:
        """The provider's own key, as others see it; None in a draft without."""
        return None if self._draft.provider_keys is None else self._executor.do(provider_keys.published)

    @property
    def sign(self) -> Sign | None:
        """The provider's own signature; None in a draft in which providers sign nothing."""
        if self._draft.provider_keys is None:
            return None
        known = self._executor.look(provider_keys.sign_with_known_key)
        return self._executor.do(provider_keys.sign_as_provider) if known is None else known

    async def check(self, sender: str, signature: Signature, genuine: Rule) -> None:
        """Whether another provider has signed: with its cached key first, once more with a fresh one (rotation).

        Raises Refusal, by the rule that signatures are `genuine`, and as `of` does.
        """
        key = await self.of(sender)
        if not provider_keys.verifies(signature, key):
            fresh = await self.of(sender, replacing=key)
            verifies = fresh != key and provider_keys.verifies(signature, fresh)
            check(genuine, verifies, provider_keys.not_verified(fresh))

    async def of(self, provider: str, *, replacing: ProviderKey | None = None) -> ProviderKey:
        """The key a provider signs with; `replacing` a known one that fails means to ask again, if that was not done a
        moment ago: whoever sends us rubbish in its name must not make us ask for its key each time.

        Raises Refusal sender_unverifiable where the provider can't be asked or has no good answer, and LookupError in a
        draft without provider keys.
        """
        rules = self._draft.provider_keys
        if rules is None:
            raise LookupError(f"providers have no keys in {self._draft.name}")
        if provider == self._executor.provider:
            return self._executor.do(provider_keys.published)
        known = self._executor.look(partial(provider_keys.known, provider))
        if known is not None and known != replacing:
            return known
        if known is not None and not self._refetch_cooldown.allows(provider, self._executor.context().elapsed):
            self._executor.decided(Decision(SOON, "it was asked a moment ago", provider_keys.ASKED, peer=provider))
            if provider in self._failed:
                refuse(provider_keys.KNOWN, self._failed[provider])
            return known
        if known is not None:
            words = "a signature does not verify with the key that is known"
            self._executor.decided(Decision(REFETCHED, words, provider_keys.ASKED, peer=provider))
        with self._work_tracker.working():
            try:
                key = await self._fetching.ask(provider, partial(self._fetch, rules, provider))
            except Refusal as refusal:
                if known is not None:
                    self._failed[provider] = refusal.rule
                raise
            except Exception:  # ours: that we have asked a moment ago says nothing of the signature
                self._refetch_cooldown.forget(provider)
                raise
        self._failed.pop(provider, None)
        return key

    async def _fetch(self, rules: ProviderKeys, provider: str) -> ProviderKey:
        try:
            answer = await self._peers.ask(rules.write(self._executor.provider, provider))
        except (TransportError, BadAnswer, Refusal) as error:
            refuse(provider_keys.KNOWN, f"the {rules.name} of {provider} can't be had: {error}", error)
        if not isinstance(answer, ProviderKey):
            refuse(provider_keys.KNOWN, f"{provider} did not answer with a key")
        self._executor.do(partial(provider_keys.learn, provider, answer))
        return answer
