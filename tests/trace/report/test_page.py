"""The report in a real browser: it opens, shows, filters, unfolds, prints; nothing in it can become markup."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from simulator.errors import SimulatorError
from simulator.printable import REPLACEMENT
from simulator.trace import Trace
from simulator.trace.report import Written, write
from tests.trace.examples import trace
from tests.trace.report.conftest import Open
from tests.trace.report.runs import HOSTILE, forwarded, hostile, long, passing
from tests.trace.test_disclosures import CAROL, RUN, asked, run
from tests.trace.tokens.exchanges import challenged

FAILED = "#malicious%2Fforwarded"


def test_the_overview_has_the_failures_first(open_report: Open) -> None:
    page = open_report(forwarded(), passing()).page
    expect(page.locator("h1:visible")).to_have_text("1 of 2 scenarios passed")
    assert page.locator("#overview h2").all_inner_texts() == ["What failed", "Scenarios", "Requirements", "Traffic"]
    expect(page.locator(".failure")).to_contain_text("scenarios/malicious/forwarded.yaml:16")
    expect(page.locator(".failure .happened")).to_contain_text("403 wrong_recipient")
    assert page.locator(".plots img:visible").evaluate_all("all => all.map(one => one.naturalWidth > 0)") == [True] * 4


def test_the_matrix_has_verdicts_variants_tags_and_requirements(open_report: Open) -> None:
    page = open_report(forwarded(), passing()).page
    failed, passed = page.locator("tr.scenario").all()
    assert failed.locator("svg").first.get_attribute("aria-label") == "failed"
    assert passed.locator("svg").first.get_attribute("aria-label") == "passed"
    assert passed.locator(".chip").all_inner_texts() == ["suite=3"]
    assert failed.locator(".chip").all_inner_texts() == ["malicious", "1 attack", "1 fault"]
    expect(failed.locator(".covers")).to_have_text("T-SECURITY-RECIPIENT")


def test_the_matrix_has_failures_first_in_each_folder_and_runs_with_their_seeds(open_report: Open) -> None:
    failed = forwarded()
    other = replace(passing(), header=replace(failed.header, scenario="malicious/an-earlier-one", name="Earlier"))
    page = open_report(other, failed, replace(failed, again=True)).page
    rows = page.locator("tr.scenario")
    assert [row.locator("svg").first.get_attribute("aria-label") for row in rows.all()] == [
        "failed",
        "failed",
        "passed",
    ]
    expect(rows.nth(1).locator(".chip").first).to_have_text("seed 7")
    rows.nth(1).locator("a").click()
    expect(page.locator(".title-line + p .mono")).to_have_text("malicious/forwarded seed 7")


def test_the_matrix_is_searched_and_narrowed(open_report: Open) -> None:
    page = open_report(forwarded(), passing()).page
    page.keyboard.press("/")
    page.keyboard.type("wrong_recipient")
    expect(page.locator("tr.scenario")).to_have_count(1)
    page.locator("input:visible").fill("")
    page.get_by_role("button", name="passed").click()
    expect(page.locator("tr.scenario")).to_contain_text("One guest")


def test_clients_share_their_providers_lane_where_there_is_no_room_for_their_own(open_report: Open) -> None:
    opened = open_report(forwarded(), place=FAILED, viewport={"width": 400, "height": 900})
    page = opened.page
    heads, received = page.locator(".lane-head"), page.locator(".mark", has_text="received")
    assert heads.count() == 3
    expect(received).to_have_text("alice.phone: received “hello” from alice.phone")
    page.get_by_role("button", name="Clients", pressed=False).click()
    assert heads.count() == 4
    expect(received).to_have_text("received “hello” from alice.phone")
    page.locator(".diagram").press("c")
    assert heads.count() == 3


def test_a_scenario_shows_lanes_steps_messages_and_events(open_report: Open) -> None:
    opened = open_report(forwarded(), place=FAILED)
    assert opened.page.locator(".lane-head").all_inner_texts() == ["a.example", "alice.phone", "b.example", "m.example"]
    assert opened.rows() == [
        "Step 1, send, line 12: passed. Something to steal.",
        "Number 1, a.example asks b.example: deliver_message ",
        "Number 2, b.example asks a.example: verification_key ; answer 200 ",
        "Answer to number 1: answer 200 ",
        "alice.phone: received “hello” from alice.phone",
        "Number 3, a.example asks b.example: deliver_message ; the connection was lost; fault drop_response",
        "alice.phone: rejected: wrong_epoch",
        "b.example: TLS failed: unsupported protocol",
        "Step 2, forward, line 16, an attack: failed. ",
        "Number 4, m.example asks b.example: deliver_message ; answer 403 wrong_recipient; part of an attack",
    ]


@pytest.mark.parametrize(
    ("label", "choice", "kept"),
    [
        ("Filter by text", "wrong_recipient", 1),
        ("Filter by text", "nothing like it", 0),
        ("Provider", "m.example", 1),
        ("Endpoint", "verification_key", 1),
        ("Status", "4xx", 1),
        ("Status", "none", 1),
        ("Show", "problems", 4),
        ("Show", "attacks", 1),
        ("Show", "wire", 5),
    ],
)
def test_filters_keep_what_they_say(open_report: Open, label: str, choice: str, kept: int) -> None:
    opened = open_report(forwarded(), place=FAILED)
    control = opened.page.get_by_label(label, exact=True)
    control.fill(choice) if label == "Filter by text" else control.select_option(choice)
    rows = [row for row in opened.rows() if not row.startswith("Step")]
    assert len(rows) == kept
    opened.page.get_by_role("button", name="Clear").click()
    assert len(opened.rows()) == 10


def test_a_message_unfolds_into_headers_tree_and_bytes_that_point_at_each_other(open_report: Open) -> None:
    page = open_report(forwarded(), place=FAILED).page
    page.locator(".row", has_text="wrong_recipient").last.click()
    detail = page.locator(".detail")
    expect(detail.locator("h2")).to_have_text("deliver_message")
    expect(detail).to_contain_text("HTTP/1.1 · TLSv1.3 · TLS_AES_128_GCM_SHA256")
    expect(detail.locator(".headers")).to_contain_text("application/octet-stream")
    detail.get_by_text("greeting", exact=True).hover()
    assert marked(detail) == [2, 3, 4, 5, 6, 7]
    detail.locator('.octets [data-at="9"]').click()
    expect(detail.locator('[role="treeitem"][aria-selected="true"] > .tree-line .tree-name')).to_have_text("[0]")
    page.mouse.move(0, 0)
    assert marked(detail) == list(range(8, 24))
    detail.get_by_role("tab", name="Answer").click()
    expect(detail.locator(".octets")).to_have_text("000100")


def test_a_click_that_comes_before_the_page_has_the_focus_is_not_lost(open_report: Open) -> None:
    """The press gives the diagram its focus, and with it the first row the cursor, before the button is up again."""
    page = open_report(forwarded(), place=FAILED, before="HTMLElement.prototype.focus = () => {}").page
    row = page.locator(".row", has_text="wrong_recipient").last
    row.hover()
    page.mouse.down()
    expect(page.locator(".diagram")).to_be_focused()
    expect(page.locator('.row[aria-selected="true"]')).to_have_count(1)
    page.mouse.up()
    expect(page.locator(".detail .eyebrow")).to_contain_text("m.example → b.example")


def test_a_click_is_not_lost_when_everything_is_drawn_anew_beneath_it(open_report: Open) -> None:
    page = open_report(forwarded(), place=FAILED).page
    row = page.locator(".row", has_text="wrong_recipient").last
    row.hover()
    page.mouse.down()
    page.evaluate("page.view.diagram.resize()")
    page.mouse.up()
    expect(page.locator(".detail .eyebrow")).to_contain_text("m.example → b.example")


def test_a_press_on_one_row_that_ends_on_another_opens_none(open_report: Open) -> None:
    page = open_report(forwarded(), place=FAILED).page
    page.locator(".row").nth(2).hover()
    page.mouse.down()
    page.locator(".row").nth(4).hover()
    page.mouse.up()
    expect(page.locator(".detail")).to_be_hidden()
    page.locator(".row").nth(4).dispatch_event("click")
    expect(page.locator(".detail")).to_be_visible()


def test_what_cannot_be_seen_is_replaced_and_turns_nothing(open_report: Open) -> None:
    name = "a\x1b\x00\u202eb\u2028\uffff"
    odd = replace(passing(), header=replace(passing().header, scenario="odd", name=name))
    page = open_report(odd, place="#odd").page
    expect(page.locator(".title-line h1")).to_have_text(f"a{REPLACEMENT * 3}b{REPLACEMENT}\uffff")
    assert page.evaluate("getComputedStyle(document.querySelector('.title-line h1')).unicodeBidi") == "isolate"


def marked(detail: object) -> list[int]:
    return detail.locator(".octets .marked").evaluate_all("all => all.map(one => Number(one.dataset.at))")  # type: ignore[attr-defined, no-any-return]


def test_everything_works_with_keys_alone(open_report: Open) -> None:
    opened = open_report(forwarded(), passing())
    page = opened.page
    page.get_by_role("link", name="A forwarded message").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".diagram")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert opened.selected().startswith("Number 2")
    page.keyboard.press("End")
    assert opened.selected().startswith("Number 4")
    page.keyboard.press("Enter")
    page.locator(".tree").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".where")).to_have_text("version: 2 bytes at 0x0")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".where")).to_contain_text("items: ")
    page.keyboard.press("Escape")
    expect(page.locator(".detail")).to_be_hidden()
    expect(page.locator(".diagram")).to_be_focused()
    page.keyboard.press("]")
    expect(page.locator("#scenario h1")).to_have_text("One guest")
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#overview")).to_be_visible()


def test_a_variant_says_how_to_run_it_alone_again(open_report: Open) -> None:
    page = open_report(passing(), place="#fanout%2Fone%5Bsuite%3D3%5D").page
    page.get_by_text("About").click()
    expect(page.locator("code")).to_have_text("mimi-sim run 'scenarios/malicious/forwarded.yaml[suite=3]' --seed 7")


def test_the_next_problem_is_found(open_report: Open) -> None:
    opened = open_report(forwarded(), place=FAILED)
    said = []
    for _ in range(5):
        opened.page.keyboard.press("n")
        said.append(opened.selected().split(":")[0])
    assert [words.split(",")[0] for words in said] == ["Number 3", "alice.phone", "b.example", "Step 2", "Number 4"]


def test_dark_and_light_follow_the_system_and_the_switch(open_report: Open) -> None:
    opened = open_report(forwarded(), dark=True)
    assert opened.colour() == "rgb(15, 18, 23)"
    assert opened.page.locator("img.on-dark:visible").count() == 4
    opened.page.get_by_role("button", name="Colours").click()
    assert opened.colour() == "rgb(255, 255, 255)"
    assert opened.page.locator("img.on-light:visible").count() == 4


def test_on_paper_are_the_overview_and_what_failed(open_report: Open) -> None:
    page = open_report(forwarded(), passing(), place="#fanout%2Fone%5Bsuite%3D3%5D", dark=True).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#overview h1")).to_be_visible()
    expect(page.locator("#scenario")).to_be_hidden()
    expect(page.locator(".printed h2")).to_have_text("A forwarded message")
    assert page.locator(".printed .row").count() == 10
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("place", ["", f"#{quote(HOSTILE, safe='')}"], ids=["overview", "scenario"])
def test_a_strangers_words_stay_words(open_report: Open, place: str) -> None:
    page = open_report(hostile(), place=place).page
    rows = page.locator(".diagram .row").count()
    assert rows == (5 if place else 0)
    for row, title in enumerate((HOSTILE, HOSTILE, "deliver_message", "Rejected", HOSTILE)[:rows]):
        page.locator(".diagram .row").nth(row).click()
        expect(page.locator(".detail h2")).to_contain_text(title)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert HOSTILE in page.locator("main").inner_text()
    assert page.title().startswith("mimi-sim report")
    assert page.locator("script:not([type])").count() == 1
    assert page.locator("img:not(.plots img)").count() == 0


def test_nothing_may_be_fetched_and_no_other_script_may_run(open_report: Open) -> None:
    opened = open_report(passing())
    opened.page.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'taken'";
          document.body.append(script);
          await fetch("https://stranger.invalid/").catch(() => null);
        }"""
    )
    assert opened.page.title() != "taken"
    assert all("Content Security Policy" in each for each in opened.complaints)
    assert len(opened.complaints) >= 2
    opened.complaints.clear()


def test_ten_thousand_exchanges_are_open_at_once_and_only_those_in_sight_are_drawn(
    open_report: Open, tmp_path: Path
) -> None:
    opened = open_report(*long(tmp_path, 10_000), place="#long")
    page = opened.page
    expect(page.locator(".filters output")).to_have_text("10,000 messages")
    assert 5 < page.locator(".row").count() < 80
    page.locator(".diagram").press("End")
    assert "Number 10000" in opened.selected()
    assert page.locator(".row").count() < 80
    page.keyboard.press("Enter")
    expect(page.locator(".detail .eyebrow")).to_contain_text("#10000")
    page.get_by_label("Status").select_option("4xx")
    expect(page.locator(".filters output")).to_have_text("104 of 10,000 messages")


def test_what_was_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert write([passing()], file) == Written(1, 1, file.stat().st_size)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match=r"no/report\.html: No such file"):
        write([passing()], tmp_path / "no" / "report.html")


def test_a_run_without_traffic_has_a_page(tmp_path: Path) -> None:
    assert write([], tmp_path / "report.html").exchanges == 0


def test_a_header_of_tokens_unfolds_into_its_fields(open_report: Open) -> None:
    page = open_report(trace(challenged()), place="#joins%2Fsecond-device/at/11").page
    page.get_by_role("tab", name="Answer").click()
    meant = page.locator(".headers .meant summary")
    expect(meant).to_contain_text("wants a token of b.example for ds.b.example")
    expect(page.locator(".detail .facts")).to_contain_text("wants a token of b.example")
    meant.click()
    expect(page.locator(".headers .fields")).to_contain_text("challenge.origin_info")


def test_tables_unfold_and_lead_to_messages(open_report: Open) -> None:
    named = Trace(replace(RUN, scenario="named"), run(asked(), asked(request=CAROL.encode())).events)
    page = open_report(named, place="#named").page
    page.locator(".section > summary").click()
    rows = page.locator(".section tbody tr").all_inner_texts()
    assert rows[2].split("\t") == ["carol at c.example", "#2 deliver_message, request", "never", "its own"]
    page.locator(".section button").click()
    expect(page.locator(".detail .eyebrow")).to_have_text("#2  b.example → a.example")
