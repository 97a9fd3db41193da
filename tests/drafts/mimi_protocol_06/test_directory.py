"""The directory: what is published, what of others' is believed, and which URLs follow."""

import json
from typing import Any

import pytest

from simulator.drafts.mimi_protocol_06 import directory
from simulator.drafts.mimi_protocol_06.binding.consent import REQUEST_CONSENT, UPDATE_CONSENT
from simulator.drafts.mimi_protocol_06.binding.identifier_query import IDENTIFIER_QUERY
from simulator.drafts.requests.endpoint import Answer, BadAnswer, Outgoing, Reply
from simulator.services.refusal import Refusal
from tests.breaking import breaks

from .serving import Served, asked

DISCOVERY = directory.discovery((REQUEST_CONSENT, IDENTIFIER_QUERY))
QUERY = "https://b.example/v1/identifierQuery/{domain}"


def _reply(said: object, kind: str = "application/json", status: int = 200, caching: str = "") -> Reply:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Reply(status, (("content-type", kind), ("cache-control", caching)), body)


def _url(urls: dict[str, str], **variables: str) -> str:
    content = DISCOVERY.endpoint.read(_reply(urls)).content  # type: ignore[union-attr]
    return DISCOVERY.url(content, Outgoing("x", IDENTIFIER_QUERY, "b.example", b"", variables))


def test_a_provider_says_where_each_endpoint_is() -> None:
    question = DISCOVERY.write("a.example", "b.example")
    assert question.wire_request.path == "/.well-known/mimi-protocol-directory"
    assert question.headers == (("from", "mimi@a.example"),)
    served = Served()
    found = DISCOVERY.endpoint.open(question.wire_request).perform(served.context)
    assert isinstance(found, Answer)
    assert json.loads(found.reply.body) == {
        "requestConsent": "https://b.example/v1/requestConsent/{targetDomain}",
        "identifierQuery": QUERY,
    }
    assert found.reply.header("content-type") == "application/json"
    read: Any = DISCOVERY.endpoint.read(found.reply)
    assert (read.content, read.max_age) == (DISCOVERY.own(served.context), 3600)
    assert DISCOVERY.hosts(read.content) == ("b.example",)
    assert DISCOVERY.default_host("b.example") == "b.example"


def test_somebody_has_to_ask() -> None:
    with pytest.raises(Refusal, match="one From header, not 0"):
        DISCOVERY.endpoint.open(DISCOVERY.endpoint.wire_request())


@pytest.mark.parametrize(
    ("template", "url"),
    [
        (QUERY, "https://b.example/v1/identifierQuery/b.example"),
        ("https://x.example/query{domain}", "https://x.example/queryb.example"),
        ("https://x.example/query", "https://x.example/query"),
        ("https://x.example/{targetUser}", "https://x.example/mimi%3A%2F%2Fa.example%2Fr%2Fclubhouse"),
    ],
)
def test_a_template_is_expanded_with_whichever_variable_it_has(template: str, url: str) -> None:
    known = {"domain": "b.example", "targetUser": "mimi://a.example/r/clubhouse"}
    assert _url({"identifierQuery": template}, **known) == url


def test_unknown_members_mean_nothing() -> None:
    found: Any = DISCOVERY.endpoint.read(_reply({"identifierQuery": QUERY, "keyMaterial": 5, "x": [{}]}))
    assert json.loads(found.content) == {"identifierQuery": QUERY}


@breaks("P6-2-NOT-OFFERED")
def test_what_is_not_there_is_not_offered() -> None:
    with pytest.raises(BadAnswer, match=r"b\.example offers no identifierQuery"):
        _url({}, domain="b.example")


@breaks("P6-2-TEMPLATE-VARIABLE")
def test_a_template_with_a_variable_that_no_request_has() -> None:
    with pytest.raises(BadAnswer, match="has a other in the URL"):
        _url({"identifierQuery": "https://b.example/{other}"}, domain="b.example")


@pytest.mark.parametrize(
    ("reply", "rule"),
    [
        (_reply({}, status=302), "P6-2-DIRECTORY/STATUS"),
        (_reply({}, status=201), "P6-2-DIRECTORY/STATUS"),
        (_reply({}, "text/plain"), "P6-2-DIRECTORY/TYPE"),
        (_reply({"x": "y" * 70_000}), "P6-2-DIRECTORY/SIZE"),
        (_reply(b"no"), "P6-2-DIRECTORY/JSON"),
        (_reply(b"\xff"), "P6-2-DIRECTORY/JSON"),
        (_reply(b"[" * 60_000), "P6-2-DIRECTORY/JSON"),
        (_reply([]), "P6-2-DIRECTORY/JSON"),
        (_reply({"identifierQuery": 5}), "P6-2-DIRECTORY/TEMPLATE"),
        (_reply({"identifierQuery": "http://b.example/{domain}"}), "P6-2-DIRECTORY/TEMPLATE"),
        (_reply({"identifierQuery": "https://b.example:444/{domain}"}), "P6-2-DIRECTORY/TEMPLATE"),
        (_reply({"identifierQuery": "https://b.example/{domain}/x"}), "P6-2-DIRECTORY/TEMPLATE"),
        (_reply({"identifierQuery": "https://b.example/{domain}{domain}"}), "P6-2-DIRECTORY/TEMPLATE"),
        (_reply({"identifierQuery": "https://b.example/{domain}?x"}), "P6-2-DIRECTORY/TEMPLATE"),
        (_reply({"identifierQuery": "https://localhost/{domain}"}), "P6-2-DIRECTORY/TEMPLATE"),
        (_reply({"identifierQuery": "https://b.example"}), "P6-2-DIRECTORY/TEMPLATE"),
        (_reply({"identifierQuery": "https://[/{domain}"}), "P6-2-DIRECTORY/TEMPLATE"),
    ],
)
def test_what_is_no_directory_is_not_believed(reply: Reply, rule: str) -> None:
    with breaks(rule), pytest.raises(BadAnswer):
        DISCOVERY.endpoint.read(reply)


def test_a_type_may_have_parameters() -> None:
    DISCOVERY.endpoint.read(_reply({}, "Application/JSON; charset=utf-8"))


def test_a_refusal_says_why_there_is_none() -> None:
    with pytest.raises(BadAnswer, match="HTTP 503"):
        DISCOVERY.endpoint.read(_reply({}, status=503))
    with pytest.raises(Refusal, match="no"):
        DISCOVERY.endpoint.read(_reply({"code": "malformed", "detail": "no"}, status=400))


@breaks("P6-2-DIRECTORY/ELSEWHERE")
def test_nobody_is_where_we_are() -> None:
    content = json.dumps({"identifierQuery": "https://b.example/{domain}"}).encode()
    DISCOVERY.check("c.example", content, Served("a.example").context)
    with pytest.raises(BadAnswer, match=r"serves at b\.example, which is us"):
        DISCOVERY.check("c.example", content, Served("b.example").context)


@pytest.mark.parametrize(
    ("caching", "seconds"),
    [("max-age=60", 60), ("public, MAX-AGE=60", 60), ("max-age=99999", 3600), ("max-age=x", 0), ("", 0)]
    + [(f"max-age=60, {other}", 0) for other in ("no-store", "no-cache")],
)
def test_it_is_kept_as_long_as_it_says_up_to_an_hour(caching: str, seconds: int) -> None:
    found: Any = DISCOVERY.endpoint.read(_reply({}, caching=caching))
    assert found.max_age == seconds


def test_an_answer_can_lead_anywhere() -> None:
    lie = DISCOVERY.leading_to("x.example", 7)
    found: Any = DISCOVERY.endpoint.read(lie)
    assert (DISCOVERY.hosts(found.content), found.max_age) == (("x.example",), 7)


def test_rooms_in_paths_have_the_known_form() -> None:
    request = asked(UPDATE_CONSENT, "a.example", "mimi://a.example/r/clubhouse", b"")
    assert request.path == "/v1/updateConsent/mimi%3A%2F%2Fa.example%2Fr%2Fclubhouse"
