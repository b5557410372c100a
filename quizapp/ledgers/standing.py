"""Where an import and its rows stand."""

from enum import StrEnum


class ImportState(StrEnum):
    """What is being done with an import. Its rows may be confirmed more than once, as they are mended."""

    READING = "reading"
    PREVIEW = "preview"
    #: A confirmation is being written.
    WRITING = "writing"
    #: Its records are being taken back.
    UNDOING = "undoing"
    UNREADABLE = "unreadable"
    DISCARDED = "discarded"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return {
            ImportState.READING: "正在读取",
            ImportState.PREVIEW: "待确认",
            ImportState.WRITING: "正在导入",
            ImportState.UNDOING: "正在撤销",
            ImportState.UNREADABLE: "不能读取",
            ImportState.DISCARDED: "已放弃",
            ImportState.UNDONE: "已撤销",
        }[self]


#: The worker is at it.
UNDER_WAY = (ImportState.READING, ImportState.WRITING, ImportState.UNDOING)


class Standing(StrEnum):
    """What a row waits for."""

    #: It can't be taken as it stands.
    FAULTY = "faulty"
    #: It can, but is worth a look.
    CAUTION = "caution"
    READY = "ready"
    EXCLUDED = "excluded"
    IMPORTED = "imported"

    @property
    def label(self) -> str:
        """The standing in Chinese."""
        return {
            Standing.FAULTY: "有问题",
            Standing.CAUTION: "请留意",
            Standing.READY: "可导入",
            Standing.EXCLUDED: "已排除",
            Standing.IMPORTED: "已导入",
        }[self]


#: What a confirmation writes.
IMPORTABLE = (Standing.READY, Standing.CAUTION)


def stands(has_problems: bool, has_cautions: bool) -> Standing:
    """The standing of a row that was judged."""
    if has_problems:
        return Standing.FAULTY
    return Standing.CAUTION if has_cautions else Standing.READY
