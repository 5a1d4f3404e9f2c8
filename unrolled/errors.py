"""Errors that the library raises.

    UnrolledError
    ├── ConfigError         a network that cannot be built: sizes or kinds that contradict one another
    ├── WeightsError        a weights file that is missing, unreadable or of another shape than its config
    ├── InvalidTrace        a file that is no trace, a newer one, or one whose numbers do not fit together
    ├── MissingExtra        a part of the library whose own dependency is not installed
    ├── NotBuilt            the package came without the script that draws its pages
    └── InvalidRequest      a run that cannot be recorded as asked
        ├── LengthError         T_x or T_y that the topology does not allow
        ├── InterventionError   a clamp, freeze or force that names no existing unit, gate or step, or leaves a range
        ├── NotFinite           a run whose numbers overflow at some step
        └── InvalidInput        a raw input that an example cannot read (raised by `models`)

Every message says what was wrong and what is allowed. `field` names the part of the request that is at
fault, so that a page can put the message beside it.
"""


class UnrolledError(Exception):
    """Is the root of every error that this project raises on purpose."""


class ConfigError(UnrolledError):
    """Says that a network, cell or topology cannot exist as described."""


class WeightsError(UnrolledError):
    """Says that a weights file cannot be used."""


class InvalidTrace(UnrolledError):
    """Says what is wrong with a file that should hold a trace."""


class MissingExtra(UnrolledError):
    """Says which extra to install for a part of the library."""


class NotBuilt(UnrolledError):
    """Says that the script that draws a page is not there: the package was installed without it."""


class InvalidRequest(UnrolledError):
    """Says that a run cannot be recorded as asked; `field` names the part at fault."""

    def __init__(self, message: str, field: str = "input") -> None:
        super().__init__(message)
        self.field = field


class LengthError(InvalidRequest):
    """Says that T_x or T_y does not fit the topology."""


class InterventionError(InvalidRequest):
    """Says that an intervention names something that the network does not have."""

    def __init__(self, message: str, field: str = "interventions") -> None:
        super().__init__(message, field)


class NotFinite(InvalidRequest):
    """Says that a run's numbers are not finite (NaN or infinite) from `step` on, so that there is nothing to record."""

    def __init__(self, message: str, step: int) -> None:
        super().__init__(f"{message}; ask for smaller numbers in x and interventions", "interventions")
        self.step = step


class InvalidInput(InvalidRequest):
    """Says that an example cannot read a raw input, and what it can read."""
