"""The kinds of records that are reviewed, and what review must know of each."""

from dataclasses import dataclass

from quizapp.publicity.activities.models import Activity
from quizapp.publicity.releases.models import Release
from quizapp.publicity.workflow import State

Record = Activity | Release


@dataclass(frozen=True)
class Subject:
    """A kind of record that is submitted, confirmed and amended."""

    #: In addresses and in ``amendments.subject``.
    key: str
    label: str
    model: type[Activity] | type[Release]
    #: The record's page and the name of its number there.
    endpoint: str
    argument: str
    #: The list that it stands on.
    list_endpoint: str
    #: Column of the day that decides in which year it counts.
    day: str
    #: What an amendment may change, with the words for it, in the order of the form.
    columns: dict[str, str]


SUBJECTS = {
    "activity": Subject(
        "activity",
        "宣传活动",
        Activity,
        "publicity.activity",
        "activity_id",
        "publicity.activities",
        "begins_on",
        {
            "kind_id": "类型",
            "title": "名称",
            "begins_on": "开始日期",
            "ends_on": "结束日期",
            "sessions": "场次",
            "place": "地点",
            "unit_id": "单位",
            "partners": "联合单位",
            "audience": "受众人次",
            "description": "活动内容",
            "laws": "宣传的法律",
            "campaign_id": "关联的竞赛活动",
        },
    ),
    "release": Subject(
        "release",
        "媒体发稿",
        Release,
        "publicity.release",
        "release_id",
        "publicity.releases",
        "day",
        {
            "title": "标题",
            "outlet": "媒体",
            "level": "级别",
            "kind": "形式",
            "day": "发布日期",
            "address": "网址",
            "topic": "主题",
            "unit_id": "单位",
        },
    ),
}


def subject_of(record: Record) -> Subject:
    """The kind of a record."""
    return next(subject for subject in SUBJECTS.values() if isinstance(record, subject.model))


def state_of(record: Record) -> State:
    """Its state, typed."""
    return State(record.state)
