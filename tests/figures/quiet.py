"""A listener of the store that keeps the errors that it hears."""

from hyoka_desktop.errors import HyokaError


class Quiet:
    """Keep errors, and say nothing."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []

    def written(self) -> None:
        """Hear that all is saved."""

    def failed(self, error: HyokaError) -> None:
        """Keep what the world refused."""
        self.errors.append(error)

    def broken(self, error: BaseException) -> None:
        """Keep a fault of ours."""
        self.errors.append(error)
