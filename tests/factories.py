"""Plain makers of what tests need. Each commits, so that other connections see it."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count, zip_longest
from pathlib import Path
from typing import Any

from flask import current_app
from PIL import Image

from quizapp.accounts.models import Unit, UnitKind, User
from quizapp.accounts.roles import Role
from quizapp.accounts.services import change_password, create_user
from quizapp.accounts.units import UnitPlan, create_unit, ensure_root
from quizapp.campaigns.channels import create_channel
from quizapp.campaigns.editing import Plan
from quizapp.campaigns.editing import create_campaign as create
from quizapp.campaigns.models import Campaign, Channel
from quizapp.campaigns.rules import KindRule, Rules
from quizapp.campaigns.snapshots import publish
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.laws.citations import Citation
from quizapp.laws.importing import import_law
from quizapp.laws.models import LawVersion
from quizapp.laws.statutes import Article, Paragraph, Statute
from quizapp.ledgers.models import LedgerImport, LedgerRow
from quizapp.ledgers.standing import ImportState as LedgerState
from quizapp.ledgers.standing import Standing as RowStanding
from quizapp.publicity.activities.models import Activity, ActivityKind, Photo
from quizapp.publicity.activities.photos import add_photos, read_photos
from quizapp.publicity.activities.queries import list_kinds, list_photos
from quizapp.publicity.beginning import ensure_lists
from quizapp.publicity.releases.models import Level, Release, ReleaseKind
from quizapp.publicity.reviewing.amending import propose
from quizapp.publicity.reviewing.models import Amendment
from quizapp.publicity.workflow import State as RecordState
from quizapp.questions.asking import AskedRevision
from quizapp.questions.editing import add_question
from quizapp.questions.kinds import GAP, TRUE_FALSE_OPTIONS, Kind
from quizapp.questions.models import Bank, Question
from quizapp.questions.parsed import ParsedQuestion, RawQuestion
from quizapp.questions.staging.models import BankImport, ImportState, StagedQuestion
from quizapp.questions.staging.standing import Standing, write_raw
from quizapp.questions.watch.models import Recheck
from quizapp.questions.workflow import State

PASSWORD = "Correct-horse-9"

#: The accepted answers of a blank question that no test makes its own.
GAPS = (("50000", "五万元"), ("安全",))

_numbers = count(1)


def with_driver(address: str) -> str:
    """A PostgreSQL address under the driver that we use."""
    return address.replace("postgresql://", "postgresql+psycopg://", 1)


def make_root() -> Unit:
    """The bureau."""
    root = ensure_root("试验县应急管理局")
    db.session.commit()
    return root


def make_unit(name: str = "", parent: Unit | None = None, kind: UnitKind = UnitKind.TOWNSHIP) -> Unit:
    """A unit of 1,000 people, directly beneath the bureau unless told otherwise."""
    plan = UnitPlan(name or f"试验镇{next(_numbers)}", kind, parent or make_root(), 1000)
    unit = create_unit(plan)
    db.session.commit()
    return unit


def make_user(
    username: str = "zhang",
    role: Role = Role.ORGANISER,
    password: str = PASSWORD,
    unit: Unit | None = None,
) -> User:
    """An account whose first password is already changed, posted in the bureau unless told otherwise."""
    user, _ = create_user(username, username.title(), role, unit or make_root())
    change_password(user, password)
    db.session.commit()
    return user


def parsed_question(kind: Kind, number: int) -> ParsedQuestion:
    """A question whose first option is right; of a multiple one the first two.

    A blank one has two gaps, for 50000 and 安全 in this order.
    """
    if kind is Kind.BLANK:
        stem = f"{kind.label}试题 {number}：____，____"
        return replace(_choice(Kind.SINGLE, number), kind=kind, stem=stem, options=(), answer=(), gaps=GAPS)
    return _choice(kind, number)


def _choice(kind: Kind, number: int) -> ParsedQuestion:
    options = TRUE_FALSE_OPTIONS if kind is Kind.TRUE_FALSE else ("甲", "乙", "丙", "丁")
    return ParsedQuestion(
        where=f"第{number}行",
        kind=kind,
        stem=f"{kind.label}试题 {number}",
        options=tuple(options),
        answer=(0, 1) if kind is Kind.MULTIPLE else (0,),
        explanation=f"{kind.label}解析 {number}",
        citations=(Citation("安全生产法", number % 119 + 1),),
    )


def make_bank(
    single: int = 5, multiple: int = 5, true_false: int = 5, name: str = "", blank: int = 0
) -> Bank:
    """A bank with so many questions of each kind."""
    bank = Bank(name=name or f"题库{next(_numbers)}", created_at=clock.now())
    db.session.add(bank)
    db.session.flush()
    counts = {Kind.SINGLE: single, Kind.MULTIPLE: multiple, Kind.TRUE_FALSE: true_false, Kind.BLANK: blank}
    for kind, wanted in counts.items():
        for number in range(1, wanted + 1):
            add_question(bank, parsed_question(kind, number), State.REVIEWED)
    db.session.commit()
    return bank


def make_blank_question(bank: Bank, *gaps: tuple[str, ...], in_order: bool = True) -> Question:
    """A reviewed question with such gaps."""
    number = next(_numbers)
    parsed = replace(
        parsed_question(Kind.BLANK, number),
        stem=f"填空试题 {number}：" + "，".join(GAP for _ in gaps),
        gaps=gaps,
        gaps_in_order=in_order,
    )
    question = add_question(bank, parsed, State.REVIEWED)
    db.session.commit()
    return question


def make_case(bank: Bank, *kinds: Kind, stem: str = "", states: Sequence[State] = ()) -> list[Question]:
    """A case that asks such questions, reviewed unless ``states`` says otherwise for the first ones."""
    stem = stem or f"案例 {next(_numbers)}：某企业发生险情。"
    questions: list[Question] = []
    for kind, state in zip_longest(kinds, states, fillvalue=State.REVIEWED):
        parsed = replace(parsed_question(Kind(kind), next(_numbers)), case_stem=stem)
        questions.append(add_question(bank, parsed, State(state)))
        questions[-1].case_id = questions[0].id
    db.session.commit()
    return questions


def make_rules(bank_ids: Sequence[int], **changes: Any) -> Rules:
    """2 single at 10, 1 multiple at 20, 1 true/false at 10: 50 points, 60% to pass."""
    kinds = {
        Kind.SINGLE: KindRule(2, Decimal(10)),
        Kind.MULTIPLE: KindRule(1, Decimal(20)),
        Kind.TRUE_FALSE: KindRule(1, Decimal(10)),
    }
    return Rules(**{"bank_ids": tuple(bank_ids), "kinds": kinds, **changes})


#: 1 single at 10 and 2 blank at 5: 20 points.
BLANK_RULES = {Kind.SINGLE: KindRule(1, Decimal(10)), Kind.BLANK: KindRule(2, Decimal(5))}


def make_campaign(
    title: str = "安全生产月答题",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    published: bool = True,
    **rules: Any,
) -> Campaign:
    """A campaign over a bank of its own, open from an hour ago for a week."""
    bank_ids = rules.pop("bank_ids", None) or [make_bank().id]
    unit = rules.pop("unit", None) or make_root()
    plan = Plan(
        title=title,
        notice="欢迎参加。",
        opens_at=opens_at or clock.now() - timedelta(hours=1),
        closes_at=closes_at or clock.now() + timedelta(days=7),
        rules=make_rules(bank_ids, **rules),
        unit_id=unit.id,
    )
    campaign = create(plan, current_app.config["DATA_KEY"])
    if published:
        publish(campaign)
    db.session.commit()
    return campaign


def make_channel(campaign: Campaign | None = None, name: str = "县政务大厅", **rules: Any) -> Channel:
    """A channel of a campaign, by default of a fresh one."""
    channel = create_channel(campaign or make_campaign(**rules), name)
    db.session.commit()
    return channel


def asked(id: int, kind: Kind = Kind.SINGLE, bank_id: int = 1, **changes: Any) -> AskedRevision:
    """A revision as campaigns see it, not in any database."""
    question = parsed_question(kind, id)
    values = {
        "options": question.options,
        "answer": question.answer,
        "gaps": question.gaps,
        "question_id": id,
        **changes,
    }
    return AskedRevision(id=id, bank_id=bank_id, kind=kind, stem=question.stem, **values)


def make_articles(*texts: str) -> tuple[Article, ...]:
    """Articles 1, 2, 3… of one paragraph each."""
    return tuple(
        Article(number, "第一章 总则", (Paragraph(text),)) for number, text in enumerate(texts, start=1)
    )


def make_law_version(
    name: str = "",
    revised_on: date = date(2021, 6, 10),
    in_force_from: date | None = None,
    articles: Sequence[Article] = (),
) -> LawVersion:
    """A version of a law, in force from its revision on unless told otherwise."""
    held = tuple(articles) or make_articles("为了试验，制定本法。", "本法自公布之日起施行。")
    statute = Statute(name or f"试验{next(_numbers)}法", None, None, held)
    version = import_law(statute, "0" * 64, revised_on, in_force_from or revised_on, None)
    db.session.commit()
    return version


def write_bank_files(root: Path) -> Path:
    """Two banks as folders of text, with enough of each kind for the sample campaign."""
    for folder, name in (("work-safety-law", "安全生产法"), ("emergency-response-law", "突发事件应对法")):
        (root / folder).mkdir(parents=True)
        lines = [f"题库:{name}", "章节:第一章 总则", "", "一、单选题", ""]
        for number in range(1, 6):
            lines += [f"{number}. {name}单选{number}", "A. 甲", "B. 乙", "答案:B", "解析:因为", ""]
        lines += ["二、多选题", ""]
        for number in range(6, 9):
            lines += [f"{number}. {name}多选{number}", "A. 甲", "B. 乙", "C. 丙", "答案:AC", ""]
        lines += ["三、判断题", ""]
        for number in range(9, 13):
            lines += [f"{number}. {name}判断{number}", "答案:对", f"依据:《{name}》第{number}条", ""]
        (root / folder / "01-general.txt").write_text("\n".join(lines), encoding="utf-8")
    return root


def make_numbers_of_bank_pages() -> dict[str, int]:
    """What stands in the addresses of bank pages: a question in doubt, an import in preview, a version."""
    version = make_law_version()
    question = make_blank_question(make_bank(1, 0, 0), ("甲",))
    author = make_user(f"clerk{next(_numbers)}", Role.BANK_EDITOR)
    begun = BankImport(
        bank_id=question.bank_id,
        file_name="题库.txt",
        digest="0" * 64,
        state=ImportState.PREVIEW,
        uploaded_by=author.id,
        uploaded_at=clock.now(),
    )
    recheck = Recheck(question_id=question.id, version_id=version.id, touched=[], opened_at=clock.now())
    db.session.add_all([begun, recheck])
    db.session.flush()
    staged = StagedQuestion(
        import_id=begun.id, position=1, raw=write_raw(RawQuestion("第1行", "题")), standing=Standing.FAULTY
    )
    db.session.add(staged)
    db.session.commit()
    return {
        "version_id": version.id,
        "question_id": question.id,
        "import_id": begun.id,
        "position": 1,
        "recheck_id": recheck.id,
    }


def make_kind(key: str) -> ActivityKind:
    """A kind of activity from the list that every bureau begins with."""
    ensure_lists()
    db.session.commit()
    return next(kind for kind in list_kinds() if kind.key == key)


def make_activity(kind: str = "lecture", unit: Unit | None = None, **changes: Any) -> Activity:
    """An activity of 50 people on 10 March 2026, confirmed unless told otherwise."""
    user = changes.pop("recorder", None) or make_user(f"recorder{next(_numbers)}", Role.PUBLICIST)
    day = changes.pop("day", date(2026, 3, 10))
    values = {
        "title": f"宣传活动{next(_numbers)}",
        "begins_on": day,
        "ends_on": day,
        "sessions": 1,
        "place": "县政务大厅",
        "audience": 50,
        "state": RecordState.CONFIRMED,
        **changes,
    }
    activity = Activity(
        kind_id=make_kind(kind).id,
        unit_id=(unit or make_root()).id,
        recorded_by=user.id,
        recorded_at=clock.now(),
        **values,
    )
    db.session.add(activity)
    db.session.commit()
    return activity


def make_photo(activity: Activity, colour: tuple[int, int, int] = (200, 30, 30)) -> Photo:
    """A photo of one colour, of an activity that is a draft; its files are written."""
    recorder = db.session.get_one(User, activity.recorded_by)
    added = add_photos(activity, read_photos([("照片.jpg", photo_file(colour))]), recorder)
    assert added.added == 1
    db.session.commit()
    return list_photos(activity.id)[-1]


def photo_file(colour: tuple[int, int, int] = (200, 30, 30), size: tuple[int, int] = (400, 300)) -> bytes:
    """A JPEG of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


def make_numbers_of_activity_pages() -> dict[str, Any]:
    """What stands in the addresses of pages about activities: a draft with a photo, and its kind."""
    activity = make_activity(state=RecordState.DRAFT)
    return {
        "activity_id": activity.id,
        "photo_id": make_photo(activity).id,
        "kind_id": activity.kind_id,
        "size": "small",
        "way": "up",
        "subject": "activity",
        "record_id": activity.id,
        "amendment_id": _make_amendment().id,
    }


def _make_amendment() -> Amendment:
    activity = make_activity()
    proposed = propose(
        activity, {"audience": 60}, "漏记了一场。", db.session.get_one(User, activity.recorded_by)
    )
    db.session.commit()
    return proposed


def make_release(unit: Unit | None = None, **changes: Any) -> Release:
    """A release in a county paper on 10 March 2026, confirmed unless told otherwise."""
    user = changes.pop("recorder", None) or make_user(f"recorder{next(_numbers)}", Role.PUBLICIST)
    values = {
        "title": f"稿件{next(_numbers)}",
        "outlet": "试验日报",
        "level": Level.COUNTY,
        "kind": ReleaseKind.TEXT,
        "day": date(2026, 3, 10),
        "title_key": f"{next(_numbers):064x}",
        "state": RecordState.CONFIRMED,
        **changes,
    }
    release = Release(
        unit_id=(unit or make_root()).id, recorded_by=user.id, recorded_at=clock.now(), **values
    )
    db.session.add(release)
    db.session.commit()
    return release


def make_ledger_import() -> LedgerImport:
    """An import of units in preview, with one faulty row."""
    author = make_user(f"clerk{next(_numbers)}", Role.ADMINISTRATOR)
    begun = LedgerImport(
        ledger_key="units",
        file_name="单位.xlsx",
        digest="0" * 64,
        state=LedgerState.PREVIEW,
        uploaded_by=author.id,
        uploaded_at=clock.now(),
        found=1,
    )
    db.session.add(begun)
    db.session.flush()
    problems = {"类型": "请填写。"}
    db.session.add(
        LedgerRow(
            import_id=begun.id,
            position=1,
            where="第2行",
            cells={"单位名称": "甲镇"},
            problems=problems,
            standing=RowStanding.FAULTY,
        )
    )
    db.session.commit()
    return begun
