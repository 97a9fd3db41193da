"""What goes wrong with traces."""

from simulator.errors import SimulatorError


class TraceFileError(SimulatorError):
    """A file that is no trace, or a folder without any."""
