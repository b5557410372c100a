import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.laws.citations import Citation, read_citations


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
