from lenet.table import Table, written


def test_a_total_is_set_apart():
    table = Table(("name", "count"), (("a", 1), ("b", 2_000), ("total", 2_001)), has_total=True)
    lines = str(table).splitlines()
    assert lines[-2] == lines[1] and lines[-1].endswith("2,001")
    assert "has-total" in table._repr_html_()
    assert table.to_markdown().splitlines()[1] == "|:-------|--------:|"


def test_html_escapes_what_could_be_markup():
    assert "<b>" not in Table(("name",), (("<b>",),))._repr_html_()


def test_cells_as_written():
    assert [written(x) for x in (1_234, (3, 1_000), None, "x")] == ["1,234", "3×1,000", "", "x"]
