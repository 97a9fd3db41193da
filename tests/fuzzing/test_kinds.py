"""Environments by name."""

import pytest

from simulator.drafts import registry
from simulator.errors import Misuse
from simulator.fuzzing.kinds import Kind, kind_named, kinds_of


def test_names_lead_back() -> None:
    kinds = [kind for draft in registry.known() for kind in kinds_of(draft)]
    assert [kind_named(str(kind)) for kind in kinds] == kinds
    assert str(Kind("mimi-transport-00", 3, mutual_tls=True)) == "mimi-transport-00, HTTP/1.1, suite 3, mutual TLS"
    with pytest.raises(Misuse, match='no environment "mimi-transport-00, HTTP/3"'):
        kind_named("mimi-transport-00, HTTP/3")


def test_mutual_tls_is_said_where_it_is_left_open() -> None:
    said = {draft.name: any(kind.mutual_tls for kind in kinds_of(draft)) for draft in registry.known()}
    assert said == {"mimi-transport-00": True, "mimi-transport-01": False, "mimi-protocol-06": False}
