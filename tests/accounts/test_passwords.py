import pytest

from quizapp.accounts.passwords import complaint_about, hash_password, initial_password, verify_password


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("Short-1", "至少 10 位"),
        ("alllowercase1", "至少三类"),
        ("Zhang-12345678", "不能包含用户名"),
        ("Correct-horse", None),
        ("正确的密码Abc123", None),
    ],
)
def test_a_password_needs_length_three_classes_and_no_name(password: str, complaint: str | None) -> None:
    found = complaint_about(password, "zhang")
    assert (complaint in found) if complaint and found else found == complaint


def test_passwords_are_kept_as_argon2id_and_verify() -> None:
    stored = hash_password("Correct-horse-9")
    assert stored.startswith("$argon2id$")
    assert verify_password(stored, "Correct-horse-9")
    assert not verify_password(stored, "Correct-horse-8")


def test_nobody_has_a_password_that_verifies() -> None:
    assert not verify_password(None, "anything")
    assert not verify_password("not a hash", "anything")


def test_first_passwords_meet_the_rules_and_differ() -> None:
    passwords = {initial_password() for _ in range(20)}
    assert len(passwords) == 20
    assert all(complaint_about(password, "") is None for password in passwords)
