"""Provoke errors for real, and keep what a person is told of them."""

import contextlib
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hyoka_desktop import cli
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.formdef.stored import StoredForm
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository

YEAR = 2024


class Deaf:
    """Hear nothing of the store."""

    def written(self) -> None:
        pass

    def short_of_room(self) -> None:
        pass

    def failed(self, error: HyokaError) -> None:
        pass

    def broken(self, error: BaseException) -> None:
        raise error


@dataclass(frozen=True)
class Told:
    """Hold an error that came up, and the line that a person read."""

    error: HyokaError
    line: str


@dataclass
class Stage:
    """Hold what a cause needs: an empty folder, a report file, the shipped forms, the sample's JSON, the command line.

    What a cause opens is closed when the test ends.
    """

    folder: Path
    report: Path
    forms: Mapping[str, StoredForm]
    documents: list[dict]
    patch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    closing: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    told: list[Told] = field(default_factory=list)

    def command(self, *arguments: object) -> None:
        """Give a command as a person does in a console, and keep the last line that it complains with."""
        errors: list[HyokaError] = []

        def heard(error: HyokaError):
            errors.append(error)
            return message_of(error)

        self.patch.setattr(cli, "message_of", heard)
        self.capsys.readouterr()
        assert cli.main([str(argument) for argument in arguments]) in {cli.WRONG_USE, cli.ENVIRONMENT}
        self.told.append(Told(errors[-1], self.capsys.readouterr().err.splitlines()[-1]))

    def done(self, *arguments: object) -> None:
        """Give a command that goes well."""
        assert cli.main([str(argument) for argument in arguments]) == cli.DONE

    def open(self) -> Repository:
        """Open the report file itself."""
        repository = Repository.open(self.report, Author("評価 太郎", "PC-01"), lambda: "2024-06-28T09:00:00+09:00")
        self.closing.callback(repository.close)
        return repository

    def session(self, path: Path | None = None) -> Session:
        """Open a report as the window does."""
        session = open_session(path or self.report, Deaf())
        self.closing.callback(session.close)
        return session

    def tamper(self, statement: str) -> None:
        """Change the closed report file behind the program's back."""
        with closing(sqlite3.connect(self.report)) as connection:
            connection.execute(statement)
            connection.commit()


Cause = Callable[[Stage], None]
"""Raises the error, or gives a command that complains of it."""


class Causes(dict[str, Cause]):
    """Keep the causes of an area by the code of the error."""

    def of(self, code: str) -> Callable[[Cause], Cause]:
        """Have the function below be the cause of a code."""
        assert code not in self, code

        def keep(cause: Cause) -> Cause:
            self[code] = cause
            return cause

        return keep


def shown(cause: Cause, stage: Stage) -> Told:
    """Bring an error about and tell it with its line, as window and command line say it."""
    try:
        cause(stage)
    except HyokaError as error:
        return Told(error, message_of(error).line)
    return stage.told[-1]
