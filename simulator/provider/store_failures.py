"""Where a provider's store can be made to fail: what was under way then must not have happened in part."""

from simulator.storage import Fails, Trouble


class StoreFailures:
    """Asked before each statement of the store, in each life of the provider, as long as anybody watches."""

    def __init__(self) -> None:
        self._watches: dict[object, Fails] = {}

    def watch(self, key: object, fails: Fails | None) -> None:
        """Ask this too from now on, or what was there under the key no longer."""
        self._watches.pop(key, None)
        if fails is not None:
            self._watches[key] = fails

    @property
    def fails(self) -> Fails | None:
        """Who says of a statement whether it fails; None as long as nobody watches."""
        return self._ask if self._watches else None

    def _ask(self, statement: str) -> Trouble | None:
        answers = [each(statement) for each in self._watches.values()]
        return next((answer for answer in answers if answer is not None), None)
