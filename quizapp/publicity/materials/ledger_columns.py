"""The columns of the ledger of movements, with the headings that units give them."""

from quizapp.ledgers.columns import Column
from quizapp.publicity.materials.list_queries import list_materials
from quizapp.publicity.materials.models import MovementKind

DAY, UNIT, MATERIAL, KIND = "日期", "单位", "物品", "类型"
QUANTITY, COUNTERPART, ACTIVITY, NOTE = "数量", "对方单位", "活动名称", "备注"
RECORDED_BY = "登记人"

#: What a row of the export is where no row of an import may be: a difference is no count.
COUNTED_DIFFERENCE = "盘点差额"


_MATERIALS = ("宣传品", "物品名称", "宣传品名称", "品名", "名称", "物资名称", "材料名称", "资料名称")
_DAY = Column(
    DAY,
    ("时间", "发放日期", "发放时间", "领取日期", "领取时间", "入库日期", "出库日期", "登记日期", "经办日期"),
    True,
    "如 2026-03-01。请按日期从早到晚排列。",
    "2026-03-01",
)
_UNIT = Column(
    UNIT,
    ("发放单位", "出库单位", "保管单位", "填报单位", "单位名称", "库存单位"),
    hint="东西是哪个单位的；有同名单位时连同它的上级一起写，如“城关镇/东关村”。不填就是您自己的单位。",
    sample="城关镇",
)
_OTHERS = (
    Column(
        KIND,
        ("出入库类型", "业务类型", "收发类型", "出入库", "出/入库", "收/发"),
        hint="不填时，写了活动名称的是发放，写了对方单位的是下发。",
        sample=MovementKind.HANDED_OUT.label,
        choices=tuple(kind.label for kind in MovementKind),
    ),
    Column(
        QUANTITY,
        ("发放数量", "领取数量", "入库数量", "出库数量", "下发数量", "发放份数", "份数", "件数", "实发数量"),
        True,
        "整数，不分收发都写正数；盘点写清点到的数量。",
        "200",
    ),
    Column(
        COUNTERPART,
        ("领取单位", "接收单位", "领用单位", "收货单位", "领取部门", "退回单位"),
        hint="下发给谁、退回给谁；退回不填就是直接上级。",
    ),
    Column(
        ACTIVITY,
        ("活动", "发放活动", "用途", "事由", "宣传活动", "活动主题"),
        hint="发放时填写，与系统中登记的活动名称一致。",
        sample="安全生产月咨询日",
    ),
    Column(NOTE, ("说明", "来源", "摘要")),
)


def list_columns() -> tuple[Column, ...]:
    """The columns; the materials to choose from are those on the list now."""
    names = tuple(material.name for material in list_materials())
    material = Column(MATERIAL, _MATERIALS, True, sample=names[0] if names else "", choices=names)
    return (_DAY, _UNIT, material, *_OTHERS)


def list_export_columns() -> tuple[Column, ...]:
    """The same, and who recorded it."""
    return (*list_columns(), Column(RECORDED_BY))
