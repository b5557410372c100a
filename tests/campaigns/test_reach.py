"""A township's organiser works on the campaigns of the township and what is beneath it, and on no others."""

from collections.abc import Callable

import pytest
from flask import Flask

from quizapp.accounts.models import Unit, UnitKind
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from tests.factories import PASSWORD, make_campaign, make_channel, make_root, make_unit, make_user
from tests.pages import Visitor

NewVisitor = Callable[[], Visitor]


def organiser(visitor: NewVisitor, unit: Unit, role: Role = Role.ORGANISER) -> Visitor:
    make_user("li", role, unit=unit)
    person = visitor()
    person.log_in("li", PASSWORD)
    return person


def test_the_list_holds_the_units_own_campaigns_and_those_beneath(visitor: NewVisitor) -> None:
    east, west = make_unit("东镇"), make_unit("西镇")
    village = make_unit("甲村", east, UnitKind.VILLAGE)
    for title, unit in (("东镇赛", east), ("甲村赛", village), ("西镇赛", west), ("全县赛", make_root())):
        make_campaign(title, unit=unit)
    text = organiser(visitor, east).open("/campaigns").text
    assert [title for title in ("东镇赛", "甲村赛", "西镇赛", "全县赛") if title in text] == [
        "东镇赛",
        "甲村赛",
    ]


READ = ("", "/edit", "/counts")
SENT = ("/edit", "/publish", "/channels", "/counts.xlsx")


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ADMINISTRATOR])
def test_a_strangers_campaign_is_not_found_by_whatever_address(visitor: NewVisitor, role: Role) -> None:
    channel = make_channel(make_campaign(unit=make_unit("西镇")))
    person = organiser(visitor, make_unit("东镇"), role)
    campaign = f"/campaigns/{channel.campaign_id}"
    of_channel = (
        f"/channels/{channel.id}",
        f"/channels/{channel.id}/qr.png",
        f"/channels/{channel.id}/qr.svg",
    )
    for address in (*(campaign + page for page in READ), *of_channel):
        assert person.open(address).status == 404, address
    form = person.open("/password").own_form
    for page in SENT:
        form.action = campaign + page
        assert person.submit(form).status == 404, page


def test_their_own_campaign_opens_by_every_address(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    channel = make_channel(make_campaign(unit=make_unit("甲村", east, UnitKind.VILLAGE)))
    person = organiser(visitor, east)
    for page in READ:
        assert person.open(f"/campaigns/{channel.campaign_id}{page}").status == 200, page
    assert person.open(f"/channels/{channel.id}").status == 200


@pytest.mark.parametrize("where", ["/campaigns/new", "/campaigns/{id}/edit"])
def test_the_form_names_no_unit_out_of_reach(visitor: NewVisitor, where: str) -> None:
    east, west = make_unit("东镇"), make_unit("西镇")
    campaign = make_campaign(unit=east)
    person = organiser(visitor, east)
    form = person.open(where.format(id=campaign.id)).own_form
    assert form.values["unit_id"] == [str(east.id)]
    for unit in (west, make_root()):
        page = person.submit(form, title="改题", notice="请参加。", unit_id=str(unit.id))
        assert "处需要修改" in page.text
    db.session.rollback()
    db.session.expire_all()
    assert (campaign.title, campaign.unit_id) == ("安全生产月答题", east.id)


def test_a_role_in_another_unit_opens_nothing_here(app: Flask, visitor: NewVisitor) -> None:
    east, west = make_unit("东镇"), make_unit("西镇")
    campaign = make_campaign(unit=west)
    person = organiser(visitor, east)
    make_user("publicist", Role.PUBLICIST, unit=west)
    other = visitor()
    other.log_in("publicist", PASSWORD)
    assert person.open(f"/campaigns/{campaign.id}").status == 404
    assert other.open(f"/campaigns/{campaign.id}").status == 403


def test_a_campaign_of_a_closed_unit_still_opens_and_keeps_its_unit(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    campaign = make_campaign(unit=east)
    east.closed = True
    db.session.commit()
    form = organiser(visitor, east).open(f"/campaigns/{campaign.id}/edit").own_form
    assert form.values["unit_id"] == [str(east.id)]
