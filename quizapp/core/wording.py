"""How numbers are written for people."""

from decimal import Decimal

OPTION_LETTERS = "ABCDEFGH"


def write_points(points: Decimal) -> str:
    """Points without needless zeros: 10, 7.5."""
    return f"{points.normalize():f}"
