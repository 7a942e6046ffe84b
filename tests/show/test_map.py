"""The evidence map as it is drawn: a dot for each source, inside its cell, whatever their number."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from outputs import draw_map, map_cells, record_with, records_of, reference


def numbers(tag: str, *names: str) -> tuple[float, ...]:
    return tuple(float(re.search(rf' {name}="([^"]*)"', tag)[1]) for name in names)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 7, 9, 10, 20])
def test_the_dots_of_a_cell_are_inside_and_in_even_rows(count: int) -> None:
    references = {str(pmid): reference(design="rct") for pmid in range(1, count + 1)}
    record = record_with({"one": {"kind": "efficacy", "pmids": list(references)}}, references, "indications")
    drawing = str(draw_map(map_cells([record], record.guideline), record.guideline))
    [cell] = re.findall(r'<rect class="cell"[^>]*>', drawing)
    left, top, width, height = numbers(cell, "x", "y", "width", "height")
    dots = [numbers(tag, "cx", "cy", "r") for tag in re.findall(r'<circle class="point"[^>]*>', drawing)]
    assert len(dots) == len(set(dots)) == count
    for x, y, radius in dots:
        assert left <= x - radius < x + radius <= left + width
        assert top <= y - radius < y + radius <= top + height
    for edge in (left, left + width):  # between rules, so that dots are seen to be of their column
        assert f'x1="{edge:.0f}" x2="{edge:.0f}"' in drawing
    rows = sorted({y for _, y, _ in dots})
    assert len(rows) == -(-count // 3)
    assert all(after - before == pytest.approx(9, abs=0.2) for before, after in pairwise(rows))
    assert (rows[0] + rows[-1]) / 2 == pytest.approx(top + height / 2, abs=0.2)  # in the middle of the cell
    assert float(re.findall(r'viewBox="0 0 \d+ (\d+)"', drawing)[-1]) >= top + height
    for row in rows:  # each row in the middle of its cell, further from those of the next than from one another
        across = sorted(x for x, y, _ in dots if y == row)
        assert (across[0] + across[-1]) / 2 == pytest.approx(left + width / 2)
        assert all(after - before == pytest.approx(8) for before, after in pairwise(across))
        assert across[0] + width - across[-1] >= 16


@pytest.mark.parametrize(("length", "lines"), [(24, 1), (25, 2), (73, 4)])
def test_a_name_that_would_reach_the_cells_takes_more_lines_of_its_row(length: int, lines: int) -> None:
    references = {"1": reference(design="rct")}
    record = record_with({"one": {"kind": "efficacy", "pmids": ["1"]}}, references, "indications")
    named = {record.id: record.record.model_copy(update={"name": "n" * length})}
    guideline = replace(record.guideline, records=named)
    drawing = str(draw_map(map_cells([records_of(guideline)[record.id]], guideline), guideline))
    labels = re.findall(r'<text class="label"[^>]*y="([^"]*)"[^>]*>([^<]*)<', drawing)
    assert [len(text) for _, text in labels] == [24] * (length // 24) + [length % 24] * (length % 24 > 0)
    assert len(labels) == lines
    [cell] = re.findall(r'<rect class="cell"[^>]*>', drawing)
    top, height = numbers(cell, "y", "height")
    feet = [float(y) for y, _ in labels]
    assert all(after - before >= 14 for before, after in pairwise(feet))
    assert top + 10 <= feet[0] <= feet[-1] <= top + height - 3
