"""How numbers are written for people."""

from decimal import Decimal

OPTION_LETTERS = "ABCDEFGH"


def write_points(points: Decimal) -> str:
    """Points without needless zeros: 10, 7.5."""
    return f"{points.normalize():f}"


def write_rate(rate: Decimal | None) -> str:
    """A rate in per cent as it stands in a table: 66.7%; a dash where there is none."""
    return "—" if rate is None else f"{rate}%"
