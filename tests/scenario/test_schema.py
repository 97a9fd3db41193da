"""A scenario file as a whole."""

from simulator.scenario.loading.loader import read

FULL = """
name: All that can be said
description: In a few words.
seed: 7
clock: 2030-01-01T00:00:00Z
timeout: 5m
tags: [slow, key-packages]
skip: not yet
topology:
  draft: mimi-transport-00
  mutual_tls: true
  http2: true
  suite: 3
  key_packages: 2
  last_resort: false
  providers:
    a.example:
      ds_host: delivery.a.example
      max_body: 1000
      users:
        alice: [phone, laptop]
        anna: tablet
    b.example: {}
steps: []
"""


def test_everything_that_can_be_said() -> None:
    content = read(FULL, "x.yaml")
    topology = content.topology
    assert (content.tags, content.skip) == (("slow", "key-packages"), "not yet")
    assert (content.name, content.description) == ("All that can be said", "In a few words.")
    assert (content.seed, content.clock.unix, content.timeout.seconds) == (7, 1893456000, 300)
    assert (topology.mutual_tls, topology.http2, topology.suite) == (True, True, 3)
    assert (topology.key_packages, topology.last_resort) == (2, False)
    a, b = topology.providers.values()
    assert (a.ds_host, a.max_body) == ("delivery.a.example", 1000)
    assert a.users.clients == {"alice": ("phone", "laptop"), "anna": ("tablet",)}
    assert b.users.clients == {}


def test_what_need_not_be_said() -> None:
    content = read("name: x\ntopology: {providers: {a.example: {}}}\nsteps: []\n", "x.yaml")
    assert (content.seed, content.timeout.seconds, content.topology.suite) == (1, 120, 1)
    assert content.topology.last_resort
    assert not content.topology.mutual_tls
    assert (content.tags, content.covers, content.skip) == ((), (), None)
