"""The policy of a page names what is in it by its digest, and forbids everything else."""

from simulator.trace.policy import policy

EMPTY = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_a_page_without_scripts_runs_none() -> None:
    assert policy("") == (
        f"default-src 'none'; style-src '{EMPTY}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_a_script_is_named_by_its_digest() -> None:
    assert f"script-src '{EMPTY}'; " in policy("a", "")
    assert EMPTY not in policy("a", "b")
