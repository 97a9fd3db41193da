"""Contexts of servers that nobody may ask."""

import ssl

from simulator.net import Authority
from simulator.net.tls.context_when_used import ContextWhenUsed


def test_it_is_made_once_for_the_first_handshake() -> None:
    authority, made = Authority(), []

    def make() -> ssl.SSLContext:
        made.append(authority.server_context(authority.identity("a.example")))
        return made[-1]

    context = ContextWhenUsed(make)
    assert not made
    for _ in range(2):
        assert context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_side=True).context is made[0]
    assert len(made) == 1
