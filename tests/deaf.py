"""A listener for a report file that no window shows."""


class Deaf:
    """Hear nothing of the store; a fault ends the store's thread."""

    def written(self) -> None: ...

    def short_of_room(self) -> None: ...

    def failed(self, error: BaseException) -> None:
        raise error

    def broken(self, error: BaseException) -> None:
        raise error
