"""Pages on leaves: nothing lost, nothing twice, all of it on the paper; a folded booklet reads from front to back."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.services.imposition import (
    PAPER_MM,
    Arrangement,
    Binding,
    Faces,
    Paper,
    Request,
    booklet_order,
    impose,
    leaves,
    page_by_page,
    printed_sides,
)

MM = 72 / 25.4
A4_LANDSCAPE = (297 * MM, 210 * MM)
REQUESTS = st.builds(Request, st.sampled_from(Arrangement), st.sampled_from(Paper), st.sampled_from(Binding))
SIZES = st.tuples(st.floats(100, 2000), st.floats(100, 2000))
PAGES = st.lists(st.integers(0, 200), min_size=1, max_size=60)


def pages_on(sides):
    return [placement.page for side in sides for placement in side]


@given(PAGES, SIZES, REQUESTS)
def test_every_page_stands_on_one_side_as_often_as_it_was_asked_for(pages, size, request):
    assert sorted(pages_on(impose(pages, size, request).sides)) == sorted(pages)


@given(PAGES, SIZES, REQUESTS)
def test_pages_stand_on_the_paper_and_not_on_each_other(pages, size, request):
    imposed = impose(pages, size, request)
    assert {round(imposed.width / MM), round(imposed.height / MM)} == set(PAPER_MM[request.paper])
    for side in imposed.sides:
        boxes = [(p.x, p.y, p.x + size[0] * p.scale, p.y + size[1] * p.scale) for p in side]
        slack = 0.011 * max(imposed.width, imposed.height)
        for left, top, right, bottom in boxes:
            assert left >= -slack
            assert top >= -slack
            assert right <= imposed.width + slack
            assert bottom <= imposed.height + slack
        for one, other in combinations(boxes, 2):
            apart = (one[2] <= other[0] + slack, other[2] <= one[0] + slack)
            above = (one[3] <= other[1] + slack, other[3] <= one[1] + slack)
            assert any((*apart, *above))


@given(PAGES, SIZES, st.sampled_from(Paper), st.sampled_from([Arrangement.SINGLE, Arrangement.TWO_UP]))
def test_pages_for_reading_keep_their_order(pages, size, paper, arrangement):
    assert pages_on(impose(pages, size, Request(arrangement, paper)).sides) == pages


def read_folded(order):
    """Fold the leaves inside each other and turn them over: each leaf gives its right front, then its left back."""
    fronts, backs = order[0::2], order[1::2]
    first_half = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    second_half = [page for front, back in zip(fronts, backs, strict=True) for page in (front[0], back[1])]
    return first_half + second_half[::-1]


@given(st.integers(1, 400))
def test_a_folded_booklet_reads_from_the_first_page_to_the_last(count):
    read = read_folded(booklet_order(count))
    assert read[:count] == list(range(count))
    assert read[count:] == [None] * (-count % 4)


def test_the_leaf_of_a_booklet_of_eight_is_as_a_printer_knows_it():
    assert booklet_order(8) == [(7, 0), (1, 6), (5, 2), (3, 4)]


def test_a_booklet_of_five_has_its_blank_places_at_the_end():
    assert booklet_order(5) == [(None, 0), (1, None), (None, 2), (3, 4)]


@given(PAGES, SIZES, st.sampled_from(Paper))
def test_a_page_and_the_next_lie_back_to_back_when_both_sides_are_printed(pages, size, paper):
    sides = impose(pages, size, Request(Arrangement.SINGLE, paper)).sides
    for number, (front, back) in enumerate(leaves(sides)):
        assert pages_on([front]) == pages[2 * number : 2 * number + 1]
        assert pages_on([back]) == pages[2 * number + 1 : 2 * number + 2]


@given(PAGES, REQUESTS)
def test_fronts_and_backs_together_are_all_sides_and_meet(pages, request):
    sides = impose(pages, A4_LANDSCAPE, request).sides
    fronts, backs = printed_sides(sides, Faces.FRONTS), printed_sides(sides, Faces.BACKS)
    assert len(fronts) == len(backs)
    turned = [side for leaf in zip(fronts, backs, strict=True) for side in leaf]
    assert turned[: len(sides)] == list(sides)
    assert all(side == () for side in turned[len(sides) :])
    assert printed_sides(sides, Faces.BACKS_REVERSED) == backs[::-1]
    assert printed_sides(sides, Faces.ALL) == sides


@pytest.mark.parametrize(
    ("request_", "size_mm", "scale"),
    [
        (Request(Arrangement.SINGLE, Paper.A4), (297, 210), 1),
        (Request(Arrangement.SINGLE, Paper.A3), (420, 297), 1.414),
        (Request(Arrangement.TWO_UP, Paper.A3), (297, 420), 1),
        (Request(Arrangement.TWO_UP, Paper.A4), (210, 297), 0.707),
        (Request(Arrangement.BOOKLET, Paper.A3, Binding.LEFT), (420, 297), 0.707),
        (Request(Arrangement.BOOKLET, Paper.A3, Binding.TOP), (297, 420), 1),
        (Request(Arrangement.BOOKLET, Paper.A4, Binding.TOP), (210, 297), 0.707),
        (Request(Arrangement.BOOKLET, Paper.A4, Binding.LEFT), (297, 210), 0.5),
    ],
)
def test_the_paper_is_turned_so_that_landscape_pages_are_largest(request_, size_mm, scale):
    imposed = impose(range(4), A4_LANDSCAPE, request_)
    assert (round(imposed.width / MM), round(imposed.height / MM)) == size_mm
    assert imposed.sides[0][0].scale == pytest.approx(scale, abs=0.001)


@pytest.mark.parametrize(("binding", "is_upright"), [(Binding.LEFT, True), (Binding.TOP, False)])
def test_a_booklet_is_folded_in_the_middle_between_its_pages(binding, is_upright):
    imposed = impose(range(4), A4_LANDSCAPE, Request(Arrangement.BOOKLET, Paper.A3, binding))
    x0, y0, x1, y1 = imposed.fold
    assert (x0 == x1 == pytest.approx(imposed.width / 2)) is is_upright
    assert (y0 == y1 == pytest.approx(imposed.height / 2)) is not is_upright


def test_only_a_booklet_is_folded():
    assert impose(range(4), A4_LANDSCAPE, Request(Arrangement.TWO_UP)).fold is None


def test_pages_on_the_screen_are_shown_as_they_are():
    shown = page_by_page(3, *A4_LANDSCAPE)
    assert pages_on(shown.sides) == [0, 1, 2]
    assert (shown.width, shown.height) == A4_LANDSCAPE
    assert all(one.page + 1 == other.page for one, other in pairwise(p for side in shown.sides for p in side))
