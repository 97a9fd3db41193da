"""What all tests share."""

from hypothesis import settings

# Our own pytest plugin would take the scenarios among the test data for tests.
collect_ignore_glob = ["*.yaml", "*.yml"]

# How long an example takes says more about the machine than about the code.
settings.register_profile("simulator", deadline=None)
settings.load_profile("simulator")
