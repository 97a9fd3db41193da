import re
from collections import Counter

import pytest

from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.drafts.mimi_transport_00.endpoints import ENDPOINTS
from simulator.drafts.mimi_transport_00.errors import STATUS
from simulator.drafts.mimi_transport_00.messages.common import ErrorCode
from simulator.drafts.mimi_transport_00.requirements import REQUIREMENTS
from simulator.drafts.requests.endpoint import Endpoint
from simulator.rules import All, Broken, Evidence, Nature
from simulator.scenario.demands import demands
from simulator.services.refusal import COMMON, Code

BY_ID = {requirement.id: requirement for requirement in REQUIREMENTS}

# The bullets in the "Validation" lists of [DS], by section, counted in the draft.
VALIDATION = {
    "Create group": 3,
    "Delete group": 1,
    "Add users to a group": 5,
    "Remove users from a group": 3,
    "Add clients to a group": 3,
    "Remove clients from a group": 3,
    "Self remove a client from a group": 2,
    "Update a client in a group": 2,
    "Join the group using an external commit": 2,
    "Send an application message to a group": 1,
    "Fetch AddPackages of one or more clients": 2,
    "Fetch connection AddPackages of one or more clients": 2,
    "ReInitialize a group": 2,
}

# The headings of [T] with a statement under them.
TRANSPORT = (
    "Transport Security and Authentication",
    "Endpoint Discovery",
    "REST Endpoints",
    "Process Group Message",
    "Welcome Information",
    "External Commit Information",
    "Verification Key",
    "Deliver Connection Request",
    "Deliver Message",
    "Connection KeyPackage Retrieval",
    "Group KeyPackage Retrieval",
    "Rate-limiting",
)

# The headings of [DS] under which the draft says MUST, MUST NOT or SHOULD, and how often.
MUST = {
    "Version agility": 1,
    "Group lifecycle": 2,
    "DS assisted joining": 1,
    "Handling of standalone MLS Proposals": 5,
    "Add users to a group": 1,
    "Remove users from a group": 2,
    "Add clients to a group": 1,
    "Remove clients from a group": 1,
    "Fetch AddPackages of one or more clients": 1,
    "DSFanoutRequests and DS-to-DS authentication": 1,
    "Connection key material": 1,
    "Pseudonymous client identifiers and authentication": 2,
    "Pseudonymous user identifiers and authentication": 1,
    "Pseudonymized fan-out": 1,
    "Group state encryption at rest": 1,
    "Transport Security": 2,
}


def test_each_requirement_has_a_readable_id_one_line_and_a_reason_that_says_something() -> None:
    for requirement in REQUIREMENTS:
        prefix = {"T": "T-", "DS": "DS-", "profile": "P-"}[requirement.source]
        assert re.fullmatch(prefix + r"[A-Z0-9]+(-[A-Z0-9]+)*", requirement.id)
        for text in (requirement.section, requirement.text, requirement.reason or "words"):
            assert text == text.strip()
            assert text, requirement.id
            assert "\n" not in text
        assert requirement.text.endswith("."), requirement.id
    assert len(requirement.text) <= 100


def test_each_validation_bullet_of_the_operations_has_its_number() -> None:
    found = Counter(each.section for each in REQUIREMENTS if "-VALIDATION-" in each.id)
    assert found == VALIDATION
    for title, count in VALIDATION.items():
        ids = [each.id for each in REQUIREMENTS if each.section == title and "-VALIDATION-" in each.id]
        assert [int(each.rpartition("-")[2]) for each in ids] == list(range(1, count + 1))


def test_each_heading_of_the_transport_has_requirements() -> None:
    assert tuple(dict.fromkeys(each.section for each in REQUIREMENTS if each.source == "T")) == TRANSPORT


def test_each_must_of_the_delivery_service_has_requirements() -> None:
    found = Counter(each.section for each in REQUIREMENTS if each.source == "DS")
    assert {title: found[title] for title, count in MUST.items() if found[title] < count} == {}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.name)
def test_each_endpoint_has_a_requirement(endpoint: Endpoint) -> None:
    name = f"{endpoint.method} {endpoint.path}"
    assert [each for each in REQUIREMENTS if each.source == "T" and each.text.startswith(f"{name} ")], name


@pytest.mark.parametrize("code", COMMON)
def test_each_error_code_has_a_requirement_with_its_number_and_status(code: Code) -> None:
    text = BY_ID["P-6-" + code.upper().replace("_", "-")].text
    assert text.startswith(f"{code} ({ErrorCode[code].value}) comes with {STATUS[code]}")


def test_what_can_have_no_scenario_is_a_small_part() -> None:
    excused = [each for each in REQUIREMENTS if each.reason is not None]
    assert len(excused) < len(REQUIREMENTS) / 8
    assert {each.id for each in excused if each.source == "T"} == {"T-RATE-PRIVACY-PASS"}
    assert {each.id for each in excused if each.source == "profile"} == {"P-6-INTERNAL"}


CHECKED = demands(MIMI_TRANSPORT_00).rules


def test_each_is_a_prohibition_that_somebody_checks_or_a_duty_with_evidence_or_has_a_reason() -> None:
    for requirement in REQUIREMENTS:
        if requirement.reason is not None:
            assert not requirement.shown_by, requirement.id
        elif requirement.nature is Nature.duty:
            assert requirement.shown_by, f"{requirement.id}: no evidence"
        else:
            assert requirement.shown_by or requirement.id in CHECKED, (
                f"{requirement.id}: nobody checks it, and there is no evidence that it is"
            )


def test_rules_that_are_evidence_are_known() -> None:
    def rules(evidence: Evidence) -> set[str]:
        if isinstance(evidence, All):
            return set().union(*map(rules, evidence.parts))
        return {evidence.rule} if isinstance(evidence, Broken) else set()

    named = set().union(*(rules(evidence) for each in REQUIREMENTS for evidence in each.shown_by))
    assert named
    assert named <= set(demands(MIMI_TRANSPORT_00).ids)
