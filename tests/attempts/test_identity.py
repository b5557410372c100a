from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from quizapp.attempts.identity import Basis, participant_id

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


def test_the_id_is_the_first_half_of_a_known_hmac() -> None:
    """Computed by: printf 'device:phone' | openssl dgst -sha256 -hmac $(printf 'k%.0s' {1..32})."""
    expected = UUID("ad112d19-19d7-cacd-2dec-d59a42b1beee")
    assert participant_id(KEY, Basis.DEVICE, "phone") == expected


@given(st.text(), st.text())
def test_one_identity_has_one_id_in_a_campaign_and_another_in_the_next(first: str, second: str) -> None:
    assert participant_id(KEY, Basis.DEVICE, first) == participant_id(KEY, Basis.DEVICE, first)
    assert participant_id(KEY, Basis.DEVICE, first) != participant_id(OTHER_KEY, Basis.DEVICE, first)
    same = participant_id(KEY, Basis.DEVICE, first) == participant_id(KEY, Basis.DEVICE, second)
    assert same == (first == second)
