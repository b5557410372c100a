import pytest

from quizapp.core.network import local_address, reach_of, truncate_address


@pytest.mark.parametrize(
    ("host", "reach"),
    [
        ("localhost", "loopback"),
        ("127.0.0.1", "loopback"),
        ("[::1]", "loopback"),
        ("192.168.1.20", "private"),
        ("10.2.3.4", "private"),
        ("fd00::1", "private"),
        ("server", "private"),
        ("8.8.8.8", "public"),
        ("quiz.example.gov.cn", "public"),
    ],
)
def test_reach_says_who_could_open_a_code(host: str, reach: str) -> None:
    assert reach_of(host) == reach


def test_this_machine_has_an_address() -> None:
    assert local_address().count(".") == 3


def test_only_the_network_of_an_address_is_kept() -> None:
    assert truncate_address("203.0.113.77") == "203.0.113.0/24"
    assert truncate_address("2001:db8:1:2:3::4") == "2001:db8:1::/48"
    assert truncate_address("not an address") is None
    assert truncate_address(None) is None
