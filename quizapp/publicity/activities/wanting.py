"""What an activity must say before it can be submitted; a draft may leave it open."""

from collections.abc import Mapping
from datetime import date


def find_wanting(place: str, audience: int, ends_on: date, today: date) -> Mapping[str, str]:
    """What is wanting, as a sentence by the name of its field. ``today`` is the Shanghai day."""
    wanting = {
        "place": "请填写地点。" if not place else "",
        "audience": "请填写受众人次，至少 1 人次。" if audience < 1 else "",
        "ends_on": "活动还没有结束，可以先存为草稿。" if ends_on > today else "",
    }
    return {name: sentence for name, sentence in wanting.items() if sentence}


def offer_title(kind: str, place: str, longest: int) -> str:
    """The title of an activity that nobody named: 讲座（县一中）."""
    return f"{kind}（{place[: longest - len(kind) - 2]}）" if place else kind
