"""The federation of all seeds, with and without tokens, and scenario files from plain data."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.drafts.features import DraftFeature
from simulator.scenario import Scenario
from simulator.scenario.loading.loader import read

Item = Mapping[str, Any]
"""One step with all that is said about it, as in a scenario file."""

PROVIDERS = {
    "a.example": {"alice": ["phone", "laptop"], "adam": ["phone"], "anna": ["phone"]},
    "b.example": {"bob": ["phone", "tablet"], "bea": ["phone"], "ben": ["phone"]},
    "c.example": {"carol": ["phone", "laptop"], "chris": ["phone"], "cleo": ["phone"], "cora": ["phone"]},
}

CHECKS = {"consistent": {}, "delivered": {}}


STOCK_WITHOUT_LAST_RESORT = 12
"""KeyPackages of each client: most that is done needs some, and some of it must find none."""
PAYING_EVERY = 3
"""In the federation of one seed in so many tokens pay for what is asked of strangers."""

LOOKUP = "connection_key_packages"
"""What tokens pay for."""
_LOOKUP = {"protects": [LOOKUP], "unnamed": True, "window": "1h"}
TOKENS: Mapping[str, Mapping[str, Any]] = {
    "a.example": {**_LOOKUP, "issues": {"per": "provider", "tokens": 40, "period": "1h"}, "trusts": ["b.example"]},
    "b.example": {**_LOOKUP, "issues": {"per": "user", "tokens": 10, "period": "1h"}, "trusts": ["b.example"]},
    "c.example": {**_LOOKUP, "issuer": "b.example", "crowd": 2, "grease": True},
}
"""One issues to providers, one to users, and one takes the tokens of that and hides its users in crowds."""


def pays(seed: int, draft: Draft) -> bool:
    """Whether tokens pay for something in the federation of a seed: not where the draft has no such request."""
    return seed % PAYING_EVERY == 0 and LOOKUP in {endpoint.name for endpoint in draft.endpoints}


def topology(draft: Draft = DRAFTS[0], *, paying: bool = False) -> dict[str, Any]:
    """As in a scenario file."""
    providers = {name: {"users": users} for name, users in PROVIDERS.items()}
    if paying:
        providers = {name: {**said, "privacy_pass": TOKENS[name]} for name, said in providers.items()}
    stock = STOCK_WITHOUT_LAST_RESORT if DraftFeature.last_resort in draft.lacks else 4
    return {"draft": draft.name, "key_packages": stock, "providers": providers}


def content(seed: int, steps: Sequence[Item], described: str, draft: Draft = DRAFTS[0]) -> dict[str, Any]:
    """A whole scenario file as plain data."""
    head = {"name": f"Randomised federation, seed {seed}", "description": described, "seed": seed, "timeout": "5m"}
    return {**head, "topology": topology(draft, paying=pays(seed, draft)), "steps": list(steps)}


def scenario(data: Mapping[str, Any]) -> Scenario:
    """What the file would be. Raises ScenarioFileError."""
    return Scenario("randomised", "randomised.yaml", read(json.dumps(data), "randomised.yaml"))


def text(data: Mapping[str, Any]) -> str:
    """The scenario as people write it: a line for a step, where it fits."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = None
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = 110
    out = StringIO()
    yaml.dump(dict(data), out)
    return str(out.getvalue())
