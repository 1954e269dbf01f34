# SPDX-License-Identifier: EUPL-1.2
"""The exceptions of passend: one tree, with fields that a program can use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class PassendError(Exception):
    """Something that passend refuses.

    ``code`` never changes meaning: E1xx a file or table, E2xx a row, E3xx the
    call, E9xx what may never enter. The value that was refused is never told:
    it may be about a person.
    """

    #: Stable code, such as ``E201``.
    code: str | None
    #: ``candidates`` or ``vacancies``, where it is about one of them.
    table: str | None
    #: Number of the row, from 0; ``None`` where it is not about one row.
    row: int | None
    #: Path of the field (``skills[2].label``), column or argument.
    field: str | None
    #: What to do, in English.
    hint: str
    #: What to do, in Dutch.
    hint_nl: str
    #: Every row that was refused, as in ``Result.issues``.
    issues: list[dict[str, Any]]

    def __init__(
        self,
        message: str = "",
        *,
        code: str | None = None,
        table: str | None = None,
        row: int | None = None,
        field: str | None = None,
        hint: str = "",
        hint_nl: str = "",
        issues: Sequence[dict[str, Any]] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.table = table
        self.row = row
        self.field = field
        self.hint = hint
        self.hint_nl = hint_nl
        self.issues = list(issues)


class DataError(PassendError):
    """A record or table cannot be used."""


class ProtectedError(DataError):
    """A key or column that may never enter: nationality, origin, sex, age, religion, health, family, name, BSN."""


class PolicyError(PassendError):
    """A policy or a list of places cannot be used."""


class UsageError(PassendError):
    """An argument cannot be used, or a package that was asked for is not installed."""


class InternalError(PassendError):
    """A fault of passend itself, also a panic of its compiled part; please report it."""
