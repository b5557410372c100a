"""What a person may choose for a movement, and record."""

from quizapp.accounts.models import Unit, User
from quizapp.accounts.queries import get_unit_for, list_units_for
from quizapp.core import clock
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials import offer_queries, queries, stock
from quizapp.publicity.materials.forms import MovementForm, Offered
from quizapp.publicity.materials.list_queries import list_materials
from quizapp.publicity.materials.models import Movement, MovementKind
from quizapp.publicity.queries import list_own_units
from quizapp.publicity.staff import RECORDERS

#: So many activities are offered, the latest; an older one's page leads to the form.
MOST_ACTIVITIES = 100


def choose_unit(actor: User, unit_id: int | None) -> Unit:
    """The unit that a person moves materials of: the one asked for, else one where the person is posted.

    Raises NotFound where it is out of reach.
    """
    if unit_id is None:
        unit_id = min(list_own_units(actor), default=0)
    return get_unit_for(actor, unit_id, *RECORDERS)


def offer(actor: User, kind: MovementKind, unit: Unit, activity_id: int | None) -> Offered:
    """What the form offers; an activity that was asked for is among the others, however old."""
    balances = queries.balances_of_unit(unit.id)
    return Offered(
        kind,
        unit,
        [one for one in list_materials() if _is_offered(kind, one.retired, balances.get(one.id))],
        balances,
        _counterparts(actor, kind, unit),
        _activities(unit, activity_id) if kind is MovementKind.HANDED_OUT else [],
    )


def _is_offered(kind: MovementKind, retired: bool, balance: int | None) -> bool:
    """What is retired can still be emptied; only what a unit has can go out of it."""
    if kind in {MovementKind.RECEIVED, MovementKind.COUNTED}:
        return not retired or (kind is MovementKind.COUNTED and balance is not None)
    return not retired or bool(balance)


def _counterparts(actor: User, kind: MovementKind, unit: Unit) -> list[tuple[Unit, int]]:
    if kind is MovementKind.ISSUED:
        return offer_queries.list_receivers(actor, unit)
    if kind is MovementKind.RETURNED:
        return [(above, 0) for above in offer_queries.list_above(unit)]
    return []


def _activities(unit: Unit, activity_id: int | None) -> list[Activity]:
    today = clock.shanghai_day(clock.now())
    found = list(offer_queries.list_activities_of(unit, today, MOST_ACTIVITIES))
    asked = offer_queries.find_activity_of(unit, activity_id) if activity_id else None
    return found if asked is None or asked in found else [asked, *found]


def record(form: MovementForm, kind: MovementKind, actor: User) -> Movement:
    """Record what a form says; adds and flushes. Raises Refused."""
    entry = form.entry(actor)
    if kind is MovementKind.RECEIVED:
        return stock.receive(entry)
    if kind is MovementKind.ISSUED:
        return stock.issue(entry, form.counterpart)
    if kind is MovementKind.RETURNED:
        return stock.return_to(entry, form.counterpart)
    if kind is MovementKind.HANDED_OUT:
        return stock.hand_out(entry, form.activity)
    return stock.count(entry)


def units_of(actor: User, kind: MovementKind) -> list[tuple[Unit, int]]:
    """The units for which a person may record a kind; what is closed can only be emptied."""
    units = list_units_for(actor, *RECORDERS)
    if kind in {MovementKind.RETURNED, MovementKind.COUNTED}:
        return units
    return [(unit, depth) for unit, depth in units if not unit.closed]
