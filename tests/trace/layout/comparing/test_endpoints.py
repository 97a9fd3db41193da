"""Changes of endpoints, labels, checks and rules are told once."""

from typing import Any

from simulator.trace.layout.comparing import Kind, compare
from tests.trace.layout.comparing.edited import edited, told, told_back
from tests.trace.layout.recorded_bodies import shipped


def test_an_endpoint_comes_or_goes() -> None:
    def drop(values: dict[str, Any]) -> None:
        del values["endpoints"]["verification_key"]

    assert told(drop) == ["endpoint verification_key removed: GET /verification_key"]
    assert told_back(drop) == ["endpoint verification_key added: GET /verification_key"]


def test_an_endpoint_is_called_otherwise() -> None:
    def name_only(values: dict[str, Any]) -> None:
        values["endpoints"]["deliver"] = values["endpoints"].pop("deliver_message")

    def path_too(values: dict[str, Any]) -> None:
        name_only(values)
        values["endpoints"]["deliver"][1] = "/deliver"

    def path_only(values: dict[str, Any]) -> None:
        values["endpoints"]["deliver_message"][1] = "/deliver"

    def method_too(values: dict[str, Any]) -> None:
        path_too(values)
        values["endpoints"]["deliver"][0] = "PUT"

    assert told(method_too) == [
        "endpoint deliver_message renamed deliver (/deliver_message -> /deliver)",
        "endpoint deliver: method POST -> PUT",
    ]
    assert told(name_only) == ["endpoint deliver_message renamed deliver"]
    assert told(path_too) == ["endpoint deliver_message renamed deliver (/deliver_message -> /deliver)"]
    assert told(path_only) == ["endpoint deliver_message: path /deliver_message -> /deliver"]


def test_a_property_of_an_endpoint_is_another() -> None:
    def edit(values: dict[str, Any]) -> None:
        row = values["endpoints"]["welcome_information"]
        row[0], row[2], row[3], row[5], row[6] = "POST", "application/mimi", None, 201, True

    assert told(edit) == [
        "endpoint welcome_information: method GET -> POST",
        "endpoint welcome_information: media type application/octet-stream -> application/mimi",
        "endpoint welcome_information: request DSRequest -> none",
        "endpoint welcome_information: status of success 200 -> 201",
        "endpoint welcome_information: several requests in a body no -> yes",
    ]


def test_a_label_is_another() -> None:
    def edit(values: dict[str, Any]) -> None:
        values["labels"]["QueueingServiceRequestTBS"] = "QSRequestTBS"
        del values["labels"]["DSRequestTBS"]

    assert told(edit) == [
        'DSRequestTBS: signature label "DSRequestTBS" -> none',
        'QueueingServiceRequestTBS: signature label "QueueingServiceRequestTBS" -> "QSRequestTBS"',
    ]


def test_a_check_is_made_before_another() -> None:
    def edit(values: dict[str, Any]) -> None:
        checks = values["checks"]
        checks.insert(checks.index("certificate"), checks.pop(checks.index("rate by sender")))

    assert told(edit) == ["check moved: rate by sender is made before certificate now"]
    (change,) = compare(shipped(), edited(edit))
    assert (change.kind, change.subject, change.part) == (Kind.check_moved, "rate by sender", "certificate")


def test_checks_come_and_go() -> None:
    assert told(lambda values: values["checks"].remove("recipient")) == ["check dropped: recipient"]
    assert told_back(lambda values: values["checks"].remove("recipient")) == ["check added after head: recipient"]


def test_rules_come_and_go() -> None:
    rule = shipped().rules[3]
    assert told(lambda values: values["rules"].remove(rule)) == [f"rule dropped: {rule}"]
    assert told_back(lambda values: values["rules"].remove(rule)) == [f"rule added: {rule}"]
