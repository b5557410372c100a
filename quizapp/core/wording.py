"""How numbers are written for people, and choices read from addresses."""

from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)

OPTION_LETTERS = "ABCDEFGH"


def write_points(points: Decimal) -> str:
    """Points without needless zeros: 10, 7.5."""
    return f"{points.normalize():f}"


#: More than anybody searches by.
MAX_WORDS = 100


def read_words(text: str | None) -> str:
    """Words to search by from an address: trimmed, without NUL, which PostgreSQL refuses, and not endless."""
    return (text or "").replace("\x00", "").strip()[:MAX_WORDS]


def read_choice(choices: type[Choice], text: str | None) -> Choice | None:
    """The choice that an address or form names, None where it names none."""
    return next((choice for choice in choices if choice.value == text), None)
