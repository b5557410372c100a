"""What may stand in an address."""

from werkzeug.routing import IntegerConverter


class RecordNumber(IntegerConverter):
    """A whole number that every database can hold; a longer one is an address that leads nowhere."""

    regex = r"\d{1,9}"
