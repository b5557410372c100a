"""Materials: balances, one stock's history, the ledger of movements, recording and taking back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import get_unit_for, list_units_for, names_of_users
from quizapp.core import clock
from quizapp.core.addressing import find_day, read_number
from quizapp.core.wording import read_choice
from quizapp.extensions import db
from quizapp.publicity.blueprint import blueprint
from quizapp.publicity.materials import list_queries, queries, stock
from quizapp.publicity.materials.filters import (
    is_narrowed,
    read_balance_filters,
    read_filters,
    write_balance_filters,
    write_filters,
)
from quizapp.publicity.materials.forms import MovementForm, Offered, TakeBackForm
from quizapp.publicity.materials.models import Movement, MovementKind
from quizapp.publicity.materials.offering import choose_unit, offer, record, units_of
from quizapp.publicity.materials.refusals import Refused
from quizapp.publicity.staff import READERS, RECORDERS


@blueprint.get("/materials")
@requires(*READERS)
def materials() -> ResponseReturnValue:
    """What each unit has of each material at the end of a day."""
    actor, today = the_user(), clock.shanghai_day(clock.now())
    filters = read_balance_filters(request.args, today)
    address = write_balance_filters(filters, today)
    return render_template(
        "publicity/materials.html",
        page=list_queries.page_of_balances(actor, filters, request.args.get("page", 1, type=int)),
        sums=list_queries.sum_balances(actor, filters),
        day=filters.day,
        today=today,
        filters=address,
        is_narrowed=is_narrowed(address),
        categories=list_queries.list_categories(),
        units=list_units_for(actor, *READERS),
        may_record=actor.holds(RECORDERS),
    )


@blueprint.get("/materials/<int:unit_id>/<int:material_id>")
@requires(*READERS)
def stock_history(unit_id: int, material_id: int) -> ResponseReturnValue:
    """Everything that moved a unit's stock of a material, with the balance of each day."""
    actor = the_user()
    unit = get_unit_for(actor, unit_id, *READERS)
    material = list_queries.get_material(material_id)
    page = list_queries.page_of_stock(unit.id, material.id, request.args.get("page", 1, type=int))
    return render_template(
        "publicity/stock_history.html",
        unit=unit,
        material=material,
        page=page,
        balance=queries.balances_of_unit(unit.id).get(material.id, 0),
        names=names_of_users(row[0].recorded_by for row in page.items),
        kinds=MovementKind,
        may_record=unit.id in {one.id for one, _ in list_units_for(actor, *RECORDERS)},
    )


@blueprint.get("/movements")
@requires(*READERS)
def movements() -> ResponseReturnValue:
    """The ledger of the units that the person reads, narrowed down and sorted."""
    actor, filters = the_user(), read_filters(request.args)
    page, totals = list_queries.page_of_movements(actor, filters, request.args.get("page", 1, type=int))
    address = write_filters(filters)
    return render_template(
        "publicity/movements.html",
        page=page,
        totals=totals,
        filters=address,
        is_narrowed=is_narrowed(address),
        kinds=MovementKind,
        materials=list_queries.list_materials(),
        units=list_units_for(actor, *READERS),
        names=names_of_users(row[0].recorded_by for row in page.items),
        may_record=actor.holds(RECORDERS),
    )


@blueprint.get("/movements/<int:movement_id>")
@requires(*READERS)
def movement(movement_id: int) -> ResponseReturnValue:
    """One movement: who recorded it, whether it counts, what takes it back."""
    actor = the_user()
    found = queries.get_movement_for(actor, movement_id)
    return render_template(
        "publicity/movement.html",
        movement=found,
        unit=queries.get_unit(found.unit_id),
        counterpart=queries.get_unit(found.counterpart_id) if found.counterpart_id else None,
        material=list_queries.get_material(found.material_id),
        activity=queries.find_activity(found),
        correction=queries.find_correction(found),
        may_take_back=queries.may_take_back(actor, found),
        names=names_of_users((found.recorded_by, found.confirmed_by)),
    )


@blueprint.route("/movements/new", methods=["GET", "POST"])
@requires(*RECORDERS)
def new_movement() -> ResponseReturnValue:
    """Record a movement of a kind, of a unit: both stand in the address."""
    actor, asked = the_user(), request.args
    kind = read_choice(MovementKind, asked.get("kind")) or MovementKind.RECEIVED
    unit = choose_unit(actor, asked.get("unit", type=read_number))
    offered = offer(actor, kind, unit, asked.get("activity", type=read_number))
    form = MovementForm(offered, data=_beginning(offered))
    if not offered.lacks and form.validate_on_submit():
        recorded = _recorded(form, kind)
        if recorded is not None:
            again = {**asked.to_dict(), "day": form.day.data, "material": recorded.material_id}
            return redirect(_next("again" in request.form, recorded, again))
    return render_template(
        "publicity/new_movement.html",
        form=form,
        kind=kind,
        kinds=MovementKind,
        offered=offered,
        units=units_of(actor, kind),
        kept={"unit": unit.id, "activity": asked.get("activity", type=read_number)},
    )


def _beginning(offered: Offered) -> dict[str, Any]:
    """What stands in the form at first: what was recorded just before, the activity's last day, or today."""
    asked = request.args
    activity_id = asked.get("activity", type=read_number)
    at = next((one for one in offered.activities if one.id == activity_id), None)
    today = clock.shanghai_day(clock.now())
    return {
        "day": find_day(asked.get("day")) or (min(at.ends_on, today) if at else today),
        "material_id": asked.get("material", type=read_number),
        "activity_id": at.id if at else None,
    }


def _recorded(form: MovementForm, kind: MovementKind) -> Movement | None:
    """Record and commit; None where it can't be, the reason at its field and what was typed kept."""
    try:
        recorded = record(form, kind, the_user())
    except Refused as error:
        db.session.rollback()
        form.tell(error.field, error.advice)
        return None
    unit, material = queries.names_of_stock(recorded.unit_id, recorded.material_id)
    has = queries.balances_of_unit(recorded.unit_id)[recorded.material_id]
    flash(f"已登记{recorded.label}。{unit}的{material.name}现有 {has} {material.measure}。", "success")
    db.session.commit()
    return recorded


def _next(again: bool, recorded: Movement, address: dict[str, Any]) -> str:
    """The form once more, the activity whose page led there, or the stock that was moved."""
    if again:
        return url_for("publicity.new_movement", **address)
    if "activity" in address and recorded.activity_id:
        return url_for("publicity.activity", activity_id=recorded.activity_id, _anchor="handed-out")
    return url_for("publicity.stock_history", unit_id=recorded.unit_id, material_id=recorded.material_id)


@blueprint.route("/movements/<int:movement_id>/take-back", methods=["GET", "POST"])
@requires(*RECORDERS)
def take_back_movement(movement_id: int) -> ResponseReturnValue:
    """Take a movement back, with its pair, by a correction on the same day."""
    actor = the_user()
    found = queries.get_first_for(actor, movement_id)
    form = TakeBackForm()
    if form.validate_on_submit():
        try:
            correction = stock.take_back(found, actor, form.reason.data)
        except Refused as error:
            db.session.rollback()
            form.reason.errors = [error.advice]
        else:
            flash("已撤销。原来的记录和撤销都保留在台账中。", "success")
            db.session.commit()
            return redirect(url_for("publicity.movement", movement_id=correction.id))
    unit, material = queries.names_of_stock(found.unit_id, found.material_id)
    return render_template(
        "publicity/take_back_movement.html", form=form, movement=found, unit=unit, material=material
    )
