from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.campaigns.drawing import Drawn, Pool, draw_paper, select_drawable, shortfall
from quizapp.campaigns.rules import KindRule, Rules
from quizapp.questions.asking import AskedRevision
from quizapp.questions.kinds import Kind
from tests.factories import asked


def rules(**counts: int) -> Rules:
    return Rules((1,), {Kind(kind): KindRule(count, Decimal(10)) for kind, count in counts.items()})


def bank(bank_id: int, kind: Kind, size: int) -> list[AskedRevision]:
    return [asked(bank_id * 1000 + n, kind, bank_id) for n in range(size)]


def case(case_id: int, *kinds: Kind, bank_id: int = 1) -> list[AskedRevision]:
    """A case whose questions have the ids case_id, case_id + 1…"""
    return [
        asked(case_id + n, kind, bank_id, case_id=case_id, question_id=case_id + n)
        for n, kind in enumerate(kinds)
    ]


S, M, T = Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE


def ids(paper: tuple[Drawn, ...]) -> list[int]:
    return [drawn.revision_id for drawn in paper]


def test_kinds_are_asked_in_their_order_and_number() -> None:
    revisions = [*bank(1, Kind.TRUE_FALSE, 9), *bank(2, Kind.SINGLE, 9), *bank(3, Kind.MULTIPLE, 9)]
    kinds = {revision.id: revision.kind for revision in revisions}
    paper = draw_paper(rules(single=3, multiple=2, true_false=1), Pool.of(revisions), Random(1))
    assert [kinds[drawn.revision_id] for drawn in paper] == [Kind.SINGLE] * 3 + [Kind.MULTIPLE] * 2 + [
        Kind.TRUE_FALSE
    ]


def test_banks_are_drawn_from_evenly_and_a_small_one_gives_what_it_has() -> None:
    revisions = [*bank(1, Kind.SINGLE, 20), *bank(2, Kind.SINGLE, 20), *bank(3, Kind.SINGLE, 1)]
    for seed in range(20):
        paper = draw_paper(rules(single=9), Pool.of(revisions), Random(seed))
        assert Counter(drawn.revision_id // 1000 for drawn in paper) == {1: 4, 2: 4, 3: 1}


def test_an_odd_question_falls_to_either_bank() -> None:
    pool = Pool.of([*bank(1, Kind.SINGLE, 9), *bank(2, Kind.SINGLE, 9)])
    extra = {
        Counter(d.revision_id // 1000 for d in draw_paper(rules(single=3), pool, Random(seed))).most_common(
            1
        )[0]
        for seed in range(50)
    }
    assert extra == {(1, 2), (2, 2)}


def test_a_paper_holds_as_many_questions_of_either_law_over_all_kinds() -> None:
    """5 + 2 + 3 over two banks: one gives 3 single, then it gives 1 true/false."""
    revisions = [one for n in (1, 4) for m, kind in enumerate((S, M, T)) for one in bank(n + m, kind, 9)]
    revisions = [replace(one, bank_id=1 if one.bank_id < 4 else 4) for one in revisions]
    law = {one.id: one.bank_id for one in revisions}
    pool, shares = Pool.of(revisions), set()
    for seed in range(60):
        paper = draw_paper(rules(single=5, multiple=2, true_false=3), pool, Random(seed))
        assert Counter(law[drawn.revision_id] for drawn in paper) == {1: 5, 4: 5}
        shares.add(sum(law[drawn.revision_id] == 1 for drawn in paper[:5]))
    assert shares == {2, 3}


def test_chapters_give_in_proportion_over_all_kinds() -> None:
    """Of 4 single and 2 true/false, a chapter with half of the bank gives 3, each quarter 1 or 2."""
    revisions = [*bank(1, S, 40), *bank(1, T, 20)]
    revisions = [
        replace(one, id=number, chapter="一一二三"[number % 4]) for number, one in enumerate(revisions)
    ]
    pool, odd = Pool.of(revisions), Counter[str]()
    for seed in range(200):
        paper = ids(draw_paper(rules(single=4, true_false=2), pool, Random(seed)))
        chapters = Counter(revisions[number].chapter for number in paper)
        assert chapters["一"] == 3
        odd += chapters - Counter("一一一二三")
    assert min(odd["二"], odd["三"]) > 75


def test_a_small_chapter_does_not_make_its_questions_likelier() -> None:
    revisions = [replace(one, chapter="附则" if one.id == 1000 else "总则") for one in bank(1, S, 10)]
    pool = Pool.of(revisions)
    drawn = sum(1000 in ids(draw_paper(rules(single=5), pool, Random(seed))) for seed in range(2000))
    assert 900 < drawn < 1100


def test_every_option_comes_first_about_equally_often() -> None:
    pool = Pool.of([asked(1)])
    firsts = Counter(draw_paper(rules(single=1), pool, Random(seed))[0].order[0] for seed in range(4000))
    assert set(firsts) == {0, 1, 2, 3}
    assert all(900 < count < 1100 for count in firsts.values())


def test_every_question_is_drawn_about_equally_often() -> None:
    pool = Pool.of(bank(1, Kind.SINGLE, 10))
    drawn = Counter(
        question.revision_id
        for seed in range(2000)
        for question in draw_paper(rules(single=5), pool, Random(seed))
    )
    assert len(drawn) == 10
    assert all(900 < count < 1100 for count in drawn.values())


def test_right_and_wrong_keep_their_places() -> None:
    pool = Pool.of(bank(1, Kind.TRUE_FALSE, 5))
    orders = {d.order for seed in range(20) for d in draw_paper(rules(true_false=5), pool, Random(seed))}
    assert orders == {(0, 1)}


def test_the_shortfall_names_each_kind_that_lacks() -> None:
    pool = Pool.of([*bank(1, Kind.SINGLE, 2), *bank(2, Kind.SINGLE, 1)])
    assert shortfall(rules(single=3), pool) == {}
    assert shortfall(rules(single=5, multiple=1), pool) == {Kind.SINGLE: 2, Kind.MULTIPLE: 1}


def test_where_the_pool_falls_short_all_of_it_is_asked() -> None:
    pool = Pool.of(bank(1, Kind.SINGLE, 2))
    assert len(draw_paper(rules(single=5, multiple=1), pool, Random(1))) == 2


@given(
    sizes=st.lists(st.integers(0, 8), min_size=1, max_size=4),
    count=st.integers(1, 20),
    seed=st.integers(),
)
def test_no_question_comes_twice_and_each_keeps_all_its_options(
    sizes: list[int], count: int, seed: int
) -> None:
    revisions = [one for n, size in enumerate(sizes, start=1) for one in bank(n, Kind.SINGLE, size)]
    paper = draw_paper(rules(single=count), Pool.of(revisions), Random(seed))
    assert len(paper) == min(count, len(revisions))
    assert len({drawn.revision_id for drawn in paper}) == len(paper)
    assert all(sorted(drawn.order) == [0, 1, 2, 3] for drawn in paper)


def test_a_case_stands_whole_and_in_order_behind_the_questions_that_stand_alone() -> None:
    revisions = [*bank(2, T, 1), *bank(1, S, 1), *case(700, S, M, S)]
    for seed in range(20):
        paper = draw_paper(rules(single=3, multiple=1, true_false=1), Pool.of(revisions[::-1]), Random(seed))
        assert ids(paper) == [1000, 2000, 700, 701, 702]


def test_a_case_that_does_not_fit_is_not_drawn() -> None:
    pool = Pool.of([*bank(1, S, 2), *case(700, S, S, S), *case(800, S, M)])
    for seed in range(20):
        assert sorted(ids(draw_paper(rules(single=2), pool, Random(seed)))) == [1000, 1001]


def test_a_case_is_as_likely_to_come_first_as_any_other_unit() -> None:
    """A case of two fits into a paper of four as the first, second or third of ten units: 3 times in 10."""
    pool = Pool.of([*bank(1, S, 9), *case(700, S, S)])
    drawn = sum(700 in ids(draw_paper(rules(single=4), pool, Random(seed))) for seed in range(4000))
    assert 1100 < drawn < 1300


def test_banks_make_up_for_what_others_gave_in_cases() -> None:
    revisions = [*case(700, S, S, S, bank_id=1), *bank(1, S, 9), *bank(2, S, 9)]
    shares = set()
    for seed in range(200):
        paper = ids(draw_paper(rules(single=6), Pool.of(revisions), Random(seed)))
        shares.add((700 in paper, sum(one >= 2000 for one in paper)))
    assert shares == {(True, 3), (False, 3)}


def test_cases_that_make_up_for_missing_questions_are_found() -> None:
    """Of 3 + 3 + 2 only the 3 and the 2 give 5, whatever the lots say."""
    pool = Pool.of([*case(300, S, S, S), *case(400, S, S, S), *case(500, S, S)])
    assert shortfall(rules(single=5), pool) == {}
    firsts: Counter[bool] = Counter()
    for seed in range(60):
        paper = ids(draw_paper(rules(single=5), pool, Random(seed)))
        assert len(paper) == 5
        firsts[300 in paper] += 1
    assert min(firsts.values()) > 15


def test_the_shortfall_is_what_the_best_cases_leave() -> None:
    pool = Pool.of([*bank(1, S, 1), *case(300, S, S, S), *case(400, S, M)])
    assert shortfall(rules(single=4, multiple=0), pool) == {}
    assert shortfall(rules(single=3), pool) == {}
    assert shortfall(rules(single=2), pool) == {S: 1}
    assert shortfall(rules(single=2, multiple=1), pool) == {}
    assert shortfall(rules(single=2, multiple=2), pool) == {M: 1}


def test_of_a_case_all_or_none_is_drawable() -> None:
    whole = case(300, S, M)
    found = select_drawable(
        rules(single=2, multiple=1),
        [*bank(1, S, 1), *bank(2, T, 1), *whole, *case(400, S, T), *case(500, M, M)],
    )
    assert found == [*bank(1, S, 1), *whole]


def units(sizes: list[tuple[int, int]], cases: list[tuple[int, list[Kind]]]) -> Iterator[AskedRevision]:
    for n, (single, multiple) in enumerate(sizes, start=1):
        yield from bank(n, S, single)
        yield from bank(n + 50, M, multiple)
    for n, (bank_id, kinds) in enumerate(cases):
        yield from case(100_000 + 100 * n, *kinds, bank_id=bank_id)


@given(
    sizes=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=3),
    cases=st.lists(
        st.tuples(st.integers(1, 3), st.lists(st.sampled_from([S, M, T]), min_size=1, max_size=4)), max_size=6
    ),
    counts=st.tuples(st.integers(0, 8), st.integers(0, 6)),
    seed=st.integers(),
)
@example(sizes=[(0, 0)], cases=[(1, [S]), (1, [S, S])], counts=(2, 0), seed=1)
def test_a_paper_holds_its_counts_less_the_shortfall_and_only_whole_cases(
    sizes: list[tuple[int, int]], cases: list[tuple[int, list[Kind]]], counts: tuple[int, int], seed: int
) -> None:
    revisions = {one.id: one for one in units(sizes, cases)}
    wanted = rules(single=counts[0], multiple=counts[1])
    pool = Pool.of(revisions.values())
    missing = shortfall(wanted, pool)
    paper = [revisions[drawn.revision_id] for drawn in draw_paper(wanted, pool, Random(seed))]
    for kind in (S, M, T):
        count = wanted.kinds[kind].count if kind in wanted.kinds else 0
        assert sum(one.kind is kind for one in paper) == count - missing.get(kind, 0)
    assert len({one.id for one in paper}) == len(paper)
    alone = [one for one in paper if one.case_id is None]
    assert paper[: len(alone)] == sorted(alone, key=lambda one: list(Kind).index(one.kind))
    in_cases = paper[len(alone) :]
    drawn_cases = list(dict.fromkeys(one.case_id for one in in_cases))
    assert in_cases == [one for case_id in drawn_cases for one in pool_case(revisions, case_id)]


def pool_case(revisions: dict[int, AskedRevision], case_id: int | None) -> list[AskedRevision]:
    return [one for one in revisions.values() if one.case_id == case_id]


@given(
    alone=st.integers(0, 6),
    cases=st.lists(st.lists(st.sampled_from([S, M]), min_size=1, max_size=3), max_size=5),
    counts=st.tuples(st.integers(0, 6), st.integers(0, 4)),
)
def test_the_shortfall_is_the_least_that_any_choice_of_cases_leaves(
    alone: int, cases: list[list[Kind]], counts: tuple[int, int]
) -> None:
    """Compared with trying every set of cases."""
    least = sum(counts)
    for chosen in range(2 ** len(cases)):
        kinds = Counter(kind for n, one in enumerate(cases) if chosen >> n & 1 for kind in one)
        if kinds[S] <= counts[0] and kinds[M] <= counts[1]:
            least = min(least, max(0, counts[0] - kinds[S] - alone) + counts[1] - kinds[M])
    pool = Pool.of(units([(alone, 0)], [(1, kinds) for kinds in cases]))
    assert sum(shortfall(rules(single=counts[0], multiple=counts[1]), pool).values()) == least


@given(
    sizes=st.lists(st.integers(0, 6), min_size=1, max_size=4),
    cases=st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=4),
    count=st.integers(1, 12),
    seed=st.integers(),
)
def test_no_bank_gives_another_question_while_one_that_has_some_gave_fewer(
    sizes: list[int], cases: list[tuple[int, int]], count: int, seed: int
) -> None:
    revisions = {
        one.id: one
        for one in units([(size, 0) for size in sizes], [(bank_id, [S] * many) for bank_id, many in cases])
    }
    paper = [
        revisions[d.revision_id]
        for d in draw_paper(rules(single=count), Pool.of(revisions.values()), Random(seed))
    ]
    given_by = Counter(one.bank_id for one in paper)
    alone = Counter(one.bank_id for one in paper if one.case_id is None)
    for giver in alone:
        for n, size in enumerate(sizes, start=1):
            if alone[n] < size:
                assert given_by[giver] - 1 <= given_by[n]
