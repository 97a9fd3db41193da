"""What a layout that can't be used becomes."""

from simulator.errors import SimulatorError


class LayoutError(SimulatorError):
    """Something that is no layout, or one beyond the bounds; `place` names the part: `structs.Node[2]`."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}" if place else reason)
        self.place = place
        self.reason = reason
