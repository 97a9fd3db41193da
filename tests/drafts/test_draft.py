"""What a draft is to everybody else, and the list of drafts."""

from dataclasses import replace

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.features import DraftFeature
from simulator.drafts.requests.template import Template


def test_drafts_have_names_of_their_own() -> None:
    assert [draft.name for draft in DRAFTS] == ["mimi-transport-00", "mimi-transport-01", "mimi-protocol-06"]


def test_endpoints_are_found_by_path_and_by_name() -> None:
    draft = DRAFTS[0]
    endpoint = draft.named("deliver_message")
    assert draft.endpoint("/deliver_message") == (endpoint, {})
    assert draft.endpoint("/deliver_message/") == (None, {})
    assert draft.discovery.endpoint in draft.endpoints
    with pytest.raises(KeyError):
        draft.named("nothing")


def test_the_first_endpoint_whose_template_has_a_path_is_at_it() -> None:
    known = DRAFTS[0].named("deliver_message")
    variable = replace(known, name="any", template=Template("/{what}"))
    before, behind = replace(DRAFTS[0], endpoints=(variable, known)), replace(DRAFTS[0], endpoints=(known, variable))
    for _ in range(2):
        assert before.endpoint("/deliver_message") == (variable, {"what": "deliver_message"})
        assert behind.endpoint("/deliver_message") == (known, {})
        assert behind.endpoint("/other") == (variable, {"what": "other"})


def test_every_struct_of_an_endpoint_has_a_name() -> None:
    draft = DRAFTS[0]
    for endpoint in draft.endpoints:
        for struct in (endpoint.request, endpoint.response):
            assert struct is None or draft.structs[struct.__name__] is struct


def test_no_two_requirements_of_a_draft_have_one_id() -> None:
    draft = DRAFTS[0]
    first = draft.requirements[0]
    with pytest.raises(ValueError, match=f"{draft.name} has more than one requirement called {first.id}$"):
        replace(draft, requirements=(*draft.requirements, replace(first, text="Something else.")))


def test_only_where_there_is_a_place_for_them_key_packages_come_with_consent() -> None:
    feature = (DraftFeature.key_packages_with_consent,)
    told = [draft.lacking(feature) for draft in DRAFTS if not draft.consent.with_key_packages]
    assert told
    assert all(why and why.endswith("KeyPackages do not come with consent") for why in told)
    assert all(draft.lacking(feature) is None for draft in DRAFTS if draft.consent.with_key_packages)


def test_a_draft_without_provider_keys_lacks_that_notion() -> None:
    first = DRAFTS[0]
    assert first.lacking((DraftFeature.provider_keys,)) is None
    assert (
        replace(first, provider_keys=None).lacking((DraftFeature.provider_keys,))
        == f"{first.name}: providers have no keys"
    )
    why = "its clients sign"
    told = replace(first, provider_keys=None, lacks={DraftFeature.provider_keys: why})
    assert told.lacking((DraftFeature.delete_group, DraftFeature.provider_keys)) == f"{first.name}: {why}"
