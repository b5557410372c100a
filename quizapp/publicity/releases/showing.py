"""What the list of releases offers to choose from."""

from datetime import date, timedelta

from quizapp.publicity.releases.filters import last_of_month


def months_around(today: date) -> list[tuple[str, date, date]]:
    """(name, first day, last day) of this month and the one before."""
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return [(name, month, last_of_month(month)) for name, month in (("本月", first), ("上月", before))]
