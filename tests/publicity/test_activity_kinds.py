"""The list of kinds: its keys stay, it is one level deep, its order is the bureau's."""

from collections.abc import Callable

import pytest
from flask import Flask

from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.publicity.activities import keeping
from quizapp.publicity.activities.models import ActivityKind
from quizapp.publicity.activities.queries import list_kinds
from quizapp.publicity.activities.showing import in_order
from tests.factories import PASSWORD, make_kind, make_unit, make_user
from tests.pages import Visitor


@pytest.fixture
def kinds(app: Flask) -> list[ActivityKind]:
    """The list that every bureau begins with."""
    make_kind("lecture")
    return list(list_kinds())


def shown() -> list[tuple[str, int]]:
    db.session.expire_all()
    return [(kind.name, depth) for kind, depth in in_order(list_kinds())]


def test_a_new_kind_stands_last_and_its_key_never_changes(kinds: list[ActivityKind]) -> None:
    kind = keeping.add_kind("普法直播", None)
    assert kind.key == f"kind-{kind.id}"
    key = kind.key
    keeping.edit_kind(kind, "网络直播", None, retired=False)
    assert shown()[-1] == ("网络直播", 0)
    assert kind.key == key


def test_a_kind_put_beneath_another_stands_after_it(kinds: list[ActivityKind]) -> None:
    keeping.add_kind("进机关", make_kind("five_visits").id)
    assert shown()[shown().index(("进家庭", 1)) + 1] == ("进机关", 1)


def test_two_kinds_never_have_one_name(kinds: list[ActivityKind]) -> None:
    with pytest.raises(keeping.KindNameTaken):
        keeping.add_kind("讲座", None)
    with pytest.raises(keeping.KindNameTaken):
        keeping.edit_kind(make_kind("drill"), "讲座", None, retired=False)


def test_kinds_stand_one_level_deep_and_make_no_ring(kinds: list[ActivityKind]) -> None:
    five, schools, lecture = (make_kind(key) for key in ("five_visits", "into_schools", "lecture"))
    for kind, parent in ((five, lecture), (five, schools), (lecture, schools), (lecture, lecture)):
        with pytest.raises(keeping.NotBeneath):
            keeping.edit_kind(kind, kind.name, parent.id, retired=False)
    with pytest.raises(keeping.NotBeneath):
        keeping.edit_kind(lecture, lecture.name, 999_999, retired=False)
    keeping.edit_kind(lecture, lecture.name, five.id, retired=False)
    assert lecture.parent_id == five.id


def test_a_kind_moves_past_its_neighbours_of_the_same_level(kinds: list[ActivityKind]) -> None:
    lecture = make_kind("lecture")
    keeping.move_kind(lecture, -1)
    names = [name for name, depth in shown() if not depth]
    assert names[:4] == ["首单宣讲", "安全生产活动月", "讲座", "五进"]
    for _ in range(5):
        keeping.move_kind(lecture, -1)
    assert shown()[0] == ("讲座", 0)
    keeping.move_kind(make_kind("into_enterprises"), 1)
    assert [name for name, depth in shown() if depth][:2] == ["进农村", "进企业"]


def test_the_list_is_kept_on_pages_by_administrators_of_the_bureau(
    kinds: list[ActivityKind], visitor: Callable[[], Visitor]
) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    person = visitor()
    person.log_in("boss", PASSWORD)
    page = person.submit(person.open("/activity-kinds/new").own_form, name="普法直播")
    assert "活动类型已保存" in page.text
    page = person.open(f"/activity-kinds/{make_kind('drill').id}/edit")
    assert "已有同名的活动类型" in person.submit(page.own_form, name="讲座").text
    assert "停用" in person.submit(page.own_form, retired="y").text
    page = person.open("/activity-kinds")
    person.submit(page.form("/down"))
    db.session.rollback()
    assert shown()[0] == ("安全生产活动月", 0)


def test_a_townships_administrator_does_not_keep_the_countys_list(
    kinds: list[ActivityKind], visitor: Callable[[], Visitor]
) -> None:
    make_user("town", Role.ADMINISTRATOR, unit=make_unit())
    person = visitor()
    person.log_in("town", PASSWORD)
    for address in ("/activity-kinds", "/activity-kinds/new", f"/activity-kinds/{kinds[0].id}/edit"):
        assert person.open(address).status == 403


def test_a_kind_whose_upper_one_is_not_among_them_is_listed_all_the_same(kinds: list[ActivityKind]) -> None:
    retired = make_kind("five_visits")
    listed = in_order([kind for kind in kinds if kind is not retired])
    assert ("进学校", 0) in [(kind.name, depth) for kind, depth in listed]
    assert len(listed) == len(kinds) - 1
