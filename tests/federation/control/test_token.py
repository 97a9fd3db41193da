"""A token is long, new each time, and goes where a URL's password goes."""

import httpx

from simulator.federation.control.token import new_token, with_token


def test_tokens_are_not_guessed() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)


def test_a_url_that_carries_one_is_still_a_url() -> None:
    url = httpx.URL(with_token("http://127.0.0.1:8080", token := new_token()))
    assert (url.host, url.port, url.password) == ("127.0.0.1", 8080, token)
