"""Chapters as Moodle's paths of categories, ``$course$/top/章节``; a slash in a name stands twice."""

import re

_ROOT = re.compile(r"^(?:\$\w{1,20}\$/)?top(?:/|$)|^\$\w{1,20}\$(?:/|$)")
_STEP = re.compile(r"(?<!/)/(?!/)")


def chapter_of(path: str) -> str:
    """The innermost category of a path, empty for its root."""
    name = _STEP.split(_ROOT.sub("", path.strip(), count=1))[-1]
    return name.replace("//", "/").strip()


def category_of(chapter: str) -> str:
    """The path that ``chapter_of`` reads back. A slash at an end is set off by a space, as Moodle does."""
    if not chapter:
        return "$course$/top"
    name = chapter.replace("/", "//")
    before = " " if name.startswith("/") else ""
    after = " " if name.endswith("/") else ""
    return f"$course$/top/{before}{name}{after}"
