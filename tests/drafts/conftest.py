"""The fixtures of the services' tests: a draft's rules are tested with the services below them."""

from tests.services.conftest import alice, bench, follower

__all__ = ["alice", "bench", "follower"]
