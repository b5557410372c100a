"""What may stand in an address."""

from werkzeug.routing import IntegerConverter


class RecordNumber(IntegerConverter):
    """A whole number that every database can hold; a longer one is an address that leads nowhere."""

    regex = r"\d{1,9}"


def read_number(text: str) -> int:
    """Such a number from a form. Raises ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError("no record's number")
    return int(text)
