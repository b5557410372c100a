import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.config import ROOT
from quizapp.laws.citations import Citation, find_citations, law_name, read_citations
from quizapp.questions.importers.files import read_file


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("《安全生产法》第三条第二款", [Citation("安全生产法", 3, 2)]),
        ("《中华人民共和国安全生产法》第一百一十九条", [Citation("安全生产法", 119)]),
        ("《安全生产法》第21条第（一）项", [Citation("安全生产法", 21, None, 1)]),
        ("《突发事件应对法》第七十三条第一款第二项。", [Citation("突发事件应对法", 73, 1, 2)]),
        ("《安全生产法》第五条、第二十一条", [Citation("安全生产法", 5), Citation("安全生产法", 21)]),
        (
            "依据《安全生产法》第五条和《突发事件应对法》第六条的规定",
            [Citation("安全生产法", 5), Citation("突发事件应对法", 6)],
        ),
        ("《安全生产法》第五条；《安全生产法》第五条", [Citation("安全生产法", 5)]),
    ],
)
def test_citations_are_read_in_their_order(text: str, citations: list[Citation]) -> None:
    read = read_citations(text)
    assert list(read.citations) == citations
    assert read.unread == ""


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("安全生产法第三条", "安全生产法第三条"),
        ("《安全生产法》", "《安全生产法》"),
        ("《安全生产法》第零条", "《安全生产法》第零条"),
        ("《安全生产法》第三条（详见教材）", "详见教材"),
    ],
)
def test_what_is_not_a_citation_is_given_back(text: str, unread: str) -> None:
    assert read_citations(text).unread == unread


@given(
    st.builds(
        Citation,
        law=st.sampled_from(["安全生产法", "突发事件应对法"]),
        article=st.integers(1, 300),
        paragraph=st.none() | st.integers(1, 20),
        item=st.none() | st.integers(1, 20),
    )
)
def test_a_written_citation_reads_back_the_same(citation: Citation) -> None:
    assert read_citations(str(citation)) == read_citations(str(read_citations(str(citation)).citations[0]))
    assert read_citations(str(citation)).citations == (citation,)
    assert Citation(*citation.as_list()) == citation  # type: ignore[arg-type]


@given(st.text(alphabet="《》第条款项安全生产法一二十百0123 （）、，x", max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(citation.article > 0 for citation in read_citations(text).citations)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("依据《行政处罚法》，第三条说得明白。", "《行政处罚法》第三条"),
        (
            "根据《中华人民共和国安全生产法》第四十二条第二款、第四十三条的规定，应当选B。",
            "《安全生产法》第四十二条第二款 《安全生产法》第四十三条",
        ),
        ("参见《突发事件应对法》（2024年修订）第12条。", "《突发事件应对法》第十二条"),
        ("《安全生产法（2021年修正）》第１２条", "《安全生产法》第十二条"),
        (
            "《安全生产法》第三十条至第三十二条",
            "《安全生产法》第三十条 《安全生产法》第三十一条 《安全生产法》第三十二条",
        ),
        (
            "《安全生产法》第80-82条",
            "《安全生产法》第八十条 《安全生产法》第八十一条 《安全生产法》第八十二条",
        ),
        # A span that long is no list of what a question rests on.
        ("《安全生产法》第一条至第一百条", "《安全生产法》第一条 《安全生产法》第一百条"),
        ("《安全生产法》第七十一、七十二条", "《安全生产法》第七十一条 《安全生产法》第七十二条"),
        (
            "《安全生产法》第五条第一款和第二款",
            "《安全生产法》第五条第一款 《安全生产法》第五条第二款",
        ),
        (
            "《安全生产法》第二十一条第（一）、（三）项",
            "《安全生产法》第二十一条第一项 《安全生产法》第二十一条第三项",
        ),
        (
            "《安全生产法》第114条第1款第（三）项、第四项",
            "《安全生产法》第一百一十四条第一款第三项 《安全生产法》第一百一十四条第一款第四项",
        ),
        (
            "《安全生产法》第五条规定如此，《突发事件应对法》第六条另有规定，同时第七条也适用。",
            "《安全生产法》第五条 《突发事件应对法》第六条 《突发事件应对法》第七条",
        ),
        ("《行政处罚法》，四十二条 共有三条程序", "《行政处罚法》第四十二条"),
        ("安全生产法第二十一条规定，主要负责人负责。", "《安全生产法》第二十一条"),
        ("应当依照中华人民共和国刑法第一百三十四条处理", "《刑法》第一百三十四条"),
        # What an explanation quotes refers to other articles of the same law, or of others.
        (
            "《行政处罚法》第十四条 本法第九条、第十条以及第十三条另有安排。",
            "《行政处罚法》第十四条",
        ),
        (
            "《行政强制法》第三十条 应当履行触犯国家赔偿法第二条的",
            "《行政强制法》第三十条 《国家赔偿法》第二条",
        ),
        ("《行政强制法》第三十条 按国家赔偿法第二条赔偿", "《行政强制法》第三十条"),
        ("《安全生产法》对此有规定：本法第二十一条。", "《安全生产法》第二十一条"),
        ("《安全生产法》明确，未取得《许可证》的，按第九条处理", "《安全生产法》第九条"),
        # Articles of another document that is named after the law.
        ("最高人民法院《行政诉讼法》的若干问题的解释，第十四条", ""),
        ("《安全生产法》实施条例第三条", ""),
        ("《关于修改〈安全生产法〉的决定》和《刑法》第一百二十条之一", ""),
        ("一条措施、第三条道路，没有法律", ""),
        ("《安全生产法》没有提到条款", ""),
        ("《安全生产法》第九千九千条", ""),
    ],
)
def test_citations_are_found_in_running_text(text: str, written: str) -> None:
    assert " ".join(map(str, find_citations(text))) == written


def test_a_name_is_kept_without_state_spaces_and_edition() -> None:
    for name in ("中华人民共和国 安全生产法", "《安全生产法》（2021年修正）", "安全生产法(2021修正)"):
        assert law_name(name) == "安全生产法"
    assert law_name("试验管理办法（试行）") == "试验管理办法（试行）"


@given(st.text(alphabet="《》第条款项之至、安全生产法本的九十百千01９ （）依据，。\n", max_size=80))
def test_citations_are_sought_in_any_text_without_an_error(text: str) -> None:
    found = find_citations(text)
    assert len(set(found)) == len(found)
    assert all(citation.article > 0 and 0 not in (citation.paragraph, citation.item) for citation in found)
    assert all(read_citations(str(citation)).citations == (citation,) for citation in found)


@given(st.builds(Citation, st.just("安全生产法"), st.integers(1, 300), st.none() | st.integers(1, 20)))
def test_a_written_citation_is_found_in_a_sentence(citation: Citation) -> None:
    assert find_citations(f"依据{citation}的规定，选A。") == (citation,)


@pytest.mark.parametrize(
    "piece", ["《", "第", "第一条、", "《法》", "一、", "依据", "第一款", "（一", "安全", "法", "至"]
)
def test_citations_are_sought_in_long_text_in_good_time(piece: str) -> None:
    """A million characters; no test has a clock, a hang shows."""
    assert len(find_citations("《安全生产法》第一条" + piece * (1_000_000 // len(piece)))) <= 1


def test_nearly_every_explanation_of_a_real_bank_gives_its_article() -> None:
    """Of the other eleven, two name no article, one no law, eight an interpretation of the court."""
    file = ROOT.parent / "shared" / "banks" / "zhifa2017_single.docx"
    if not file.is_file():
        assert os.environ.get("CI") != "true", f"{file} is missing"
        pytest.skip("the banks of other systems are not on this machine")
    explanations = [question.explanation for question in read_file(file.read_bytes()).questions]
    assert sum(bool(find_citations(explanation)) for explanation in explanations) == 357
