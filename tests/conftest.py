"""What all tests share."""

import signal

from hypothesis import settings

# A shell starts what runs in the background deaf to Ctrl-C; some tests press it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Our own pytest plugin would take the scenarios among the test data for tests.
collect_ignore_glob = ["*.yaml", "*.yml"]

# How long an example takes says more about the machine than about the code.
settings.register_profile("simulator", deadline=None)
settings.load_profile("simulator")
