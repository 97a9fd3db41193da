"""What shows that something is as a document demands: values, compared with what happened while a scenario ran.

    Answer    a request that was answered, and not refused         Event   something that a client or provider noted
    Refused   a request that was refused, or got such a status     Done    a step that worked out
    Failed    a request that got no answer that could be taken     Met     an expectation that was met
    Broken    something that breaks a rule, noticed by somebody    All     several of these in one step

Endpoints and operations have the names that the draft gives them, events those of `simulator.trace.events`, steps and
expectations their keywords in scenarios.
"""

from typing import TypeAlias

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """A request was answered, and not refused. What is None may be anything."""

    endpoint: str | None = None
    operation: str | None = None
    http_version: str | None = None
    elsewhere: bool = False
    """Whether it went to another host than the one that is called as the provider is."""
    again: bool = False
    """Whether the very same request had been made before in vain."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A request was refused. What is None may be anything."""

    code: str | None = None
    http: int | None = None
    endpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A request failed: there was no connection, or no answer that could be taken. The reason contains these words."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class HandshakeRefused:
    """A server refused a TLS handshake, or its peer gave it up."""


@dataclass(frozen=True, slots=True)
class Event:
    """A client or a provider noted an event of this kind."""

    kind: str
    rule: str | None = None
    """Only of a rejection: the slug of the rule, or the code."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that breaks this rule or requirement (ID) was noticed, and refused."""

    rule: str


@dataclass(frozen=True, slots=True)
class Done:
    """A step with this keyword was to work out, and did."""

    keyword: str


@dataclass(frozen=True, slots=True)
class Met:
    """An expectation with this keyword was met."""

    keyword: str


@dataclass(frozen=True, slots=True, init=False)
class All:
    """Each of these, in one step."""

    parts: tuple["Evidence", ...]

    def __init__(self, *parts: "Evidence") -> None:
        object.__setattr__(self, "parts", parts)


Evidence: TypeAlias = Answer | Refused | Failed | HandshakeRefused | Event | Broken | Done | Met | All
