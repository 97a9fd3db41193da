"""What `mimi-sim new` writes: scenarios that run as they are, with comments for who has not written one yet."""

_HEAD = """\
# A scenario: who takes part, what happens, what must come of it.
#   mimi-sim check {file}     is everything spelled right?
#   mimi-sim run {file} -v    run it, and show each step
#   mimi-sim steps            all that can happen and be expected
name: {name}
description: |
  What the draft says, in its words and with the section; then what this shows.
"""

_TOPOLOGY = """\
# Everything random follows from the seed: the same seed gives the same bytes.
seed: 1

# Providers with their users, and each user with its clients. Names end in .example so that nobody is meant.
topology:
{draft}  providers:
    a.example: {users: {alice: [phone]}}
    b.example: {users: {bob: [phone], dave: [laptop]}}
"""

_GROUP = """
# Each item is one step. `as` gives its result a name that later steps use; after each step all that is on its way
# arrives, and then `expect` is checked.
steps:
  # Nobody can be invited who has not accepted a connection.
  - connect: {from: alice, to: [%s]}
  - create_group: alice
    as: team
  - add_users: {by: alice, group: team, users: [%s]}
    expect:
      members: {group: team, clients: [alice, %s]}
"""

_HONEST = """
  - send: {by: bob, group: team, text: Hello.}
    as: hello
    note: A step may have a note, for readers.
    expect:
      received: {messages: hello, by: alice}

  # A step that must be refused says by whom, or how (error: not_authorized). Steps that are not refused as they should
  # be fail, and so do those that are refused and should not be. Dave has accepted no connection.
  - add_users: {by: alice, group: team, users: [dave]}
    expect: {blocked: b.example}
"""

_MALICIOUS = """
  - send: {by: alice, group: team, text: For members only.}
    as: secret

  # m.example, which follows the group, was given the message for its own user. It keeps the request ...
  - capture: {endpoint: fan_out, from: a.example, to: m.example, during: secret}
    as: stolen
  # ... and forwards it. Another provider must see that it is not from the hub, or not for itself: whatever the refusal
  # is, nothing must have changed there.
  - forward: {request: stolen, by: m.example, to: b.example}
    expect: {blocked: b.example}

  # An item with `expect` alone only checks: Bob has the message once, from the hub.
  - expect:
      received: {messages: secret, by: [bob, mallory]}
"""


_COVERS = "# IDs of the requirements that it shows: `mimi-sim coverage` lists them.\ncovers: []\n\n"


def honest(name: str, file: str, draft: str | None = None) -> str:
    """A scenario in which everybody plays by the rules, in a draft if it is to name one."""
    tags = f"tags: []\n{_COVERS}"
    return _HEAD.format(name=name, file=file) + tags + _topology(draft) + _GROUP % ("bob", "bob", "bob") + _HONEST


def malicious(name: str, file: str, draft: str | None = None) -> str:
    """One in which a provider does not."""
    tags = f"tags: [malicious]\n{_COVERS}"
    topology = _topology(draft) + "    m.example: {users: {mallory: [phone]}}\n"
    group = _GROUP % (("bob, mallory",) * 3)
    return _HEAD.format(name=name, file=file) + tags + topology + group + _MALICIOUS


def _topology(draft: str | None) -> str:
    return _TOPOLOGY.replace("{draft}", "" if draft is None else f"  draft: {draft}\n")
