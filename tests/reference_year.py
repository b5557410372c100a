"""A year of a county made by hand, at the scale of a real annual report, with records that do not count.

Every number below is written out so that each figure can be added up on paper.
"""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import insert

from quizapp.accounts.models import Unit, User
from quizapp.accounts.roles import Role
from quizapp.attempts.models import Attempt, Participant
from quizapp.campaigns.models import Campaign, Channel
from quizapp.core import clock
from quizapp.core.clock import SHANGHAI
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.releases.models import Level, Release, ReleaseKind
from quizapp.publicity.workflow import State
from tests.factories import make_campaign, make_channel, make_kind, make_root, make_unit, make_user

YEAR = 2024

#: The 33 indicators of a county bureau's report for 2024 and how each is printed there.
PRINTED = {
    "集中学习培训次数": "25次",
    "学习参加人次": "1000余人次",
    "排查一般隐患": "1.3万余条",
    "录入重大事故隐患": "152条",
    "案件审理委员会会议": "7次",
    "行政执法案件": "646件",
    "行政许可案件": "212件",
    "行政许可占比": "32.8%",
    "行政检查案件": "358件",
    "行政检查占比": "55.4%",
    "行政处罚案件": "76件",
    "行政处罚占比": "11.8%",
    "人均办案量": "12.4件",
    "矿山检查复查": "202家次",
    "矿山整改隐患": "1390余条",
    "挂牌督办企业": "3家",
    "危化品烟花爆竹消除隐患": "648条",
    "工商贸消除隐患": "957条",
    "上报执法典型案例": "6件",
    "省厅录用典型案例": "3起",
    "通报表扬的灾害风险隐患信息": "5起",
    "发放宣传品": "10万余件",
    "发放宣传折页": "3万余份",
    "知识竞赛参与人数": "3000余人",
    "媒体发稿": "143篇",
    "应急服务示范驿站": "4家",
    "应急服务标准驿站": "5家",
    "应急演练": "300余次",
    "应急培训": "20余场",
    "志愿者应急服务": "300余次",
    "抗旱灌溉面积": "300亩",
    "发放应急救助资金": "247万元",
    "发放棉衣棉被": "2620件",
}

#: What the bureau enters by hand.
ENTERED = {
    "general_hazards": 13245,
    "major_hazards": 152,
    "case_meetings": 7,
    "enforcement_cases": 646,
    "licence_cases": 212,
    "inspection_cases": 358,
    "penalty_cases": 76,
    "enforcement_officers": 52,
    "mine_inspections": 202,
    "mine_hazards": 1392,
    "listed_enterprises": 3,
    "chemical_hazards": 648,
    "industry_hazards": 957,
    "model_cases_reported": 6,
    "model_cases_adopted": 3,
    "commended_reports": 5,
    "model_stations": 4,
    "standard_stations": 5,
    "irrigated_area": 300,
    "relief_funds": 247,
    "relief_clothing": 2620,
}

#: (kind, how many activities, people at each, people at the first beside): 700 activities.
ACTIVITIES = (
    ("study", 25, 41, 18),  # 25 × 41 + 18 = 1043 people
    ("drill", 312, 60, 0),
    ("training", 23, 45, 0),
    ("volunteering", 305, 20, 0),
    ("first_lesson", 10, 120, 0),
    ("into_communities", 15, 80, 0),
    ("lecture", 10, 100, 0),
)

#: Handed out at the ten 首单宣讲 of the townships: items and leaflets at each, 103,482 and 31,250 in all.
ITEMS = (10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 13_482)
LEAFLETS = (3_125,) * 10

#: Releases by level: 143.
RELEASES = ((Level.CENTRAL, 3), (Level.PROVINCE, 20), (Level.CITY, 50), (Level.COUNTY, 70))

#: Participants of three campaigns: 3,021.
PARTICIPANTS = (2_000, 1_000, 21)


def make_year() -> Unit:
    """Everything of the year but what is handed out and entered; gives the bureau."""
    root = make_root()
    towns = [make_unit(f"第{number}镇") for number in range(1, 11)]
    clerk = make_user("year-clerk", Role.PUBLICIST)
    _make_activities(towns, clerk)
    _make_releases([root, *towns], clerk)
    for number, people in enumerate(PARTICIPANTS):
        _make_participants(make_channel(make_campaign(f"第{number}次竞赛")), people, number)
    _make_what_does_not_count(towns[0], clerk)
    db.session.commit()
    return root


def _make_activities(towns: list[Unit], clerk: User) -> None:
    for kind, count, audience, more in ACTIVITIES:
        kind_id = make_kind(kind).id
        for number in range(count):
            day = date(YEAR, 1, 1) + timedelta(days=number * 365 // count)
            db.session.add(
                _activity(clerk, towns[number % 10], kind_id, day, audience + (0 if number else more))
            )
    db.session.flush()


def _activity(clerk: User, unit: Unit, kind_id: int, day: date, audience: int, **changes: object) -> Activity:
    values: dict[str, object] = {"state": State.CONFIRMED, "sessions": 1, **changes}
    return Activity(
        kind_id=kind_id,
        title=f"{day} 活动",
        begins_on=day,
        ends_on=day,
        unit_id=unit.id,
        audience=audience,
        recorded_by=clerk.id,
        recorded_at=clock.now(),
        **values,
    )


def _make_releases(units: list[Unit], clerk: User) -> None:
    number = 0
    for level, count in RELEASES:
        for _ in range(count):
            number += 1
            day = date(YEAR, 12, 31) - timedelta(days=number * 2)
            db.session.add(_release(clerk, units[number % 11], level, day, number))
    db.session.flush()


def _release(clerk: User, unit: Unit, level: Level, day: date, number: int, **changes: object) -> Release:
    values: dict[str, object] = {"state": State.CONFIRMED, **changes}
    return Release(
        unit_id=unit.id,
        title=f"第{number}篇",
        outlet="试验日报",
        level=level,
        kind=ReleaseKind.TEXT,
        day=day,
        title_key=f"{number:064x}",
        recorded_by=clerk.id,
        recorded_at=clock.now(),
        **values,
    )


def _make_participants(channel: Channel, people: int, series: int) -> None:
    """People who submitted once in the year; the first of them twice."""
    numbers = [UUID(int=(series + 1) << 64 | person) for person in range(people)]
    moment = clock.now().replace(year=YEAR, month=5, day=8)
    day = moment.astimezone(SHANGHAI).date()
    campaign = db.session.get_one(Campaign, channel.campaign_id)
    db.session.execute(
        insert(Participant),
        [{"id": one, "campaign_id": campaign.id, "basis": "device", "created_at": moment} for one in numbers],
    )
    attempt = {
        "campaign_id": campaign.id,
        "channel_id": channel.id,
        "snapshot_number": 1,
        "day": day,
        "started_at": moment,
        "due_at": moment,
        "expires_at": moment,
        "paper": [],
        "submitted_at": moment,
        "submitted_day": day,
        "submitted_year": YEAR,
        "answers": [],
        "score": 0,
        "full_score": 50,
    }
    firsts = [
        {
            **attempt,
            "participant_id": one,
            "id": UUID(int=1),
            "number": 1,
            "day_number": 1,
            **dict.fromkeys(("first_in_campaign", "first_in_year", "first_in_day", "first_in_channel"), True),
        }
        for one in numbers
    ]
    again = {**attempt, "participant_id": numbers[0], "id": UUID(int=2), "number": 2, "day_number": 2}
    db.session.execute(insert(Attempt), firsts)
    db.session.execute(insert(Attempt), [again])


def _make_what_does_not_count(town: Unit, clerk: User) -> None:
    drill = make_kind("drill").id
    for state in (State.DRAFT, State.SUBMITTED, State.RETURNED, State.VOIDED):
        db.session.add(_activity(clerk, town, drill, date(YEAR, 6, 1), 1000, state=state))
        db.session.add(_release(clerk, town, Level.CITY, date(YEAR, 6, 1), 900 + len(state), state=state))
    for day in (date(YEAR - 1, 12, 31), date(YEAR + 1, 1, 1)):
        db.session.add(_activity(clerk, town, drill, day, 1000))
        db.session.add(_release(clerk, town, Level.CITY, day, 950 + day.month))
    sample = make_campaign("演示")
    sample.is_sample = True
    _make_participants(make_channel(sample), 500, 9)
