import io
from collections.abc import Callable
from datetime import datetime

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from sqlalchemy import select

from quizapp.accounts.models import AuditEntry
from quizapp.campaigns.models import Campaign
from quizapp.campaigns.rules import LateRule, MultipleRule, Rules
from quizapp.extensions import db
from quizapp.questions.kinds import Kind
from tests.factories import PASSWORD, make_bank, make_campaign, make_channel, make_user
from tests.pages import Page, Visitor

NewVisitor = Callable[[], Visitor]

PLAN = {
    "title": "安全生产月",
    "notice": "县应急管理局主办。",
    "opens_at": "2026-06-01T08:00",
    "closes_at": "2026-06-30T18:00",
    "single_count": "3",
    "single_points": "5",
    "multiple_count": "1",
    "multiple_points": "10",
    "true_false_count": "0",
    "true_false_points": "5",
    "multiple_rule": "half_for_part",
    "minutes": "",
    "late_rule": "zero",
    "attempts_a_day": "1",
    "attempts_in_all": "",
    "pass_percent": "80",
}


@pytest.fixture
def organiser(visitor: NewVisitor) -> Visitor:
    make_user("zhang")
    person = visitor()
    person.log_in("zhang", PASSWORD)
    return person


def plan_campaign(organiser: Visitor, bank_id: int, **changes: str) -> Page:
    form = organiser.open("/campaigns/new").forms[-1]
    return organiser.submit(form, **{**PLAN, "bank_ids": str(bank_id), **changes})


def test_an_organiser_plans_publishes_and_hangs_out_a_code(organiser: Visitor, visitor: NewVisitor) -> None:
    page = plan_campaign(organiser, make_bank().id)
    assert "活动已保存，尚未发布" in page.text
    page = organiser.submit(page.form("/publish"))
    assert "活动已发布" in page.text
    page = organiser.submit(page.form("/channels"), name="火车站")
    assert "火车站" in page.text
    assert "只有同一网络" in page.text or "手机打不开" in page.text
    campaign = db.session.scalars(select(Campaign)).one()
    rules = Rules.from_dict(campaign.rules)
    assert rules.kinds[Kind.SINGLE].count == 3
    assert Kind.TRUE_FALSE not in rules.kinds
    assert rules.full_score == 25
    assert rules.minutes is None
    assert rules.multiple_rule is MultipleRule.HALF_FOR_PART
    assert rules.late_rule is LateRule.ZERO
    assert (rules.attempts_a_day, rules.attempts_in_all, rules.pass_percent) == (1, None, 80)
    assert campaign.opens_at.isoformat() == "2026-06-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"title": " "}, "活动名称"),
        ({"closes_at": "2026-06-01T08:00"}, "结束时间应晚于开始时间"),
        ({"opens_at": "昨天"}, "开始时间"),
        ({"single_count": "0", "multiple_count": "0"}, "至少要抽一道题"),
        ({"single_count": "6"}, "所选题库只有 5 道单选题，不够抽 6 道"),
        (
            {"single_count": "6", "blank_count": "1"},
            "所选题库只有 5 道单选题，不够抽 6 道。所选题库只有 0 道填空题，不够抽 1 道。",
        ),
        ({"single_points": "0"}, "单选每题分值"),
        ({"blank_points": "3.333"}, "填空每题分值 ：最多保留两位小数"),
        ({"blank_points": "NaN"}, "填空每题分值"),
        ({"blank_points": "1e40"}, "填空每题分值"),
        ({"pass_percent": "101"}, "合格线"),
        ({"attempts_a_day": "3", "attempts_in_all": "2"}, "每天次数不能多于总次数"),
        ({"bank_ids": "999"}, "抽题题库"),
    ],
)
def test_a_plan_that_cannot_work_says_why_and_keeps_what_was_typed(
    organiser: Visitor, changes: dict[str, str], complaint: str
) -> None:
    page = plan_campaign(organiser, make_bank().id, **changes)
    assert "需要修改" in page.text
    assert complaint in page.text
    assert page.forms[-1].values["notice"] == ["县应急管理局主办。"]
    assert db.session.scalars(select(Campaign)).all() == []


def test_a_plan_with_blank_questions_shows_them(organiser: Visitor) -> None:
    bank = make_bank(5, 5, 0, blank=3)
    assert "判断 0、填空 3" in organiser.open("/campaigns/new").text
    page = plan_campaign(organiser, bank.id, blank_count="2", blank_points="2.5")
    assert "填空 2 题，每题 2.5 分。共 6 题，满分 30 分" in page.text
    assert "活动已发布" in organiser.submit(page.form("/publish")).text


def test_edits_wait_for_publication(organiser: Visitor, visitor: NewVisitor) -> None:
    campaign = make_campaign()
    code = make_channel(campaign).code
    form = organiser.open(f"/campaigns/{campaign.id}/edit").forms[-1]
    page = organiser.submit(form, title="新名称", multiple_rule="all_or_nothing", late_rule="count")
    assert "有修改还没有发布" in page.text
    assert "安全生产月答题" in visitor().open(f"/q/{code}").text
    page = organiser.submit(page.form("/publish"))
    assert "有修改还没有发布" not in page.text
    assert "新名称" in visitor().open(f"/q/{code}").text


def test_the_audit_trail_names_the_fields_that_changed(organiser: Visitor, noon: datetime) -> None:
    campaign = make_campaign()
    form = organiser.open(f"/campaigns/{campaign.id}/edit").forms[-1]
    organiser.submit(form, title="新名称", multiple_rule="all_or_nothing", late_rule="count")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "edit")).one()
    assert entry.fields == ["title"]
    assert entry.actor_id is not None


def test_a_channel_without_a_name_is_refused_with_a_sentence(organiser: Visitor) -> None:
    campaign = make_campaign()
    form = organiser.open(f"/campaigns/{campaign.id}").form("/channels")
    page = organiser.submit(form, name="长" * 41)
    assert "渠道没有新建" in page.text
    assert page.form("/channels").values["name"] == ["长" * 41]


def test_a_channels_code_decodes_to_its_address(organiser: Visitor) -> None:
    channel = make_channel()
    address = f"http://localhost/q/{channel.code}"
    assert address in organiser.open(f"/channels/{channel.id}").text
    png = organiser.client.get(f"/channels/{channel.id}/qr.png")
    assert png.mimetype == "image/png"
    image = Image.open(io.BytesIO(png.data)).convert("L")
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [address]
    svg = organiser.client.get(f"/channels/{channel.id}/qr.svg?download=1")
    assert svg.mimetype == "image/svg+xml"
    assert channel.code in svg.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "address", ["/campaigns/999", "/channels/999", "/campaigns/999/counts", "/banks/999"]
)
def test_what_is_not_there_is_not_found(organiser: Visitor, address: str) -> None:
    assert organiser.open(address).status == 404


def test_banks_show_their_questions_keys_and_that_the_laws_text_is_not_shipped(
    app: Flask, organiser: Visitor
) -> None:
    bank = make_bank(1, 0, 0, name="安全生产法")
    assert "安全生产法" in organiser.open("/banks").text
    page = organiser.open(f"/banks/{bank.id}")
    for words in ("单选试题 1", "甲 ✓ 正确答案", "依据：《安全生产法》第二条", "条文原文未随系统提供"):
        assert words in page.text
