"""What a fork server imports before it forks workers: what nearly every run needs. Nobody else imports this module."""

import gc

from simulator.garbage import collect_seldom


def preload() -> None:
    """Import it, and let no worker look for garbage among it: that would copy the memory that all of them share."""
    collect_seldom()
    import simulator.scenario.schema
    import simulator.sweep.engines.worker_process  # noqa: F401
    from simulator.drafts import registry
    from simulator.scenario.expectations import EXPECTATIONS
    from simulator.scenario.steps import STEPS

    registry.known(), *STEPS.values(), *EXPECTATIONS.values()
    gc.freeze()


preload()
