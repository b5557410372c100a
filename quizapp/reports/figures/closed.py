"""The figures of closed years: the year close, which is built on figures, says here where they are found."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from flask import Flask, current_app

#: For a year its frozen values by indicator; None of a year that is open.
FindClosed = Callable[[int], Mapping[str, Decimal | None] | None]

_EXTENSION = "closed_figures"


def register_closed_figures(app: Flask, find: FindClosed) -> None:
    """Let what a year was closed with stand where that year is looked back at."""
    app.extensions[_EXTENSION] = find


def find_closed_figures(year: int) -> Mapping[str, Decimal | None] | None:
    """The frozen values of a closed year by indicator; None of a year that is open."""
    find: FindClosed | None = current_app.extensions.get(_EXTENSION)
    return find(year) if find else None
