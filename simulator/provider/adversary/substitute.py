"""A provider hands out KeyPackages that are not the client's whose they ought to be."""

from collections.abc import Sequence

from simulator.drafts.mls_profile import REGULAR
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.provider.provider import Provider
from simulator.services.accounts.key_packages import not_after
from simulator.services.service_context import ServiceContext
from simulator.storage import StockedKeyPackage


def substitute(provider: Provider, client: str, forged: Sequence[KeyPackage], kind: str = REGULAR) -> None:
    """Use up what `client` has in stock of that kind, and put `forged` in its place, whoever's they are."""

    def do(context: ServiceContext) -> None:
        while context.store.key_packages.take(client, kind, context.now) is not None:
            pass
        for key_package in forged:
            stocked = StockedKeyPackage(
                key_package_ref(key_package), client, kind, False, not_after(key_package), key_package
            )
            context.store.key_packages.add([stocked])

    provider.executor.do(do)
