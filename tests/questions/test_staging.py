"""An import from the file to the bank and back, as the services see it."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, update

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.core.jobs.models import Job
from quizapp.core.jobs.queries import find_latest_job
from quizapp.extensions import db
from quizapp.questions import editing
from quizapp.questions import queries as bank_queries
from quizapp.questions.editing import add_question
from quizapp.questions.models import Bank, Question, QuestionRevision
from quizapp.questions.parsed import ParsedQuestion
from quizapp.questions.queries import count_questions_by_state, list_history
from quizapp.questions.staging import confirming, mending, queries, reading
from quizapp.questions.staging.mending import NoSuchChoice, NotInPreview
from quizapp.questions.staging.models import BankImport, ImportState
from quizapp.questions.staging.standing import Decision, Standing, read_raw
from quizapp.questions.validation import understand
from quizapp.questions.workflow import State
from quizapp.questions.writing import write_raw_question
from tests.factories import make_bank, make_campaign, make_user
from tests.questions.importing import TEXT, bring, confirm, fresh, run_jobs, staged


def editor_and_bank() -> tuple[User, Bank]:
    return make_user("li", Role.BANK_EDITOR), make_bank(0, 0, 0, name="消防")


def standings(begun: BankImport) -> list[str]:
    return [one.standing for one in staged(begun)]


def test_a_file_is_staged_whole_and_the_bank_stays_empty(app: Flask) -> None:
    actor, bank = editor_and_bank()
    begun = bring(bank, actor)
    assert begun.state == ImportState.PREVIEW
    assert begun.found == 3
    assert standings(begun) == ["ready", "ready", "faulty"]
    assert staged(begun)[2].reasons == ["没有答案，请补上。"]
    assert read_raw(staged(begun)[2].raw).options == ("甲", "乙")
    assert count_questions_by_state(bank.id) == {}


def test_what_cannot_be_read_is_refused_at_once_or_told_by_the_worker(app: Flask) -> None:
    actor, bank = editor_and_bank()
    with pytest.raises(reading.CannotRead, match="可能改过扩展名"):
        reading.begin_import(bank, "题库.xlsx", b"MZ\x90\x00", actor.id)
    begun = reading.begin_import(bank, "坏.txt", b"\xff\xfe\x00\x00\x00", actor.id)
    db.session.commit()
    run_jobs()
    told = fresh(begun.id)
    assert (told.state, told.content) == (ImportState.UNREADABLE, None)
    assert "读不出文字" in told.notes[0]["reason"]


def test_confirming_brings_in_what_is_ready_and_leaves_the_rest_to_be_mended(app: Flask) -> None:
    actor, bank = editor_and_bank()
    begun = confirm(bring(bank, actor), actor)
    assert (begun.state, begun.imported, begun.confirmed_by) == (ImportState.PREVIEW, 2, actor.id)
    assert count_questions_by_state(bank.id) == {State.DRAFT: 2}
    assert standings(begun) == ["imported", "imported", "faulty"]

    bad = staged(begun)[2]
    mending.mend(begun, bad, replace(read_raw(bad.raw), answer="B"))
    db.session.commit()
    begun = confirm(fresh(begun.id), actor)
    assert (begun.state, begun.imported) == (ImportState.PREVIEW, 3)
    assert count_questions_by_state(bank.id) == {State.DRAFT: 3}


def test_nothing_is_seen_before_the_last_step_and_a_worker_that_died_is_followed_up(app: Flask) -> None:
    actor, bank = editor_and_bank()
    begun = bring(bank, actor)
    confirming.ask_confirmation(begun, actor)
    db.session.commit()
    steps = confirming.confirm_steps(begun.id)
    next(steps)
    db.session.commit()
    del steps  # the worker dies here
    assert count_questions_by_state(bank.id) == {State.STAGED: 2}
    run_jobs()
    assert count_questions_by_state(bank.id) == {State.DRAFT: 2}
    assert fresh(begun.id).imported == 2


def test_a_question_mended_but_still_wrong_keeps_what_was_typed(app: Flask) -> None:
    actor, bank = editor_and_bank()
    begun = bring(bank, actor)
    bad = staged(begun)[2]
    mending.mend(begun, bad, replace(read_raw(bad.raw), answer="D", stem="改过的题干"))
    db.session.commit()
    assert bad.standing == Standing.FAULTY
    assert read_raw(bad.raw).stem == "改过的题干"
    assert bad.reasons == ["答案“D”指向不存在的选项。"]


def test_the_same_question_is_skipped_unless_it_is_to_replace_the_one_that_stands(app: Flask) -> None:
    actor, bank = editor_and_bank()
    confirm(bring(bank, actor), actor)
    begun = bring(bank, actor, TEXT.replace("答案:A", "答案:B"))
    first, second, _ = staged(begun)
    assert [one.standing for one in (first, second)] == ["skipped", "skipped"]
    assert first.is_same
    with pytest.raises(NoSuchChoice):
        mending.decide(begun, [first], Decision.KEEP)
    mending.decide(begun, [first], Decision.REPLACE)
    db.session.commit()
    begun = confirm(begun, actor)
    assert (begun.imported, begun.replaced) == (1, 1)
    history = list_history(first.twin_id or 0)
    assert [(revision.number, revision.answer) for revision in history] == [(2, [1]), (1, [0])]
    assert history[0].import_id == begun.id


def test_a_question_that_nearly_repeats_one_waits_for_a_decision(app: Flask) -> None:
    actor, bank = editor_and_bank()
    stem = "生产经营单位应当对从业人员进行安全生产教育和培训，保证其具备必要的安全生产知识"
    confirm(bring(bank, actor, f"一、判断题\n1. {stem}\n答案:对\n"), actor)
    begun = bring(bank, actor, f"一、判断题\n1. {stem}吗\n答案:对\n")
    [near] = staged(begun)
    assert (near.standing, near.is_same) == (Standing.TWIN, False)
    mending.decide(begun, [near], Decision.KEEP)
    db.session.commit()
    assert confirm(begun, actor).imported == 1
    assert count_questions_by_state(bank.id) == {State.DRAFT: 2}


def test_two_of_a_file_that_read_the_same_come_in_once(app: Flask) -> None:
    actor, bank = editor_and_bank()
    begun = bring(bank, actor, "一、判断题\n1. 同一题\n答案:对\n2. 同一题。\n答案:对\n")
    assert standings(begun) == ["ready", "skipped"]
    assert confirm(begun, actor).imported == 1


def test_a_guessed_kind_waits_until_it_is_accepted(app: Flask) -> None:
    actor, bank = editor_and_bank()
    begun = bring(bank, actor, "1. 未说题型\n答案:对\n")
    [guessed] = staged(begun)
    assert guessed.standing == Standing.GUESS
    with pytest.raises(confirming.NothingReady):
        confirming.ask_confirmation(begun, actor)
    mending.accept_guesses(begun, [guessed])
    db.session.commit()
    assert guessed.standing == Standing.READY
    assert read_raw(guessed.raw).kind == "判断"
    assert confirm(begun, actor).imported == 1


def test_an_import_is_undone_whole_and_a_replaced_question_goes_back(app: Flask) -> None:
    actor, bank = editor_and_bank()
    confirm(bring(bank, actor), actor)
    again = bring(bank, actor, TEXT.replace("答案:A", "答案:B") + "\n四、判断题\n9. 新题\n答案:对\n")
    mending.decide(again, [staged(again)[0]], Decision.REPLACE)
    db.session.commit()
    again = confirm(again, actor)
    assert again.imported == 2
    confirming.undo(again, actor)
    db.session.commit()
    assert fresh(again.id).state == ImportState.UNDONE
    assert count_questions_by_state(bank.id) == {State.DRAFT: 2}
    questions = db.session.scalars(select(Question).where(Question.bank_id == bank.id)).all()
    assert {question.current_number for question in questions} == {1}
    assert db.session.scalars(select(QuestionRevision.import_id).distinct()).all() != [again.id]
    with pytest.raises(NotInPreview):
        confirming.undo(fresh(again.id), actor)


def test_an_import_that_a_campaign_published_cannot_be_undone(app: Flask) -> None:
    actor, bank = editor_and_bank()
    many = "一、单选题\n" + "".join(f"{n}. 题目甲乙{n}\nA. 甲{n}\nB. 乙\n答案:A\n" for n in range(1, 4))
    begun = confirm(bring(bank, actor, many), actor)
    db.session.execute(update(Question).values(state=State.REVIEWED))
    db.session.commit()
    others = make_bank(0, 2, 2)
    make_campaign(bank_ids=[bank.id, others.id])
    with pytest.raises(confirming.CannotUndo):
        confirming.undo(fresh(begun.id), actor)
    db.session.rollback()
    assert count_questions_by_state(bank.id) == {State.REVIEWED: 3}


def test_an_import_that_is_being_written_cannot_be_confirmed_again(app: Flask) -> None:
    actor, bank = editor_and_bank()
    begun = bring(bank, actor)
    confirming.ask_confirmation(begun, actor)
    with pytest.raises(NotInPreview):
        confirming.ask_confirmation(begun, actor)


def test_a_question_that_came_to_stand_in_the_bank_meanwhile_is_skipped(app: Flask) -> None:
    actor, bank = editor_and_bank()
    first, second = bring(bank, actor), bring(bank, actor)
    second_id = second.id
    confirm(fresh(first.id), actor)
    second = confirm(fresh(second_id), actor)
    assert second.imported == 0
    assert standings(second) == ["skipped", "skipped", "faulty"]


def test_what_a_heading_means_is_remembered_and_the_file_read_again(app: Flask) -> None:
    actor, bank = editor_and_bank()
    begun = bring(bank, actor)
    reading.remember_meanings(begun, {"所属范围": "tags"}, actor.id)
    db.session.commit()
    assert queries.remembered_meanings() == {"所属范围": "tags"}
    assert fresh(begun.id).state == ImportState.READING
    run_jobs()
    assert standings(fresh(begun.id)) == ["ready", "ready", "faulty"]
    assert db.session.scalars(select(Job.state).distinct()).all() == ["done"]


CASE = """一、判断题
1. 单独的一题
答案:对

案例:
某厂车间起火，值班员发现后跑出车间。
2. 值班员应当立即报警。
题型:判断
答案:对
3. 值班员还应当做什么？
题型:单选
A. 通知他人撤离
B. 回家
案例完
"""


def test_a_case_comes_in_whole_or_not_at_all(app: Flask) -> None:
    actor, bank = editor_and_bank()
    begun = bring(bank, actor, CASE)
    assert standings(begun) == ["ready", "ready", "faulty"]
    assert queries.count_importable(begun.id) == 1
    begun = confirm(begun, actor)
    assert begun.imported == 1

    half = staged(begun)[2]
    mending.mend(begun, half, replace(read_raw(half.raw), answer="A"))
    db.session.commit()
    assert confirm(fresh(begun.id), actor).imported == 3
    questions = db.session.scalars(select(Question).order_by(Question.id)).all()
    first = questions[1].id
    assert [question.case_id for question in questions] == [None, first, first]
    stems = db.session.scalars(select(QuestionRevision.case_stem).order_by(QuestionRevision.id)).all()
    assert stems == ["", *["某厂车间起火，值班员发现后跑出车间。"] * 2]


def test_a_new_case_stem_is_given_to_every_question_of_the_case(app: Flask) -> None:
    actor, bank = editor_and_bank()
    confirm(bring(bank, actor, CASE.replace("B. 回家", "B. 回家\n答案:A")), actor)
    second, third = db.session.scalars(
        select(Question).where(Question.case_id.is_not(None)).order_by(Question.id)
    ).all()
    current = bank_queries.as_asked(second, bank_queries.get_revision(second.id, 1))
    raw = replace(write_raw_question(current, "本题"), case_stem="改过的材料")
    editing.revise_as_typed(second, raw, actor.id, 1)
    db.session.commit()
    for question in (second, third):
        assert (question.current_number, question.state) == (2, State.DRAFT)
        assert bank_queries.get_revision(question.id, 2).case_stem == "改过的材料"


STEM = "生产经营单位应当对从业人员进行安全生产教育和培训，保证其具备必要的安全生产知识"


def true_questions(*stems: str) -> str:
    return "一、判断题\n" + "".join(f"{n}. {stem}\n答案:对\n" for n, stem in enumerate(stems, start=1))


def test_a_replacement_that_came_to_stand_in_the_bank_meanwhile_is_decided_anew(app: Flask) -> None:
    actor, bank = editor_and_bank()
    confirm(bring(bank, actor, true_questions(STEM)), actor)
    begun = bring(bank, actor, true_questions(f"{STEM}吗", "另外一题"))
    mending.decide(begun, staged(begun)[:1], Decision.REPLACE)
    outcome = understand(read_raw(staged(begun)[0].raw))
    assert isinstance(outcome, ParsedQuestion)
    stands_now = add_question(bank, outcome, State.REVIEWED)
    db.session.commit()
    begun = confirm(begun, actor)
    assert (begun.state, begun.imported, begun.replaced) == (ImportState.PREVIEW, 1, 0)
    first, second = staged(begun)
    assert (first.standing, first.twin_id, first.is_same) == (Standing.TWIN, stands_now.id, True)
    assert second.standing == Standing.IMPORTED


def test_a_question_replaced_twice_by_one_import_goes_back_to_what_stood_before(app: Flask) -> None:
    actor, bank = editor_and_bank()
    confirm(bring(bank, actor, true_questions(STEM)), actor)
    begun = bring(bank, actor, true_questions(f"{STEM}吗", f"{STEM}呢"))
    mending.decide(begun, staged(begun), Decision.REPLACE)
    db.session.commit()
    begun = confirm(begun, actor)
    assert begun.replaced == 2
    confirming.undo(begun, actor)
    db.session.commit()
    assert db.session.scalars(select(Question.current_number)).all() == [1]


def decided(begun: BankImport, decision: Decision) -> BankImport:
    mending.decide(begun, staged(begun), decision)
    db.session.commit()
    return fresh(begun.id)


def test_a_meaning_that_no_column_has_is_not_remembered(app: Flask) -> None:
    actor, bank = editor_and_bank()
    begun = bring(bank, actor)
    told = {"甲": "nonsense", "乙": "x" * 500, "\x00丙": "tags", "丁" * 300: "ignore"}
    reading.remember_meanings(begun, told, actor.id)
    db.session.commit()
    assert queries.remembered_meanings() == {"丙": "tags", "丁" * 100: "ignore"}


def test_what_was_to_replace_a_question_that_is_gone_comes_in_as_new(app: Flask) -> None:
    actor, bank = editor_and_bank()
    first = confirm(bring(bank, actor, true_questions(STEM)), actor)
    begun = decided(bring(bank, actor, true_questions(STEM + "吗")), Decision.REPLACE)
    confirming.undo(fresh(first.id), actor)
    db.session.commit()
    begun = confirm(fresh(begun.id), actor)
    assert (begun.state, begun.imported, begun.replaced) == (ImportState.PREVIEW, 1, 0)
    assert count_questions_by_state(bank.id) == {State.DRAFT: 1}


def test_an_import_is_not_undone_where_another_question_reads_like_the_former_one_now(app: Flask) -> None:
    actor, bank = editor_and_bank()
    confirm(bring(bank, actor, true_questions(STEM)), actor)
    begun = confirm(decided(bring(bank, actor, true_questions(STEM + "吗")), Decision.REPLACE), actor)
    confirm(decided(bring(bank, actor, true_questions(STEM)), Decision.KEEP), actor)
    with pytest.raises(confirming.CannotUndo, match="不能并存"):
        confirming.undo(fresh(begun.id), actor)
    db.session.rollback()
    assert count_questions_by_state(bank.id) == {State.DRAFT: 2}


def test_a_confirmation_that_failed_leaves_nothing_behind_and_can_be_asked_for_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, bank = editor_and_bank()
    begun, bank_id = bring(bank, actor), bank.id
    with monkeypatch.context() as patched:

        def break_transaction(import_id: int) -> int:
            db.session.add(Question(bank_id=0, fingerprint=None))
            db.session.flush()
            return 0

        patched.setattr(queries, "show_written", break_transaction)
        import_id, actor_id = begun.id, actor.id
        confirming.ask_confirmation(begun, actor)
        db.session.commit()
        run_jobs()
    begun = fresh(import_id)
    assert (begun.state, begun.imported) == (ImportState.PREVIEW, 0)
    assert db.session.scalars(select(Question)).all() == []
    job = find_latest_job((confirming.CONFIRM_JOB,), import_id)
    assert job is not None
    assert (job.state, job.tries) == ("failed", 3)
    assert confirm(begun, db.session.get_one(User, actor_id)).imported == 2
    assert count_questions_by_state(bank_id) == {State.DRAFT: 2}


def test_a_file_that_cannot_be_read_for_a_fault_of_ours_is_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, bank = editor_and_bank()
    monkeypatch.setattr(reading, "read_file", lambda *_: 1 / 0)
    begun = bring(bank, actor)
    assert begun.state == ImportState.UNREADABLE
    assert "请稍后重试" in begun.notes[0]["reason"]


@pytest.mark.parametrize(
    "text",
    [
        f"题干,答案,章节\n天是蓝的,对,{'章' * 101}\n",
        "一、判断题\n1. 天\U000fd800是\U000f0000\U0010ffff蓝的\n答案:对\n",
        "::a::天是&#0;&#xD800;\\ud800蓝的{T}\n",
    ],
)
def test_a_text_that_no_database_takes_is_told_or_read_without_it(app: Flask, text: str) -> None:
    actor, bank = editor_and_bank()
    begun = bring(bank, actor, text)
    assert begun.found == 1
    if standings(begun) == ["faulty"]:
        assert staged(begun)[0].reasons == ["章节超过 100 字。"]
    else:
        mending.accept_guesses(begun, staged(begun))
        db.session.commit()
        assert confirm(fresh(begun.id), actor).imported == 1


@pytest.mark.parametrize("state", [State.RETIRED, State.REVIEWED, State.DRAFT])
def test_undoing_gives_a_replaced_question_the_state_that_it_was_in(app: Flask, state: State) -> None:
    actor, bank = editor_and_bank()
    confirm(bring(bank, actor, true_questions(STEM)), actor)
    db.session.execute(update(Question).values(state=state))
    db.session.commit()
    begun = bring(bank, actor, true_questions(f"{STEM}吗"))
    mending.decide(begun, staged(begun), Decision.REPLACE)
    db.session.commit()
    begun = confirm(begun, actor)
    assert count_questions_by_state(bank.id) == {State.DRAFT: 1}
    confirming.undo(begun, actor)
    db.session.commit()
    assert count_questions_by_state(bank.id) == {state: 1}


def test_an_earlier_repeat_is_taken_up_again_once_its_twin_is_gone(app: Flask) -> None:
    actor, bank = editor_and_bank()
    first = confirm(bring(bank, actor, true_questions(STEM)), actor)
    begun = bring(bank, actor, true_questions(STEM))
    assert standings(begun) == ["skipped"]
    confirming.undo(fresh(first.id), actor)
    db.session.commit()
    begun = fresh(begun.id)
    mending.decide(begun, staged(begun), None)
    db.session.commit()
    assert standings(begun) == ["ready"]
