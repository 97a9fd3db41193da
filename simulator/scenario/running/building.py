"""From a scenario's topology to the federation's."""

from pathlib import Path

from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.features import DraftFeature
from simulator.federation import External, ExternalGroup, ProviderSpec, Topology, Unsupported
from simulator.scenario import topology as written
from simulator.scenario.schema import ScenarioFile
from simulator.services.limits.rate_limit import Limit
from simulator.services.tokens.settings import TokenSettings


def federation(topology: written.Topology, folder: Path | None = None) -> Topology:
    """The federation that a file wants. Stores in files go into `folder`, or without it into one of the run.

    Raises Unsupported where an external provider is to be as only whoever runs it could make it, and where the draft
    does not have what is wanted.
    """
    _check_settings(topology)
    return Topology(
        tuple(_provider(name, spec, folder, topology.draft) for name, spec in topology.providers.items()),
        draft=topology.draft,
        http2=topology.http2,
        suite=topology.suite,
        mutual_tls=topology.mutual_tls,
        key_packages=topology.key_packages,
        last_resort=topology.last_resort,
        waived=topology.waive,
        authority=topology.authority.path if topology.authority else None,
    )


def _check_settings(topology: written.Topology) -> None:
    """Raises Unsupported."""
    draft = registry.named(topology.draft)
    lacking = draft.lacking(topology.needed())
    if lacking is not None:
        raise Unsupported(lacking)
    for name, spec in topology.providers.items():
        if spec.external is None:
            continue
        for setting in ("rate_limits", "max_body", "handshake_timeout", "waive", "privacy_pass"):
            if getattr(spec, setting):
                raise Unsupported(f"{name} is an external provider: its {setting} can't be set from outside")


def check_external(topology: written.Topology) -> None:
    """Whether external providers are as a scenario with this topology wants them: in what their draft leaves open.
    Raises Unsupported.
    """
    settled = registry.named(topology.draft).lacks
    for name, spec in topology.providers.items():
        if spec.external is None:
            continue
        if not topology.last_resort and spec.users.clients and DraftFeature.last_resort not in settled:
            raise Unsupported(f"{name} is an external provider: its users' KeyPackages may never run out")
        if DraftFeature.optional_mutual_tls not in settled:
            _check_mutual_tls(name, spec.external, topology)
        if spec.external.suite != topology.suite:
            theirs = f"its users have KeyPackages of cipher suite {spec.external.suite}"
            raise Unsupported(f"{name} is an external provider: {theirs}, and not of {topology.suite}")


def _check_mutual_tls(name: str, external: written.External, topology: written.Topology) -> None:
    """Raises Unsupported."""
    if topology.mutual_tls and not external.mutual_tls:
        raise Unsupported(f"{name} is an external provider: it does without certificates of TLS clients")
    if external.mutual_tls and not topology.mutual_tls:
        raise Unsupported(f"{name} is an external provider: it wants certificates of TLS clients (mutual_tls: true)")


def check_reachable(topology: written.Topology) -> None:
    """Whether an external provider finds our providers, and does not look for them in the wrong place later on: it
    remembers service hosts for the next scenario. Raises Unsupported.
    """
    external_providers = [name for name, spec in topology.providers.items() if spec.external is not None]
    for name, spec in topology.providers.items() if external_providers else ():
        if spec.external is not None:
            continue
        if spec.port is None:
            raise Unsupported(
                f"{external_providers[0]} is an external provider: it can't find {name}, which has no port of its own"
            )
        if topology.service_host(name) != topology.usual_host(name):
            where = f"{name} at {spec.ds_host} in other scenarios too"
            raise Unsupported(f"{external_providers[0]} is an external provider: it would look for {where}")


def check_network(content: ScenarioFile) -> None:
    """Whether simulated time can pass: where others wait for real time, nobody knows when nothing moves. Raises
    Unsupported.
    """
    external = next((name for name, spec in content.topology.providers.items() if spec.external is not None), None)
    if content.network is not None and external is not None:
        raise Unsupported(f"{external} is an external provider: what it does takes no simulated time")


def needs_folder(topology: written.Topology) -> bool:
    """Whether a provider's store is a file."""
    return any(provider.store is written.StoreKind.file for provider in topology.providers.values())


def _tokens(spec: written.Provider, draft: Draft) -> TokenSettings | None:
    """Raises Unsupported for an endpoint at which the draft knows no tokens, and where nothing says who wants one."""

    def endpoint(word: str) -> str:
        meaning = draft.meaning(word)
        if meaning is None or not draft.named(meaning.endpoint).protectable:
            raise Unsupported(f"{draft.name} has no tokens at {word}")
        return meaning.endpoint

    if spec.privacy_pass is not None and draft.provider_keys is None and draft.sender is None:
        raise Unsupported(f"{draft.name}: nothing says to an issuer of tokens which provider asks")
    return None if spec.privacy_pass is None else spec.privacy_pass.settings(endpoint)


def _provider(name: str, spec: written.Provider, folder: Path | None, draft: str) -> ProviderSpec:
    in_file = spec.store is written.StoreKind.file
    return ProviderSpec(
        name,
        users=spec.users.clients,
        service_host=spec.ds_host,
        rate_limits={
            key.value: Limit(limit.requests, limit.requests / limit.per.seconds)
            for key, limit in spec.rate_limits.items()
        },
        max_body=spec.max_body,
        handshake_seconds=spec.handshake_timeout.seconds if spec.handshake_timeout else None,
        database=str(folder / f"{name}.sqlite") if folder and in_file else None,
        in_file=in_file,
        port=spec.port,
        tokens=_tokens(spec, registry.named(draft)),
        waived=(*spec.waive, *(spec.privacy_pass.waived if spec.privacy_pass else ())),
        external=None if spec.external is None else _external(spec.external),
    )


def _external(spec: written.External) -> External:
    certificate = spec.client_certificate
    path = certificate.path if certificate else None
    groups = tuple(ExternalGroup(group.uri, group.settings) for group in spec.groups)
    return External(spec.address, spec.port, spec.ca.path, path, accepts=spec.accepts, groups=groups)
