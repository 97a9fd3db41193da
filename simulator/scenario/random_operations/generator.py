"""What happens next: drawn from the seed, and from what is possible at present, so that most of it means something."""

import re
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from simulator.clients import Client
from simulator.clients.members import clients as members_of
from simulator.drafts.features import DraftFeature
from simulator.scenario.random_operations.faults import draw as draw_fault
from simulator.scenario.random_operations.reading import Item
from simulator.scenario.running.context import Context
from simulator.services.accounts.consent import is_granted
from simulator.services.names import parse_client

MAY_REJECT = ("not_a_member", "wrong_epoch", "unknown_group", "not_authorized")
"""Who has lost a group's state, or not joined yet, or joined again, gets messages that it can't read."""

EXPECT: Item = {"may_fail": True, "may_reject": list(MAY_REJECT), "consistent": {}, "delivered": {}}
"""What is so after each operation, whatever comes of it."""

NEEDS = {
    "delete_group": (DraftFeature.delete_group,),
    "change_group": (DraftFeature.roles,),
    "report": (DraftFeature.reports,),
}
"""Kinds that not every draft has."""

_FAULTS = ("fault", "repair", "crash", "start")
_SETTING_UP = 16
"""So many first steps make connections and groups, without faults; no more than half of all."""
_PREFIX = "random-"
"""Of the names that operations have: a scenario's own names are others."""
_NAMED = re.compile(rf"{_PREFIX}[a-z_]+([0-9]+)")
"""Such a name, with its number: no two are alike, also where several steps draw."""


class Generator:
    """A stream of steps. What the steps have made is looked up in the `context` of the run."""

    def __init__(self, random: Random, context: Context, count: int, *, faults: bool = True) -> None:
        self._random = random
        self._context = context
        self._setting_up = 0 if self._groups else min(_SETTING_UP, count // 2)
        self._named_before = max(
            (int(found[1]) for found in map(_NAMED.fullmatch, context.results) if found), default=0
        )
        self._count = 0
        self._down: list[str] = []
        self._faults: list[str] = []
        self._kinds: dict[str, tuple[int, Callable[[], dict[str, Any] | None]]] = {
            "send": (36, self._send),
            "add_users": (9, self._add_users),
            "update_client": (9, self._on_group("update_client")),
            "fault": (20, self._fault),
            "repair": (8, self._repair),
            "race": (6, self._race),
            "external_join": (6, self._external_join),
            "advance": (8, self._advance),
            "offline": (4, self._offline),
            "online": (5, self._online),
            "create_group": (3, self._create_group),
            "connect": (3, self._connect),
            "request_connection": (2, self._request_connection),
            "accept_connection": (3, self._answer("accept_connection")),
            "ignore_connection": (1, self._answer("ignore_connection")),
            "add_clients": (4, self._add_clients),
            "remove_users": (3, self._remove_users),
            "remove_clients": (2, self._remove_clients),
            "leave": (3, self._on_group("leave")),
            "lose_state": (2, self._on_group("lose_state")),
            "resync": (2, self._on_group("resync")),
            "publish_key_packages": (2, self._publish),
            "crash": (1, self._crash),
            "start": (4, self._start),
            "delete_group": (1, self._delete_group),
            "remove_device": (1, self._remove_device),
            "remove_account": (1, self._remove_account),
            "change_group": (5, self._change_group),
            "report": (3, self._report),
        }
        for kind, features in NEEDS.items():
            if context.session.draft.lacking(features):
                del self._kinds[kind]
        for kind in () if faults else _FAULTS:
            del self._kinds[kind]
        self._beginning = {"connect": 8, "create_group": 2, "add_users": 5}

    def step(self) -> Item:
        """The next step."""
        self._count += 1
        weights = {kind: weight for kind, (weight, _) in self._kinds.items()}
        if self._count <= self._setting_up:
            weights = self._beginning
        while True:
            (kind,) = self._random.choices(list(weights), list(weights.values()))
            made = self._kinds[kind][1]()
            if made is not None:
                return {**made, "expect": EXPECT}

    def ending(self) -> list[Item]:
        """All repaired, all up, all online, and time for the last delivery."""
        clients = [client.name for client in self._present()]
        made: list[Item] = [{"repair": {}}, {"start": [provider.name for provider in self._context.session.providers]}]
        return [{**item, "expect": EXPECT} for item in (*made, {"online": clients})]

    def hour(self) -> Item:
        """Time for what waits to be tried again."""
        return {"advance": "1h", "expect": EXPECT}

    def last(self) -> Item:
        """Nothing waits any longer: everything that was accepted has been delivered."""
        return {"expect": {"consistent": {}, "delivered": {"all": True}}}

    # what is there

    @property
    def _groups(self) -> dict[str, str]:
        return {name: value for name, value in self._context.results.items() if isinstance(value, str)}

    def _present(self) -> list[Client]:
        return [client for client in self._context.session.clients if not self._context.is_deleted(client)]

    def _pick(self, choices: Any) -> Any:
        choices = list(choices)
        return self._random.choice(choices) if choices else None

    def _client(self) -> str:
        return str(self._pick(self._context.session.clients).name)

    def _user(self) -> str:
        return str(self._pick(self._context.session.users).name)

    def _group(self) -> str:
        """A group's name, mostly one with many members."""
        names = list(self._groups)[-10:]
        sizes = [1 + 2 * sum(self._groups[name] in c.groups for c in self._present()) ** 2 for name in names]
        return self._random.choices(names, sizes)[0]

    def _connected(self, client: Client, name: str) -> bool:
        """Whether another user's provider lets the client's user add it."""
        other = self._context.session.user(name)
        return other.provider.is_up and other.provider.executor.do(partial(is_granted, client.user, other.uri))

    def _member(self) -> tuple[str, Client] | None:
        """A group's name and somebody in it; now and then somebody who is not."""
        groups = self._groups
        if not groups:
            return None
        name = self._group()
        inside = [client for client in self._present() if groups[name] in client.groups]
        if not inside or self._random.random() < 0.04:
            inside = list(self._context.session.clients)
        return name, self._pick(inside)

    def _seen_users(self, group: str, client: Client) -> list[str]:
        """The users in a group, as a client sees it."""
        view = client.groups.get(self._groups[group])
        inside = set() if view is None else {uri.rsplit("/", 1)[0] for uri in members_of(view).values()}
        session = self._context.session
        return [user.name for user in session.users if user.uri.replace("/u/", "/d/") in inside]

    # what can happen

    def _is_up(self, client: Client) -> bool:
        """Whether a client's provider is."""
        return self._context.session.user(client.user).provider.is_up

    def _named(self, uri: str) -> str:
        """The name of a user."""
        return next(user.name for user in self._context.session.users if user.uri == uri)

    def _name(self, kind: str) -> str:
        return f"{_PREFIX}{kind}{self._named_before + self._count}"

    def _send(self) -> dict[str, Any] | None:
        who = self._member()
        if who is None:
            return None
        view = who[1].groups.get(self._groups[who[0]])
        if view is not None and view.public.proposals and self._random.random() < 0.8:
            return {"update_client": {"by": who[1].name, "group": who[0]}}  # nothing can be said before that
        return {"send": {"by": who[1].name, "group": who[0], "text": f"message {self._count}"}}

    def _on_group(self, kind: str) -> Callable[[], dict[str, Any] | None]:
        def draw() -> dict[str, Any] | None:
            who = self._member()
            return None if who is None else {kind: {"by": who[1].name, "group": who[0]}}

        return draw

    def _add_users(self) -> dict[str, Any] | None:
        who = self._member()
        if who is None:
            return None
        inside = self._seen_users(*who)
        outside = [user.name for user in self._context.session.users if user.name not in inside]
        known = [name for name in outside if self._connected(who[1], name)]
        if self._random.random() < 0.9:
            outside = known
        if not outside:
            return None
        users = self._random.sample(outside, min(len(outside), self._random.choice((1, 1, 2, 3))))
        return {"add_users": {"by": who[1].name, "group": who[0], "users": users}}

    def _add_clients(self) -> dict[str, Any] | None:
        who = self._member()
        if who is None:
            return None
        session = self._context.session
        clients = [client.name for user in self._seen_users(*who) for client in session.user(user).clients]
        return {"add_clients": {"by": who[1].name, "group": who[0], "clients": [self._pick(clients) or self._client()]}}

    def _remove_users(self) -> dict[str, Any] | None:
        who = self._member()
        if who is None:
            return None
        own = self._context.session.user(who[1].user).name
        user = self._pick(name for name in self._seen_users(*who) if name != own) or self._user()
        return {"remove_users": {"by": who[1].name, "group": who[0], "users": [user]}}

    def _remove_clients(self) -> dict[str, Any] | None:
        who = self._member()
        if who is None:
            return None
        clients = self._context.session.user(who[1].user).clients
        own = [client.name for client in clients if client is not who[1]] or [who[1].name]
        return {"remove_clients": {"by": who[1].name, "group": who[0], "clients": [self._pick(own)]}}

    def _external_join(self) -> dict[str, Any] | None:
        """By somebody who has lost the group, or by a further client of somebody in it."""
        groups = self._groups
        if not groups:
            return None
        name = self._group()
        outside = [client for client in self._present() if groups[name] not in client.groups]
        users = {client.user for client in self._present() if groups[name] in client.groups}
        lost = [
            client for client in outside if client.user in users or any(e.group == groups[name] for e in client.events)
        ]
        by = self._pick(lost) or self._pick(outside)
        return None if by is None else {"external_join": {"by": by.name, "group": name}}

    def _race(self) -> dict[str, Any] | None:
        who = self._member()
        if who is None:
            return None
        group = who[0]
        inside = [client for client in self._present() if self._groups[group] in client.groups]
        if len(inside) < 2:
            return None
        operations: list[dict[str, Any]] = []
        for client in self._random.sample(inside, min(len(inside), self._random.choice([2, 2, 3]))):
            kind = self._pick(("update_client", "update_client", "add_users", "remove_users", "leave"))
            made: dict[str, Any] = {"by": client.name, "group": group}
            if kind in ("add_users", "remove_users"):
                made["users"] = [self._user()]
            operations.append({kind: made, "expect": {"may_fail": True}})
        return {"race": operations}

    def _create_group(self) -> dict[str, Any] | None:
        return {"create_group": {"by": self._client()}, "as": self._name("group")}

    def _delete_group(self) -> dict[str, Any] | None:
        """Not the only one: little can happen without any."""
        return self._on_group("delete_group")() if len(self._groups) > 1 else None

    def _connect(self) -> dict[str, Any] | None:
        users = self._context.session.users
        first, *others = self._random.sample(users, min(len(users), 4))
        if not others:
            return None
        few = 3 if self._count <= self._setting_up else 1
        return {"connect": {"from": first.clients[0].name, "to": [user.name for user in others[:few]]}}

    def _request_connection(self) -> dict[str, Any] | None:
        return {"request_connection": {"from": self._client(), "to": self._user()}, "as": self._name("greeting")}

    def _answer(self, kind: str) -> Callable[[], dict[str, Any] | None]:
        def draw() -> dict[str, Any] | None:
            noting = [client for client in self._present() if self._is_up(client) and client.consent_requests]
            asked = noting or [client for client in self._present() if client.connection_requests]
            by = self._pick(asked)
            if by is None:
                return None
            if noting:
                return {kind: {"by": by.name, "from": self._named(self._pick(by.consent_requests))}}
            group = self._pick(by.connection_requests)
            asking = [c for c in self._present() if group in c.groups]
            other = self._context.session.user(asking[0].user).name if asking else self._user()
            return {kind: {"by": by.name, "from": other}}

        return draw

    def _publish(self) -> dict[str, Any] | None:
        connection = self._random.random() < 0.5
        made = {"by": self._client(), "count": 3, "connection": connection}
        if DraftFeature.key_packages_for_connections in self._context.session.draft.lacks:
            del made["connection"]
        return {"publish_key_packages": made}

    def _change_group(self) -> dict[str, Any] | None:
        """Another role, or another name of the group."""
        who = self._member()
        if who is None:
            return None
        made: dict[str, Any] = {"by": who[1].name, "group": who[0]}
        if self._random.random() < 0.3:
            return {"change_group": {**made, "settings": {"name": f"room {self._count}"}}}
        user = self._pick(self._seen_users(*who)) or self._user()
        role = self._random.choice(("banned", "ordinary_user", "group_admin", "group_admin", "super_admin"))
        return {"change_group": {**made, "roles": {user: role}}}

    def _report(self) -> dict[str, Any] | None:
        """What somebody has said, now and then as if somebody else had."""
        by = self._pick(self._present())
        names = {group: name for name, group in self._groups.items()}
        got = self._pick(event for event in by.inbox if event.group in names)
        if got is None:
            return None
        said_by = self._named(str(parse_client(got.sender).user)) if self._random.random() < 0.9 else self._user()
        return {"report": {"by": by.name, "group": names[got.group], "of": said_by, "text": got.data.decode()}}

    def _offline(self) -> dict[str, Any] | None:
        return {"offline": [self._client()]}

    def _online(self) -> dict[str, Any] | None:
        away = [client.name for client in self._present() if not client.online]
        return {"online": self._random.sample(away, self._random.randint(1, len(away)))} if away else None

    def _advance(self) -> dict[str, Any] | None:
        return {"advance": self._pick(("1s", "2s", "5s", "30s", "2m", "10m", "1h", "1h", "6h"))}

    def _remove_device(self) -> dict[str, Any] | None:
        several = [c for c in self._present() if len(self._context.session.user(c.user).clients) > 1]
        by = self._pick(several) if self._random.random() < 0.5 else None
        return None if by is None else {"remove_device": by.name}

    def _remove_account(self) -> dict[str, Any] | None:
        return {"remove_account": self._user()} if self._random.random() < 0.3 else None

    def _fault(self) -> dict[str, Any] | None:
        name = self._name("fault")
        self._faults.append(name)
        return {"fault": [draw_fault(self._random, self._context.session)], "as": name}

    def _repair(self) -> dict[str, Any] | None:
        if not self._faults:
            return None
        if self._random.random() < 0.3:
            self._faults.clear()
            return {"repair": {}}
        return {"repair": [self._faults.pop(self._random.randrange(len(self._faults)))]}

    def _crash(self) -> dict[str, Any] | None:
        return {"crash": [self._pick(self._context.session.providers).name]}

    def _start(self) -> dict[str, Any] | None:
        down = [provider.name for provider in self._context.session.providers if not provider.is_up]
        return {"start": down} if down else None
