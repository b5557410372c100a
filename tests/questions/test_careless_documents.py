"""Word documents as clerks write them: each asserts every stem, option, answer and kind."""

import docx

from quizapp.questions.importers.files import read_file
from quizapp.questions.kinds import Kind
from quizapp.questions.parsed import ParsedQuestion, ParsedQuestions
from tests.words import Word, add, define_numbers, number, numbered_style, run, saved, styled, written

#: Kind, stem, options and answer; the answer as letters, 对 or 错, or the gaps.
Read = tuple[str, str, str, str]


def shown(question: ParsedQuestion) -> Read:
    if question.kind is Kind.TRUE_FALSE:
        return "判断", question.stem, "", question.options[question.answer[0]]
    if question.kind is Kind.BLANK:
        return "填空", question.stem, "", "；".join("|".join(gap) for gap in question.gaps)
    letters = "".join("ABCDEFGH"[place] for place in question.answer)
    return question.kind.label, question.stem, " ".join(question.options), letters


def read(content: bytes) -> ParsedQuestions:
    parsed = read_file(content)
    assert parsed.found == parsed.good + parsed.warned + parsed.rejected
    return parsed


def whole(*lines: str) -> list[Read]:
    """The questions of a document that is read with nothing to remark on."""
    return whole_of(written(*lines))


def whole_of(content: bytes) -> list[Read]:
    parsed = read(content)
    assert [(problem.where, problem.reason) for problem in parsed.problems] == []
    return [shown(question) for question in parsed.questions]


def test_every_question_numbered_in_another_way() -> None:
    assert whole(
        *("第1题 火警电话是？", "A.110", "B.119", "答案：B"),
        *("题目2：急救电话是？", "A．120", "B．122", "参考答案:A"),
        *("（3）疏散时走哪里？", "A、电梯", "B、楼梯", "正确答案 B"),
        *("4)油锅起火用什么？", "A)锅盖", "B)清水", "【答案】A"),
        *("五、气瓶应怎样放？", "A：直立", "B：平躺", "答：A"),
        *("⒍ 下班后应？", "(A)断电", "(B)离开", "Answer: A"),
        *("７．上岗前应？", "Ａ．培训", "Ｂ．等待", "答 案：Ａ"),
        *("⑻ 高处作业应？", "A 系绳", "B 快跑", "标准答案：A"),
    ) == [
        ("单选", "火警电话是？", "110 119", "B"),
        ("单选", "急救电话是？", "120 122", "A"),
        ("单选", "疏散时走哪里？", "电梯 楼梯", "B"),
        ("单选", "油锅起火用什么？", "锅盖 清水", "A"),
        ("单选", "气瓶应怎样放？", "直立 平躺", "A"),
        ("单选", "下班后应？", "断电 离开", "A"),
        ("单选", "上岗前应？", "培训 等待", "A"),
        ("单选", "高处作业应？", "系绳 快跑", "A"),
    ]


def test_headings_of_sections_in_every_form_set_the_kind() -> None:
    choice = ("A. 戴帽", "B. 系带", "C. 穿鞋", "答案：AB")
    assert whole(
        *("一、多选题(共2题，每题1分)", "1. 进工地应？", *choice),
        *("第二部分 判断题（对的打√，错的打×）", "1. 消防栓可以埋压。", "答案：×"),
        *("【多选题】", "1. 出工地应？", *choice),
        *("判断题：", "1. 电线老化要更换。", "答案：√"),
        *("（三）多项选择题", "1. 夜班应？", *choice),
        *("## 判断题", "1. 应急灯要常查。", "答案：对"),
        *("不定项选择题", "1. 早班应？", "A. 签到", "B. 睡觉", "答案：A"),
        *("填空题：请将正确答案填在横线上。", "1. 灭火器放在____处。", "答案：明显|显眼"),
    ) == [
        ("多选", "进工地应？", "戴帽 系带 穿鞋", "AB"),
        ("判断", "消防栓可以埋压。", "", "错"),
        ("多选", "出工地应？", "戴帽 系带 穿鞋", "AB"),
        ("判断", "电线老化要更换。", "", "对"),
        ("多选", "夜班应？", "戴帽 系带 穿鞋", "AB"),
        ("判断", "应急灯要常查。", "", "对"),
        ("单选", "早班应？", "签到 睡觉", "A"),
        ("填空", "灭火器放在____处。", "", "明显|显眼"),
    ]


def test_options_on_one_line_with_any_spacing_and_some_without_dots() -> None:
    assert whole(
        *("1. 甲", "A.楼道    B.天台", "C.车库\tD.仓库", "答案：D"),
        *("2. 乙", "A.水B.砂C.土", "答案：C"),
        *("3. 丙", "A 门   B 窗   C 墙", "答案：B"),
        *("4. 丁", "A.核对", "B核实", "C.核销", "D核算", "答案：D"),
        "5. 戊 A.断电 B.断水 C.断气  答案：A  解析：先断电。",
        *("6. 己", "a.红 b.黄", "c.蓝", "答案：b"),
        *("7. 庚", "（A）早 （B）晚", "答案：A"),
        *("8. 图A、B、C三点哪点危险", "A.图A、B两点", "B.图C", "答案：B"),
        *("9. 辛", "A.很长的一个", "选项分成两行", "B.短的", "答案：A"),
    ) == [
        ("单选", "甲", "楼道 天台 车库 仓库", "D"),
        ("单选", "乙", "水 砂 土", "C"),
        ("单选", "丙", "门 窗 墙", "B"),
        ("单选", "丁", "核对 核实 核销 核算", "D"),
        ("单选", "戊", "断电 断水 断气", "A"),
        ("单选", "己", "红 黄 蓝", "B"),
        ("单选", "庚", "早 晚", "A"),
        ("单选", "图A、B、C三点哪点危险", "图A、B两点 图C", "B"),
        ("单选", "辛", "很长的一个选项分成两行 短的", "A"),
    ]


def test_answers_in_the_brackets_of_the_stem_are_taken_out() -> None:
    assert whole(
        *("1. 发现火情应（ AB ）。", "A.报警", "B.呼喊", "C.围观"),
        *("2. 应先（Ｂ）再撤离", "A.收拾", "B.断电"),
        *("3. 用湿毛巾捂口鼻（ A ）", "A.正当", "B.多余", "答案：A"),
        "二、判断题",
        *(
            "4. 电梯可用于火灾逃生。（ × ）",
            "5. 灭火器要定期检查 ( √ )",
            "6. 门口可堆杂物（错）。",
            "（√）7. 应急出口常开。",
        ),
    ) == [
        ("多选", "发现火情应（　）。", "报警 呼喊 围观", "AB"),
        ("单选", "应先（　）再撤离", "收拾 断电", "B"),
        ("单选", "用湿毛巾捂口鼻（　）", "正当 多余", "A"),
        ("判断", "电梯可用于火灾逃生。（　）", "", "错"),
        ("判断", "灭火器要定期检查 （　）", "", "对"),
        ("判断", "门口可堆杂物（　）。", "", "错"),
        ("判断", "应急出口常开。", "", "对"),
    ]


def test_a_bracket_and_an_answer_that_differ_reject_the_question_with_what_was_read() -> None:
    parsed = read(
        written(
            "1. 应先（A）", "A.报警", "B.围观", "答案：B", "2. 好（√）", "答案：错", "3. 好的", "答案：对"
        )
    )
    assert [shown(question) for question in parsed.questions] == [("判断", "好的", "", "对")]
    assert [problem.reason for problem in parsed.problems] == [
        "题干括号里的答案“A”与答案“B”不一致。",
        "题干括号里的答案“√”与答案“错”不一致。",
    ]
    raw = parsed.problems[0].raw
    assert raw is not None
    assert (raw.stem, raw.options, raw.answer) == ("应先（A）", ("报警", "围观"), "B")


def test_answers_at_the_end_go_to_their_questions_by_section_and_number() -> None:
    options = ("A.一楼", "B.二楼", "C.三楼")
    assert whole(
        *("一、单选题", "1. 甲在？", *options, "2. 乙在？", *options),
        *("二、多选题", "1. 丙在？", *options, "2. 丁在？", *options),
        *("三、判断题", "1. 戊在。", "2. 己在。"),
        *(
            "参考答案",
            "一、单选题",
            "1. A",
            "2. B 解析：住二楼。",
            "二、多选题 1.AB 2.ABC",
            "三、判断题",
            "1-2 √×",
        ),
    ) == [
        ("单选", "甲在？", "一楼 二楼 三楼", "A"),
        ("单选", "乙在？", "一楼 二楼 三楼", "B"),
        ("多选", "丙在？", "一楼 二楼 三楼", "AB"),
        ("多选", "丁在？", "一楼 二楼 三楼", "ABC"),
        ("判断", "戊在。", "", "对"),
        ("判断", "己在。", "", "错"),
    ]


def test_answers_at_the_end_of_each_section_and_one_that_belongs_to_none() -> None:
    parsed = read(
        written(
            *("单选题", "1. 甲", "A.左", "B.右", "2. 乙", "A.左", "B.右", "答案：1.A 2.B"),
            *("判断题", "1. 丙", "2. 丁", "1—2：对 错"),
            *("填空题", "1. 戊____", "2. 己____", "参考答案：", "1. 安全", "2. 消防|防火", "9. 多余"),
        )
    )
    assert [shown(question) for question in parsed.questions] == [
        ("单选", "甲", "左 右", "A"),
        ("单选", "乙", "左 右", "B"),
        ("判断", "丙", "", "对"),
        ("判断", "丁", "", "错"),
        ("填空", "戊____", "", "安全"),
        ("填空", "己____", "", "消防|防火"),
    ]
    assert [problem.reason for problem in parsed.problems] == ["答案“9. 多余”没有找到对应的试题。"]


def test_answers_with_their_explanations_at_the_end() -> None:
    parsed = read(
        written(
            *("1. 甲", "A.左", "B.右", "2. 乙", "A.左", "B.右", "答案与解析"),
            *("1.【答案】A【解析】靠左走。", "2. B。因为靠右。", "右边有扶手。"),
        )
    )
    assert [shown(question) for question in parsed.questions] == [
        ("单选", "甲", "左 右", "A"),
        ("单选", "乙", "左 右", "B"),
    ]
    assert [question.explanation for question in parsed.questions] == ["靠左走。", "因为靠右。\n右边有扶手。"]


def test_explanations_of_several_paragraphs_with_numbered_points_stay_whole() -> None:
    parsed = read(
        written(
            *(
                "1. 甲",
                "A.左",
                "B.右",
                "答案：A",
                "【解析】两点：",
                "1. 近；",
                "2. 平。",
                "",
                "（一）另外，",
                "也亮。",
            ),
            *("2. 乙", "A.左", "B.右", "答案：B", "答案说明:", "A. 左边不行，", "B. 右边行。"),
            *("3. 丙", "答案：对", "答案解析：好。", "解析：真好。"),
        )
    )
    assert parsed.problems == ()
    assert [question.explanation for question in parsed.questions] == [
        "两点：\n1. 近；\n2. 平。\n（一）另外，\n也亮。",
        "A. 左边不行，\nB. 右边行。",
        "好。\n真好。",
    ]
    assert [question.answer for question in parsed.questions] == [(0,), (1,), (0,)]


def test_questions_without_numbers_and_a_title_that_is_no_question() -> None:
    parsed = read(
        written(
            *(
                "安全知识题库",
                "",
                "灭火器放在？",
                "A.明处",
                "B.柜中",
                "答案：A",
                "解析：好取。",
                "",
                "好找。",
                "",
            ),
            *("下列属于危险行为的有", "哪些？", "A.攀爬", "B.绕行", "C.跨越", "答案：AC"),
            *("安全帽要系带吗？", "答案：对", "3. 有号的呢？", "A.行", "B.不行", "答案：A"),
        )
    )
    assert [shown(question) for question in parsed.questions] == [
        ("单选", "灭火器放在？", "明处 柜中", "A"),
        ("多选", "下列属于危险行为的有\n哪些？", "攀爬 绕行 跨越", "AC"),
        ("判断", "安全帽要系带吗？", "", "对"),
        ("单选", "有号的呢？", "行 不行", "A"),
    ]
    assert parsed.questions[0].explanation == "好取。\n好找。"
    assert [problem.reason for problem in parsed.problems] == ["这一行不属于任何试题：“安全知识题库”。"]


def test_every_paragraph_parted_by_an_empty_one() -> None:
    assert whole(
        *("甲？", "", "A. 左", "", "B. 右", "", "答案：A", ""),
        *("乙？", "", "A. 左", "", "B. 右", "", "答案：B"),
    ) == [("单选", "甲？", "左 右", "A"), ("单选", "乙？", "左 右", "B")]


def test_true_false_options_without_letters_or_with_them() -> None:
    assert whole(
        *("1. 甲", "对", "错", "答案：√"),
        *("2. 乙", "□对 □错", "答案：错误"),
        *("3. 丙", "A.正确  B.错误", "答案：B"),
        *("4. 丁", "A、错", "B、对", "答案：B"),
        *("5. 戊", "答案：F"),
    ) == [
        ("判断", "甲", "", "对"),
        ("判断", "乙", "", "错"),
        ("判断", "丙", "", "错"),
        ("判断", "丁", "", "对"),
        ("判断", "戊", "", "错"),
    ]


def test_kinds_in_brackets_at_the_stem_and_fields_that_other_systems_print() -> None:
    assert whole(
        *(
            "1. (单选题, 2分) 甲",
            "A. 左",
            "B. 右",
            "我的答案: A:左;",
            "正确答案: B:右;",
            "得分：0",
            "知识点：用电",
        ),
        *("2.【判断题】乙", "正确答案：错  答案解析：不是。"),
        *("3. 丙（ ）。（多选）", "A.上", "B.中", "C.下", "答案：A、C"),
        *("题型：单选题", "题干：丁", "A.来", "B.去", "答案：A", "难度：易  标签：公众"),
        *("题型：判断题", "题干：戊", "答案：对"),
    ) == [
        ("单选", "甲", "左 右", "B"),
        ("判断", "乙", "", "错"),
        ("多选", "丙（ ）。", "上 中 下", "AC"),
        ("单选", "丁", "来 去", "A"),
        ("判断", "戊", "", "对"),
    ]


def test_markdown_as_people_paste_it() -> None:
    parsed = read(
        written(
            *("## 一、单选题", "**1. 甲？**", "- A. 左", "- B. 右", "**答案：B**", "> 解析：靠右。", "---"),
            *("**2. 乙？**", "* A. 左", "* B. 右", "答案：A"),
        )
    )
    assert parsed.problems == ()
    assert [shown(question) for question in parsed.questions] == [
        ("单选", "甲？", "左 右", "B"),
        ("单选", "乙？", "左 右", "A"),
    ]
    assert parsed.questions[0].explanation == "靠右。"


def test_points_of_a_stem_are_no_questions() -> None:
    assert whole(
        *("1. 正确的是", "（1）慢走", "（2）快跑", "A.（1）", "B.（2）", "答案：A"),
        *("2. 危险的是", "①水②火", "③电", "A.①", "B.②③", "答案：B"),
        *("3. 先做哪件", "1.关窗", "2.断电", "A.1", "B.2", "答案：B"),
        *("5. 他违章了。", "问：怎么办？", "A.罚", "B.教", "答案：B"),
        *("6. 读材料。", "材料：门窄。", "A.拓宽", "B.不管", "答案：A", "解析：依据", "第三章 第五条"),
        *("7. 2024年新规要求几条出口", "A.1.5米宽一条", "B.两条", "答案：B", "解析：见图，", "1.5米不够。"),
    ) == [
        ("单选", "正确的是\n（1）慢走\n（2）快跑", "（1） （2）", "A"),
        ("单选", "危险的是\n①水②火\n③电", "① ②③", "B"),
        ("单选", "先做哪件\n1.关窗\n2.断电", "1 2", "B"),
        ("单选", "他违章了。\n问：怎么办？", "罚 教", "B"),
        ("单选", "读材料。\n材料：门窄。", "拓宽 不管", "A"),
        ("单选", "2024年新规要求几条出口", "1.5米宽一条 两条", "B"),
    ]


def test_sections_that_cannot_be_scored_are_rejected_by_name_and_swallow_nothing() -> None:
    parsed = read(
        written(
            *(
                "一、简答题(共2题)",
                "1. 谈谈用电。",
                "答案：",
                "1. 一点",
                "2. 两点",
                "2. 谈谈用火。",
                "答：略",
            ),
            *("二、排序题", "1. 先后？", "A.断电", "B.报警", "答案：AB"),
            *("三、论述题", "1. 论安全。", "四、判断题", "1. 好", "答案：对"),
        )
    )
    assert [shown(question) for question in parsed.questions] == [("判断", "好", "", "对")]
    assert [(problem.where, problem.reason) for problem in parsed.problems] == [
        ("第2段", "简答题不能自动评分，暂不支持。"),
        ("第6段", "简答题不能自动评分，暂不支持。"),
        ("第9段", "排序题不能自动评分，暂不支持。"),
        ("第14段", "论述题不能自动评分，暂不支持。"),
    ]
    assert all(problem.rejects and problem.raw for problem in parsed.problems)


def cases(parsed: ParsedQuestions) -> list[tuple[int, str, str]]:
    return [(question.case, question.case_stem, question.stem) for question in parsed.questions]


def test_cases_under_marks_of_every_form() -> None:
    asked = ("1. 先？", "A.报警", "B.围观", "答案：A", "2. 后？", "答案：对")
    parsed = read(
        written(
            *("案例一：仓库起火。", "门是锁的。", *asked),
            *("【案例】车间漏气。", *asked),
            *("（三）案例：井下冒水。", "（1）先？", "答案：对", "（2）后？", "答案：错"),
            *("材料：", "塔吊歪了。", *asked),
            *("四、案例分析题", "脚手架松了。", *asked),
            *("五、单选题", "1. 独立？", "A.是", "B.否", "答案：A"),
        )
    )
    assert parsed.problems == ()
    assert cases(parsed) == [
        (1, "仓库起火。\n门是锁的。", "先？"),
        (1, "仓库起火。\n门是锁的。", "后？"),
        (2, "车间漏气。", "先？"),
        (2, "车间漏气。", "后？"),
        (3, "井下冒水。", "先？"),
        (3, "井下冒水。", "后？"),
        (4, "塔吊歪了。", "先？"),
        (4, "塔吊歪了。", "后？"),
        (5, "脚手架松了。", "先？"),
        (5, "脚手架松了。", "后？"),
        (0, "", "独立？"),
    ]


def test_numbered_cases_with_numbered_questions_below_them() -> None:
    parsed = read(
        written(
            *(
                "三、案例题",
                "1. 仓库起火，",
                "（1）先？",
                "A.报警",
                "B.围观",
                "答案：A",
                "（2）后？",
                "答案：错",
            ),
            *("2. 车间漏气，", "（1）先？", "答案：对"),
        )
    )
    assert parsed.problems == ()
    assert cases(parsed) == [(1, "仓库起火，", "先？"), (1, "仓库起火，", "后？"), (2, "车间漏气，", "先？")]


def test_half_a_case_is_told_and_so_is_one_without_questions() -> None:
    parsed = read(
        written(
            "案例一：起火。",
            "1. 先？",
            "答案：对",
            "2. 后？",
            "A.左",
            "B.右",
            "案例二：漏气。",
            "一、判断题",
            "1. 好",
            "答案：对",
        )
    )
    assert [(problem.where, problem.reason, problem.rejects) for problem in parsed.problems] == [
        ("第2段", "同一案例中第4段的小题没有读懂。", False),
        ("第4段", "没有答案，请补上。", True),
        ("第7段", "这个案例下面没有读到小题。请检查小题的题号和答案。", True),
    ]
    lost = parsed.problems[2].raw
    assert lost is not None
    assert lost.case_stem == "漏气。"


def test_word_numbers_its_questions_and_options_by_itself() -> None:
    document = docx.Document()
    define_numbers(document, ("chineseCounting", "%1、"), ("decimal", "%2"), ("upperLetter", "%3"))
    for text, level in (
        *(("单选题", 0), ("甲", 1), ("左", 2), ("右", 2)),
        *(("答案：B", None), ("乙", 1), ("左", 2), ("右", 2), ("答案：A", None)),
        *(("判断题", 0), ("丙", 1), ("答案：错", None)),
    ):
        paragraph = document.add_paragraph(text)
        if level is not None:
            number(paragraph, level)
    assert whole_of(saved(document)) == [
        ("单选", "甲", "左 右", "B"),
        ("单选", "乙", "左 右", "A"),
        ("判断", "丙", "", "错"),
    ]


def test_numbers_of_styles_gaps_ticks_and_revisions() -> None:
    document = docx.Document()
    define_numbers(document, ("decimal", "（%1）"))
    numbered_style(document, "Ti", 1)
    document.add_paragraph("判断题")
    styled(document, "通道要畅通。", "Ti")
    add(document, run("答案："), '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
    document.add_paragraph("填空题")
    add(document, run("1. 遇火先"), run("      ", '<w:u w:val="single"/>'), run("，再撤离。"))
    document.add_paragraph("答案：报警")
    document.add_paragraph("单选题")
    add(
        document,
        run("1. 应走"),
        '<w:del w:id="1" w:author="a"><w:r><w:delText>电梯</w:delText></w:r></w:del>',
        f'<w:ins w:id="2" w:author="a">{run("哪里")}</w:ins>',
        run("答案是楼梯", "<w:vanish/>"),
    )
    add(document, run("A.电梯"), "<w:r><w:br/></w:r>", run("B.\u00a0楼梯"))
    document.add_paragraph("答案：B")
    assert whole_of(saved(document)) == [
        ("判断", "通道要畅通。", "", "对"),
        ("填空", "遇火先____，再撤离。", "", "报警"),
        ("单选", "应走哪里", "电梯 楼梯", "B"),
    ]


def with_picture() -> Word:
    document = docx.Document()
    add(document, run("1. 看图"), "<w:r><w:drawing/></w:r>")
    document.add_paragraph("答案：对")
    document.add_paragraph("2. 选图")
    add(document, run("A."), "<w:r><w:drawing/></w:r>")
    document.add_paragraph("B. 乙")
    document.add_paragraph("答案：B")
    add(document, run("3. 留下"), run("划掉", "<w:strike/>"))
    document.add_paragraph("答案：对")
    return document


def test_pictures_and_struck_text_are_told_where_they_stood() -> None:
    parsed = read(saved(with_picture()))
    assert (parsed.found, parsed.good, parsed.warned, parsed.rejected) == (3, 0, 2, 1)
    assert [problem.reason for problem in parsed.problems] == [
        "题中有图片、公式或特殊符号，没有导入。",
        "有空白选项。题中有图片、公式或特殊符号，没有导入。",
        "题中有划掉的文字，没有导入。",
    ]


def test_chapters_and_topics_are_no_part_of_a_question() -> None:
    parsed = read(
        written(
            *(
                "第一章 总则",
                "一、判断题",
                "1. 甲",
                "答案：对",
                "第二章 用电",
                "一、判断题",
                "1. 乙",
                "答案：错",
            ),
            *(
                "单选题",
                "一、消防",
                "1. 丙",
                "A.左",
                "B.右",
                "答案：A",
                "二、交通",
                "1. 丁",
                "A.左",
                "B.右",
                "答案：A",
            ),
        )
    )
    assert parsed.problems == ()
    assert [(question.stem, question.chapter, question.kind) for question in parsed.questions] == [
        ("甲", "第一章 总则", Kind.TRUE_FALSE),
        ("乙", "第二章 用电", Kind.TRUE_FALSE),
        ("丙", "一、消防", Kind.SINGLE),
        ("丁", "二、交通", Kind.SINGLE),
    ]


def test_options_out_of_order_carry_what_was_read_each_in_its_place() -> None:
    parsed = read(
        written("1. 甲", "A.左", "C.上", "B.右", "答案：A", "答案：B", "2. 乙", "A.左", "C.上", "答案：A")
    )
    first, second = (problem.raw for problem in parsed.problems)
    assert first is not None
    assert second is not None
    assert (first.stem, first.options, first.answer) == ("甲", ("左", "右", "上"), "A\n或 B")
    assert second.options == ("左", "", "上")
    assert "“答案”出现了两次" in parsed.problems[0].reason


def test_blanks_of_several_gaps_in_any_order() -> None:
    parsed = read(
        written(
            *("填空题", "1. 罚款（　）元、（ ）年", "答案：五万|5万；三", "顺序：不分先后"),
            *("2. ____和____", "答案：（1）甲（2）乙", "3. 有哪些？", "答案：甲；乙"),
        )
    )
    assert parsed.problems == ()
    assert [shown(question) for question in parsed.questions] == [
        ("填空", "罚款____元、____年", "", "五万|5万；三"),
        ("填空", "____和____", "", "甲；乙"),
        ("填空", "有哪些？____、____", "", "甲；乙"),
    ]
    assert [question.gaps_in_order for question in parsed.questions] == [False, True, False]


def test_a_question_with_its_kind_before_it_is_no_heading() -> None:
    assert whole(
        *("一、案例题", "案例一", "清淤的人晕倒。", "回答下列问题："),
        *("1.（单选）本起事故的原因是（ B ）。", "A.天热  B.未通风"),
        *("2.（单选）一个班应设几名监护人？", "A.一名", "B.两名", "答案：A"),
        *("3.（判断）每次下池都应检测。（ √ ）", "案例二", "起火了。"),
        *(
            "1.【判断题】请勿带电池上楼。（×）",
            "二、【单选题】每题2分",
            "1. 先断？",
            "A.电",
            "B.水",
            "答案：A",
        ),
    ) == [
        ("单选", "本起事故的原因是（　）。", "天热 未通风", "B"),
        ("单选", "一个班应设几名监护人？", "一名 两名", "A"),
        ("判断", "每次下池都应检测。（　）", "", "对"),
        ("判断", "请勿带电池上楼。（　）", "", "错"),
        ("单选", "先断？", "电 水", "A"),
    ]


def test_signs_that_a_web_page_spells_are_shown() -> None:
    assert whole(
        *("１．温度&gt;37℃时，&quot;中暑&quot;者应&nbsp;（　）", "Ａ．移开；Ｂ．饮酒；Ｃ．AT&T;", "答案：Ａ"),
    ) == [("单选", '温度>37℃时，"中暑"者应 （　）', "移开 饮酒 AT&T", "A")]


def test_letters_may_be_followed_by_why_in_brackets() -> None:
    parsed = read(written("1。哪句错？", "A.甲", "B.乙", "答案：B（乙类是液体）", "2。对吗？", "答案：错"))
    assert [(*shown(one), one.explanation) for one in parsed.questions] == [
        ("单选", "哪句错？", "甲 乙", "B", "乙类是液体"),
        ("判断", "对吗？", "", "错", ""),
    ]
