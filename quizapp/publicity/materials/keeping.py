"""Keeping the list of materials. These add and flush; the view commits."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.publicity.materials import list_queries
from quizapp.publicity.materials.models import Material


class MaterialNameTaken(QuizError):
    """Another material has this name."""

    status = 409
    title = "名称重复"
    advice = "已有同名的宣传品，可能已停用。请换一个名称，或者恢复已有的。"


class MeasureInUse(QuizError):
    """What was moved was counted in this unit of measure."""

    status = 409
    title = "不能改计量单位"
    advice = "已有出入库记录，计量单位不能再改。请新增一种宣传品。"


@dataclass(frozen=True)
class MaterialPlan:
    """What the bureau says of a material."""

    name: str
    #: Unit of measure: 件, 份, 条.
    measure: str
    #: What it counts as in the report.
    category: str
    retired: bool = False


def add_material(plan: MaterialPlan) -> Material:
    """Add a material. Raises MaterialNameTaken, by the table's own constraint."""
    material = Material(name=plan.name, measure=plan.measure, category=plan.category, retired=plan.retired)
    _flush_named(material)
    audit.record("create", "material", material.id)
    return material


def edit_material(material: Material, plan: MaterialPlan) -> None:
    """Rename a material, count it elsewhere, retire it. Raises MaterialNameTaken and MeasureInUse."""
    if plan.measure != material.measure and list_queries.is_moved(material.id):
        raise MeasureInUse
    fields = ("name", "measure", "category", "retired")
    changed = [field for field in fields if getattr(material, field) != getattr(plan, field)]
    for field in changed:
        setattr(material, field, getattr(plan, field))
    _flush_named(material)
    if changed:
        audit.record("edit", "material", material.id, changed)


def _flush_named(material: Material) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(material)
            db.session.flush()
    except IntegrityError as error:
        raise MaterialNameTaken from error
