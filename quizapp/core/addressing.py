"""What may stand in an address."""

from datetime import date

from werkzeug.routing import IntegerConverter


class RecordNumber(IntegerConverter):
    """A whole number that every database can hold; a longer one is an address that leads nowhere."""

    regex = r"\d{1,9}"


def read_number(text: str) -> int:
    """Such a number from a form. Raises ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError("no record's number")
    return int(text)


def find_number(text: object) -> int | None:
    """A record's number that an address or form names, None where it names none."""
    try:
        return read_number(str(text)) or None
    except ValueError:
        return None


def find_day(text: str | None) -> date | None:
    """A day as a date field writes it, None for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def write_day(day: date | None) -> str | None:
    """The same for an address."""
    return day.isoformat() if day else None
