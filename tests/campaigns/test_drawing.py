from collections import Counter
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizapp.campaigns.drawing import Pool, draw_paper, shortfall
from quizapp.campaigns.rules import KindRule, Rules
from quizapp.questions.asking import AskedRevision
from quizapp.questions.kinds import Kind
from tests.factories import asked


def rules(**counts: int) -> Rules:
    return Rules((1,), {Kind(kind): KindRule(count, Decimal(10)) for kind, count in counts.items()})


def bank(bank_id: int, kind: Kind, size: int) -> list[AskedRevision]:
    return [asked(bank_id * 1000 + n, kind, bank_id) for n in range(size)]


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
