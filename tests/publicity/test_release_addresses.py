"""What may become a link, which addresses lead to the same page, and when two releases may be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.publicity.releases.addresses import find_address, fold_address, is_link
from quizapp.publicity.releases.duplicates import key_of_address, key_of_title

SAME = [
    "https://www.news.example/a/1",
    "http://news.example/a/1/",
    "HTTPS://WWW.NEWS.EXAMPLE:443/A/1",
    "https://news.example/a/1?utm_source=x&UTM_medium=y",
    "https://news.example/a/1?from=timeline&isappinstalled=0&share_token=9#top",
    " https://news.example/%61/1 ",
]
OTHERS = [
    "https://news.example/a/2",
    "https://news.example/a/1?id=2",
    "https://news.example/a/1#/page/2",
    "https://news.example:8080/a/1",
    "https://m.news.example/a/1",
    "",
]


def test_what_sharing_adds_does_not_make_another_address() -> None:
    assert {fold_address(address) for address in SAME} == {fold_address(SAME[0])}
    assert len({fold_address(address) for address in [SAME[0], *OTHERS]}) == 1 + len(OTHERS)


def test_parameters_count_in_any_order() -> None:
    assert fold_address("https://a.example/x?b=2&a=1") == fold_address("https://a.example/x?a=1&b=2")


def test_an_article_of_a_wechat_account_is_known_by_what_names_it() -> None:
    shared = "https://mp.weixin.qq.com/s?__biz=MzA&mid=1&idx=1&sn=ab&chksm=99&scene=21#wechat_redirect"
    assert fold_address(shared) == fold_address("http://mp.weixin.qq.com/s?sn=ab&__biz=MzA&idx=1&mid=1")
    assert fold_address(shared) != fold_address("https://mp.weixin.qq.com/s?__biz=MzA&mid=1&idx=2&sn=ab")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://a.example/1", "https://a.example/1"),
        ("【宣讲进校园】https://a.example/1 复制后打开", "https://a.example/1"),
        ("标题“https://a.example/1”，请看。", "https://a.example/1"),
        ("a.example/1", "https://a.example/1"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("https://a.example/1 https://a.example/2", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://a.example/1", None),
        ("https://", None),
        ("http://[bad", None),
        ("http://a.example:port/", None),
        ("见附件", None),
        ("", None),
    ],
)
def test_the_one_address_in_a_text_is_found(text: str, found: str | None) -> None:
    assert find_address(text) == found


@given(st.text() | st.from_regex(r"\A(javascript|data|https?|HTTP|vbscript)[:/\\\s]{0,4}.{0,40}\Z"))
def test_whatever_is_typed_only_http_becomes_a_link(text: str) -> None:
    found = find_address(text)
    if found is not None:
        assert is_link(found)
        assert found.lower().startswith(("http://", "https://"))
        assert not any(sign in found for sign in "<>\"' \t\r\n")
    assert len(key_of_title(text, text)) == 64
    key = key_of_address(text)
    assert key == key_of_address(f" {text} ") or not text.strip()


def test_a_title_is_the_same_whatever_its_width_case_spaces_and_signs() -> None:
    same = {
        key_of_title("安全生产法：宣讲 A1", "试验日报"),
        key_of_title("《安全生产法》宣讲ａ１", "试验 日报"),
    }
    assert len(same) == 1
    assert key_of_title("安全生产法宣讲", "试验晚报") not in same
    assert key_of_title("。", "甲") != key_of_title("！", "甲")
    assert key_of_title("甲乙", "丙") != key_of_title("甲", "乙丙")


def test_without_an_address_there_is_no_key_of_one() -> None:
    assert key_of_address("") is None
    assert key_of_address("  ") is None
    assert key_of_address("报纸第三版") == key_of_address(" 报纸第三版")
