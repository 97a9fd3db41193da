"""From what a cell says of a federation to its topology: all that can be wrong with it, before anything is started."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any

from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError, hint
from simulator.federation import ProviderSpec, Topology
from simulator.notebook.arguments import File, Moment, RuleIDs, Seed, Span, expect, shown
from simulator.notebook.waiving import by_provider, rule_ids
from simulator.scenario import load_topology
from simulator.scenario.scalars import WORD
from simulator.services import names
from simulator.services.limits.policy import Policy

Providers = Mapping[str, Mapping[str, Iterable[str]]]

_SHAPE = '{"alice": ["phone"]}'

_OPTIONS: dict[str, Any] = {
    "draft": File,
    "suite": int,
    "http2": bool,
    "mutual_tls": bool,
    "key_packages": Annotated[int, Span(0, Policy().max_key_packages)],
    "last_resort": bool,
    "authority": File | None,
    "waive": RuleIDs,
}
"""What may be said of a federation, besides who is in it."""


def described(
    providers: Providers | Topology | str | Path, seed: int, now: int, options: Mapping[str, Any]
) -> tuple[Topology, int, int]:
    """The federation, its seed and its clock. Raises SimulatorError for what describes none."""
    expect("seed", seed, Seed)
    expect("now, in Unix seconds,", now, Moment)
    if isinstance(providers, str | Path | Topology) and options:
        raise SimulatorError(f"{', '.join(options)}: a file or a Topology says that itself")
    if isinstance(providers, str | Path):
        expect("the file", providers, File)
        served = load_topology(Path(providers))
        return served.topology, served.seed, served.clock
    if isinstance(providers, Topology):
        _check({each.name: getattr(providers, each.name) for each in fields(Topology) if each.name in _OPTIONS})
        waived = (*providers.waived, *(rule for spec in providers.providers for rule in spec.waived))
        rule_ids(waived, registry.named(providers.draft))
        return providers, seed, now
    if not isinstance(providers, Mapping):
        raise SimulatorError(f'expected providers with their users: {{"a.example": {_SHAPE}}}, not {shown(providers)}')
    for option in options:
        if option not in _OPTIONS:
            raise SimulatorError(f"there is no option {option}{hint(option, _OPTIONS)}")
    _check(options)
    draft = registry.find(str(options["draft"])) if "draft" in options else registry.usual()[0]
    _check_suite(options)
    specs = _waiving(tuple(_spec(name, users) for name, users in providers.items()), options.get("waive", ()), draft)
    _only_once([user for spec in specs for user in spec.users])
    path = options.get("authority")
    authority = {} if path is None else {"authority": Path(path)}
    plain = {name: value for name, value in options.items() if name != "waive"}
    return Topology(specs, **{**plain, "draft": draft.name, **authority}), seed, now


def _check(options: Mapping[str, Any]) -> None:
    for name, value in options.items():
        expect(name, value, _OPTIONS[name])


def _check_suite(options: Mapping[str, Any]) -> None:
    """Raises SimulatorError for a cipher suite that no provider takes."""
    suites = Policy().cipher_suites
    if "suite" in options and options["suite"] not in suites:
        raise SimulatorError(
            f"providers take no cipher suite {options['suite']}, only {' and '.join(map(str, suites))}"
        )


def _spec(provider: object, users: object) -> ProviderSpec:
    expect("a provider's name", provider, str)
    if not isinstance(users, Mapping):
        raise SimulatorError(f"{provider}: expected users with their clients: {_SHAPE}, not {shown(users)}")
    return ProviderSpec(
        names.fqdn(str(provider)), {_word(user, "a user's name"): _clients(user, said) for user, said in users.items()}
    )


def _waiving(specs: tuple[ProviderSpec, ...], waive: object, draft: Draft) -> tuple[ProviderSpec, ...]:
    """The same, each with the rules that it does not keep. Raises SimulatorError."""
    rules = by_provider(waive, [spec.name for spec in specs], draft)
    return tuple(replace(spec, waived=rules[spec.name]) for spec in specs)


def _clients(user: object, said: object) -> tuple[str, ...]:
    """The names of a user's clients. Raises SimulatorError where there are none, or something else is said."""
    if not isinstance(said, str | Iterable) or isinstance(said, bytes | Mapping):
        raise SimulatorError(f'{user}: expected the names of clients, such as ["phone"], not {shown(said)}')
    found = tuple(_word(each, "a client's name") for each in ((said,) if isinstance(said, str) else said))
    if not found:
        raise SimulatorError(f'{user} has no client: say for example {{"{user}": ["phone"]}}')
    _only_once([f"{user}.{each}" for each in found])
    return found


def _word(name: object, what: str) -> str:
    expect(what, name, str)
    if not WORD.fullmatch(str(name)):
        raise SimulatorError(f"{what} is of lower case letters, digits, - and _, not {shown(name)}")
    return str(name)


def _only_once(said: list[str]) -> None:
    twice = next(_repeated(said), None)
    if twice is not None:
        raise SimulatorError(f"there are two that are called {twice}")


def _repeated(said: list[str]) -> Iterator[str]:
    return (each for place, each in enumerate(said) if each in said[:place])
