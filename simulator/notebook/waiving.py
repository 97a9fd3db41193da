"""Which rules nobody is to keep, as cells say it."""

from collections.abc import Iterable, Mapping

from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError, hint
from simulator.notebook.arguments import RuleIDs, expect
from simulator.scenario.rule_names import check_all_waivable


def rule_ids(said: object, draft: Draft) -> tuple[str, ...]:
    """The IDs of rules and requirements of a draft, one or several, each once. Raises SimulatorError for what is none,
    and for what can't be waived, with the reason.
    """
    expect("waive", said, RuleIDs)
    found = (said,) if isinstance(said, str) or not isinstance(said, Iterable) else tuple(said)
    for each in found:
        expect("the ID of a rule", each, str)
    return check_all_waivable(map(str, found), draft)


def by_provider(said: object, providers: Iterable[str], draft: Draft) -> dict[str, tuple[str, ...]]:
    """The IDs of what each provider waives: what is said of its own, or of all. Raises SimulatorError as `rule_ids`,
    and for a provider that is not there.
    """
    known = tuple(providers)
    if not isinstance(said, Mapping):
        return dict.fromkeys(known, rule_ids(said, draft))
    for name in said:
        if name not in known:
            raise SimulatorError(f"waive: there is no provider {name}{hint(str(name), known)}")
    return {name: rule_ids(said.get(name, ()), draft) for name in known}
