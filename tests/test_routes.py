"""Guards over every endpoint: what it declares, how it is spelled, what it shows."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from quizapp.accounts.permissions import DECLARATION, OF_BUREAU
from quizapp.accounts.roles import Role
from quizapp.config import ROOT
from tests.factories import (
    PASSWORD,
    make_campaign,
    make_channel,
    make_indicators,
    make_ledger_import,
    make_numbers_of_activity_pages,
    make_numbers_of_bank_pages,
    make_numbers_of_movement_pages,
    make_release,
    make_unit,
    make_user,
)
from tests.pages import Visitor

#: Endpoints that answer with no page of their own.
FILES_OF_STAFF = {
    "campaigns.channel_qr",
    "questions.bank_template",
    "questions.import_progress",
    "reports.close_progress",
    "ledgers.template",
    "ledgers.import_progress",
    "publicity.photo",
}

#: Endpoints of Flask and Bootstrap-Flask that serve files of our own host.
FILES = {"static", "bootstrap.static"}

PUBLIC = "public"
ANY_ROLE = frozenset(Role)
ORGANISING = frozenset({Role.ADMINISTRATOR, Role.ORGANISER})
READING_FIGURES = frozenset({Role.ADMINISTRATOR, Role.REVIEWER, Role.ORGANISER, Role.AUDITOR})
READING = ANY_ROLE - {Role.PUBLICIST, Role.AUDITOR}
REVIEWING = frozenset({Role.ADMINISTRATOR, Role.BANK_EDITOR, Role.REVIEWER})
KEEPING_BANKS = frozenset({Role.ADMINISTRATOR, Role.BANK_EDITOR})
RECORDING = frozenset({Role.ADMINISTRATOR, Role.PUBLICIST})
REVIEWING_RECORDS = frozenset({Role.ADMINISTRATOR, Role.REVIEWER})
READING_RECORDS = ANY_ROLE - {Role.BANK_EDITOR}
READING_FIGURES = READING_RECORDS - {Role.PUBLICIST}
ENTERING_FIGURES = READING_FIGURES - {Role.AUDITOR}

#: Who may use what. A new endpoint fails the test until it stands here.
ALLOWED: dict[str, str | frozenset[Role]] = {
    "accounts.home": PUBLIC,
    "accounts.login": PUBLIC,
    "accounts.logout": PUBLIC,
    "accounts.password": ANY_ROLE,
    "accounts.users": frozenset({Role.ADMINISTRATOR}),
    "accounts.new_user": frozenset({Role.ADMINISTRATOR}),
    "accounts.user": frozenset({Role.ADMINISTRATOR}),
    "accounts.give_posting": frozenset({Role.ADMINISTRATOR}),
    "accounts.take_posting": frozenset({Role.ADMINISTRATOR}),
    "accounts.deactivate_user": frozenset({Role.ADMINISTRATOR}),
    "accounts.reset_password": frozenset({Role.ADMINISTRATOR}),
    "accounts.units": frozenset({Role.ADMINISTRATOR}),
    "accounts.new_unit": frozenset({Role.ADMINISTRATOR}),
    "accounts.unit": frozenset({Role.ADMINISTRATOR}),
    "accounts.remove_unit": frozenset({Role.ADMINISTRATOR}),
    "ledgers.upload": ANY_ROLE,
    "ledgers.template": ANY_ROLE,
    "ledgers.preview_import": ANY_ROLE,
    "ledgers.import_progress": ANY_ROLE,
    "ledgers.map_columns": ANY_ROLE,
    "ledgers.mend_row": ANY_ROLE,
    "ledgers.exclude_rows": ANY_ROLE,
    "ledgers.confirm_import": ANY_ROLE,
    "ledgers.undo_import": ANY_ROLE,
    "ledgers.discard_import": ANY_ROLE,
    "laws.laws": ANY_ROLE,
    "laws.import_law": KEEPING_BANKS,
    "laws.version": ANY_ROLE,
    "laws.changes": ANY_ROLE,
    "questions.banks": READING,
    "questions.bank": READING,
    "questions.new_bank": KEEPING_BANKS,
    "questions.bank_members": frozenset({Role.ADMINISTRATOR}),
    "questions.review_questions": REVIEWING,
    "questions.export_bank": REVIEWING,
    "questions.bank_template": READING,
    "questions.question": READING,
    "questions.edit_question": KEEPING_BANKS,
    "questions.review_question": REVIEWING,
    "questions.retire_question": REVIEWING,
    "questions.restore_question": REVIEWING,
    "questions.upload": KEEPING_BANKS,
    "questions.preview_import": KEEPING_BANKS,
    "questions.import_progress": KEEPING_BANKS,
    "questions.map_columns": KEEPING_BANKS,
    "questions.mend_question": KEEPING_BANKS,
    "questions.accept_guesses": KEEPING_BANKS,
    "questions.decide_repeats": KEEPING_BANKS,
    "questions.confirm_import": KEEPING_BANKS,
    "questions.undo_import": KEEPING_BANKS,
    "questions.discard_import": KEEPING_BANKS,
    "questions.rechecks": REVIEWING,
    "questions.version_rechecks": REVIEWING,
    "questions.settle_recheck": REVIEWING,
    "questions.renumber_recheck": KEEPING_BANKS,
    "questions.renumber_moved": KEEPING_BANKS,
    "campaigns.scan": PUBLIC,
    "campaigns.campaigns": ORGANISING,
    "campaigns.new_campaign": ORGANISING,
    "campaigns.campaign": ORGANISING,
    "campaigns.edit_campaign": ORGANISING,
    "campaigns.publish": ORGANISING,
    "campaigns.new_channel": ORGANISING,
    "campaigns.channel": ORGANISING,
    "campaigns.channel_qr": ORGANISING,
    "attempts.start_attempt": PUBLIC,
    "attempts.paper": PUBLIC,
    "attempts.submit_attempt": PUBLIC,
    "attempts.result": PUBLIC,
    "publicity.submit_record": RECORDING,
    "publicity.take_back_record": RECORDING,
    "publicity.delete_record": RECORDING,
    "publicity.void_record": RECORDING,
    "publicity.confirm_record": REVIEWING_RECORDS,
    "publicity.return_record": REVIEWING_RECORDS,
    "publicity.reviews": REVIEWING_RECORDS,
    "publicity.confirm_records": REVIEWING_RECORDS,
    "publicity.amendments": READING_RECORDS,
    "publicity.amendment": READING_RECORDS,
    "publicity.confirm_amendment": REVIEWING_RECORDS,
    "publicity.return_amendment": REVIEWING_RECORDS,
    "publicity.activities": READING_RECORDS,
    "publicity.activity": READING_RECORDS,
    "publicity.new_activity": RECORDING,
    "publicity.edit_activity": RECORDING,
    "publicity.copy_activities": RECORDING,
    "publicity.export_activities": READING_RECORDS,
    "publicity.photo": READING_RECORDS,
    "publicity.add_photos": RECORDING,
    "publicity.delete_photo": RECORDING,
    "publicity.activity_kinds": frozenset({Role.ADMINISTRATOR}),
    "publicity.new_activity_kind": frozenset({Role.ADMINISTRATOR}),
    "publicity.edit_activity_kind": frozenset({Role.ADMINISTRATOR}),
    "publicity.move_activity_kind": frozenset({Role.ADMINISTRATOR}),
    "publicity.materials": READING_RECORDS,
    "publicity.stock_history": READING_RECORDS,
    "publicity.movements": READING_RECORDS,
    "publicity.movement": READING_RECORDS,
    "publicity.export_movements": READING_RECORDS,
    "publicity.new_movement": RECORDING,
    "publicity.take_back_movement": RECORDING,
    "publicity.waiting_movements": REVIEWING_RECORDS,
    "publicity.confirm_movements": REVIEWING_RECORDS,
    "publicity.material_kinds": frozenset({Role.ADMINISTRATOR}),
    "publicity.new_material_kind": frozenset({Role.ADMINISTRATOR}),
    "publicity.edit_material_kind": frozenset({Role.ADMINISTRATOR}),
    "publicity.releases": READING_RECORDS,
    "publicity.release": READING_RECORDS,
    "publicity.new_release": RECORDING,
    "publicity.edit_release": RECORDING,
    "publicity.export_releases": READING_RECORDS,
    "publicity.targets": READING_RECORDS,
    "publicity.edit_targets": frozenset({Role.ADMINISTRATOR}),
    "publicity.copy_targets": frozenset({Role.ADMINISTRATOR}),
    "publicity.export_targets": READING_RECORDS,
    "reports.counts": ORGANISING,
    "reports.export_counts": ORGANISING,
    "reports.latest_annual": READING_FIGURES,
    "reports.annual": READING_FIGURES,
    "reports.download_annual": READING_FIGURES,
    "reports.close_year": frozenset({Role.ADMINISTRATOR}),
    "reports.close_progress": READING_FIGURES,
    "reports.report_template": frozenset({Role.ADMINISTRATOR}),
    "reports.download_template": frozenset({Role.ADMINISTRATOR}),
    "reports.restore_template": frozenset({Role.ADMINISTRATOR}),
    "reports.periods": ANY_ROLE - {Role.BANK_EDITOR},
    "reports.download_periods": ANY_ROLE - {Role.BANK_EDITOR},
    "reports.campaign_summary": ORGANISING,
    "reports.figures": READING_FIGURES,
    "reports.figure": READING_FIGURES,
    "reports.enter_figures": ENTERING_FIGURES,
    "reports.indicators": READING_FIGURES,
    "reports.new_indicator": frozenset({Role.ADMINISTRATOR}),
    "reports.edit_indicator": frozenset({Role.ADMINISTRATOR}),
    "reports.retire_indicator": frozenset({Role.ADMINISTRATOR}),
    "reports.restore_indicator": frozenset({Role.ADMINISTRATOR}),
}


#: What is the whole county's: there a role counts only in the bureau, but for those that stand here.
COUNTYWIDE = {
    **{endpoint: frozenset[Role]() for endpoint in ALLOWED if endpoint.startswith("questions.")},
    "questions.banks": ORGANISING,
    "questions.bank": ORGANISING,
    "questions.question": ORGANISING,
    "questions.bank_template": ORGANISING,
    "laws.import_law": frozenset[Role](),
    "publicity.activity_kinds": frozenset[Role](),
    "publicity.new_activity_kind": frozenset[Role](),
    "publicity.edit_activity_kind": frozenset[Role](),
    "publicity.move_activity_kind": frozenset[Role](),
    **{endpoint: frozenset[Role]() for endpoint in ALLOWED if "material_kind" in endpoint},
    **{endpoint: frozenset[Role]() for endpoint in ALLOWED if endpoint.startswith("reports.")},
}
for _within_reach in ("counts", "export_counts", "campaign_summary", "periods", "download_periods"):
    del COUNTYWIDE[f"reports.{_within_reach}"]
#: Which of the roles finds something there, the fetch decides: by the ledger, and by who brought the file.
EACH_THEIR_OWN = {endpoint for endpoint in ALLOWED if endpoint.startswith("ledgers.")}
#: Once done by the first, there is nothing left for the next.
ONCE = {"publicity.delete_photo", "publicity.delete_record"}


def rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint not in FILES)


def test_every_endpoint_declares_its_permission_as_the_table_says(app: Flask) -> None:
    declared = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], DECLARATION, None) for rule in rules(app)
    }
    assert declared == ALLOWED


def test_what_is_the_whole_countys_needs_a_role_in_the_bureau(app: Flask) -> None:
    for rule in rules(app):
        of_bureau = getattr(app.view_functions[rule.endpoint], OF_BUREAU, frozenset[Role]())
        allowed = frozenset(ALLOWED[rule.endpoint])
        if rule.endpoint in COUNTYWIDE:
            assert of_bureau == allowed - COUNTYWIDE[rule.endpoint], rule.endpoint
        else:
            assert not of_bureau, f"{rule.endpoint} is to stand in COUNTYWIDE"


def test_addresses_are_in_kebab_case(app: Flask) -> None:
    for rule in rules(app):
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.-]*", fixed), rule.rule


def test_templates_and_endpoints_bear_the_same_names(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in rules(app)}
    shown_after_a_post = {"accounts.first_password"}
    for path in (ROOT / "templates").glob("*/*.html"):
        if path.parent.name not in {"components", "errors"}:
            assert f"{path.parent.name}.{path.stem}" in endpoints | shown_after_a_post


def address_of(rule: Rule, app: Flask) -> str:
    channel = make_channel(make_campaign())
    make_indicators()
    values = {
        "campaign_id": channel.campaign_id,
        "channel_id": channel.id,
        "bank_id": 1,
        "user_id": 1,
        "role": Role.ORGANISER,
        **make_numbers_of_bank_pages(),
        "key": "drills" if rule.endpoint.startswith("reports.") else "units",
        "year": 2025,
        "ledger_import_id": make_ledger_import().id,
        "row_number": 1,
        **make_numbers_of_activity_pages(),
        "release_id": make_release().id,
        "code": channel.code,
        "number": 1,
        **make_numbers_of_movement_pages(),
        "form": "png",
        "name": "xlsx",
        "ending": "xlsx",
        "which": "ours",
    }
    if rule.endpoint.startswith("accounts."):
        values["unit_id"] = make_unit().id  # one that holds nothing
    with app.test_request_context():
        return app.url_map.bind("localhost").build(
            rule.endpoint, {name: values[name] for name in rule.arguments}
        )


STAFF_ENDPOINTS = sorted(endpoint for endpoint, allowed in ALLOWED.items() if allowed != PUBLIC)


@pytest.mark.parametrize("endpoint", STAFF_ENDPOINTS)
def test_a_stranger_is_sent_to_log_in_and_another_role_is_refused(
    app: Flask, visitor: Callable[[], Visitor], endpoint: str
) -> None:
    rule = next(rule for rule in rules(app) if rule.endpoint == endpoint)
    address = address_of(rule, app)
    stranger = visitor()
    token = stranger.open("/login").form().values["csrf_token"][0]
    people: dict[Role | None, Visitor] = {None: stranger}
    for role in Role:
        make_user(role.value, role)
        people[role] = visitor()
        people[role].log_in(role.value, PASSWORD)
    for who, person in people.items():
        form_token = person.open("/login").forms[-1].values["csrf_token"][0] if who else token
        if "GET" in (rule.methods or ()):
            response = person.client.get(address)
        else:
            response = person.client.post(address, data={"csrf_token": form_token})
        if who is None:
            assert response.status_code == 302
            assert "/login" in response.headers["Location"]
        elif who in ALLOWED[endpoint]:
            may_be_absent = endpoint in EACH_THEIR_OWN | ONCE and who is not Role.ADMINISTRATOR
            assert response.status_code in ({200, 302, 404} if may_be_absent else {200, 302})
        else:
            assert response.status_code == 403


def test_pages_have_one_heading_that_their_title_begins_with_and_no_id_twice(
    app: Flask, visitor: Callable[[], Visitor]
) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    person = visitor()
    person.log_in("boss", PASSWORD)
    for rule in rules(app):
        if "GET" not in (rule.methods or ()) or rule.endpoint in FILES_OF_STAFF:
            continue
        page = person.open(address_of(rule, app))
        html = page.response.get_data(as_text=True)
        headings = re.findall(r"<h1>(.*?)</h1>", html, re.DOTALL)
        title = re.findall(r"<title>(.*?)</title>", html)[0]
        assert 'lang="zh-CN"' in html
        assert len(page.ids) == len(set(page.ids)), rule.endpoint
        if rule.endpoint != "attempts.paper":
            assert len(headings) == 1, rule.endpoint
            heading = re.sub(r"<[^>]+>", "", headings[0]).split()[0]
            assert heading in title, rule.endpoint
