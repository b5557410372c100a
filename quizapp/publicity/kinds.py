"""The lists that every bureau begins with."""

#: Kinds of activities: key, name, key of the kind that it counts in too.
ACTIVITY_KINDS = (
    ("first_lesson", "首单宣讲", None),
    ("safety_month", "安全生产活动月", None),
    ("five_visits", "五进", None),
    ("into_enterprises", "进企业", "five_visits"),
    ("into_countryside", "进农村", "five_visits"),
    ("into_communities", "进社区", "five_visits"),
    ("into_schools", "进学校", "five_visits"),
    ("into_families", "进家庭", "five_visits"),
    ("lecture", "讲座", None),
    ("consultation", "咨询", None),
    ("drill", "应急演练", None),
    ("training", "应急培训", None),
    ("volunteering", "志愿服务", None),
    ("study", "集中学习", None),
    ("contest", "知识竞赛", None),
    ("feature", "专题宣传", None),
    ("other", "其他活动", None),
)

#: Materials: name, unit of measure, category in the report.
MATERIALS = (
    ("宣传品", "件", "宣传品"),
    ("宣传折页", "份", "宣传折页"),
    ("横幅", "条", "横幅"),
    ("海报", "张", "海报"),
)
