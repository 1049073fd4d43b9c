"""Which network a total belongs to: every variant, against sums that do not ask the package."""

import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from itertools import pairwise

import pytest
from lenet.architectures import NETWORKS
from lenet.notation import parse
from lenet.which import (
    LENET1,
    LENET5,
    NAMED,
    NOTE,
    PUBLISHED,
    QUANTITIES,
    Answer,
    Match,
    Variant,
    _known,
    family,
    notation_of,
    number_from,
    which,
)

MODERN = "C3 reads all maps (+900), pooling has no parameters (-44), "
DENSE = f"LeNet-5 of 1998, but {MODERN}and the output is dense (+850)."
DENSE_AND = f"LeNet-5 of 1998, but {MODERN}the output is dense (+850), "
LINE = (
    "conv 6 5x5, avgpool 2x2, conv 16 5x5, avgpool 2x2, conv 120 5x5, flatten, dense 84, dense 10"
)
NO_LINE = "(one line cannot say its table of maps)"
KNOWN = {  # total: what it is, in order: quantity, sentence, line
    44_426: [
        (
            "parameters",
            f"{DENSE_AND}and the image is 28×28, so that C5 is dense (-17,280).",
            "28x28x1: conv 6 5x5, avgpool 2x2, conv 16 5x5, avgpool 2x2, flatten, "
            "dense 120, dense 84, dense 10",
        ),
    ],
    61_706: [
        ("parameters", DENSE, f"lenet5-modern = 32x32x1: {LINE}"),
        (
            "parameters",
            f"{DENSE_AND}and the image is 28×28, padded by 2 (±0).",
            f"28x28x1: {LINE}".replace("5x5", "5x5 same", 1),
        ),
    ],
    62_006: [
        ("parameters", f"{DENSE_AND}and the image has 3 channels (+300).", f"32x32x3: {LINE}"),
        (
            "parameters",
            f"{DENSE_AND}the image is 28×28, padded by 2 (±0), and the image has 3 channels "
            "(+300).",
            f"28x28x3: {LINE}".replace("5x5", "5x5 same", 1),
        ),
    ],
    60_000: [
        ("parameters", "LeNet-5 of 1998, unchanged.", "lenet5-1998"),
        ("parameters", "LeNet-5 of 1998, but the image is 28×28, padded by 2 (±0).", NO_LINE),
    ],
    431_080: [
        (
            "parameters",
            "Caffe's LeNet, unchanged.",
            "28x28x1: conv 20 5x5, avgpool 2x2, conv 50 5x5, avgpool 2x2, flatten, "
            "dense 500, dense 10",
        ),
    ],
    3_246: [
        (
            "parameters",
            "LeNet-1, but H3 reads all maps (+700), and pooling has no parameters (-32).",
            "28x28x1: conv 4 5x5, avgpool 2x2, conv 12 5x5, avgpool 2x2, flatten, dense 10",
        ),
    ],
    25_010: [
        (
            "parameters",
            f"{DENSE_AND}the layer of 120 units is left out (-24,600), and the image is 28×28 "
            "(-12,096).",
            "28x28x1: conv 6 5x5, avgpool 2x2, conv 16 5x5, avgpool 2x2, flatten, "
            "dense 84, dense 10",
        ),
    ],
}


def described(answer):
    return [(" ".join(m.quantities), m.sentence, m.line) for m in answer.matches]


@pytest.mark.parametrize("total", KNOWN)
def test_the_totals_that_readers_ask_about(total):
    assert described(which(total)) == KNOWN[total]
    assert not which(total).nearest


def test_61470_is_61706_without_its_236_biases_counted_or_had():
    weights, without, padded, both = which(61_470).matches
    assert weights.name == "lenet5-modern" and weights.quantities == ("weights",)
    assert weights.sentence == (
        "LeNet-5 of 1998, but C3 reads all maps (+900), pooling has no parameters (-22), "
        "and the output is dense (+840)."
    )
    assert without.quantities == ("parameters", "weights")
    assert without.sentence == f"{DENSE_AND}and no layer has biases (-236)."
    assert without.line == (
        "32x32x1: conv 6 5x5 nobias, avgpool 2x2, conv 16 5x5 nobias, avgpool 2x2, "
        "conv 120 5x5 nobias, flatten, dense 84 nobias, dense 10 nobias"
    )
    assert padded.variant.image == both.variant.image == (28, True)
    assert described(which(61_470, "parameters"))[0][1] == without.sentence


@pytest.mark.parametrize(
    ("variant", "sentence"),
    [
        (Variant(), "LeNet-5 of 1998, unchanged."),
        (Variant(image=(32, True)), "the image is 32×32, padded by 2 (+30,240)"),
        (Variant(image=(64, False)), "the image is 64×64 (+806,400)"),
        (Variant(image=(64, False), dense_c5=True), "C5 is dense (-529,920)"),
        (LENET1, "LeNet-1, unchanged."),
        (Variant(False, True, False, (20, 50, 500), (28, False)), "pooling has parameters (+140)"),
    ],
)
def test_what_differs_in_words(variant, sentence):
    sentences = [m.sentence for m in which(counted(variant)["parameters"], "parameters").matches]
    assert any(sentence in found for found in sentences)


# The oracle: closed forms, for what a variant says of itself.
LINKS = {(6, 16): 6 * 3 + 9 * 4 + 1 * 6, (4, 12): 20}


def counted(v):
    """The four quantities of a variant, summed layer by layer with pencil and paper's formulas."""
    first, second, *units = v.widths
    bias, (side, padded) = int(v.biases), v.image
    c1 = side if padded else side - 4
    s2 = c1 // 2
    c3 = s2 - 4
    s4 = c3 // 2
    weights = biases = macs = connections = 0

    def layer(own, own_biases, places, lines):
        nonlocal weights, biases, macs, connections
        weights, biases = weights + own, biases + own_biases
        macs, connections = macs + places * own, connections + places * lines

    layer(25 * v.channels * first, bias * first, c1**2, first * (25 * v.channels + bias))
    links = LINKS[first, second] if v.table else first * second
    layer(25 * links, bias * second, c3**2, 25 * links + bias * second)
    for maps, places in ((first, s2**2), (second, s4**2)):
        own = maps if v.trained_pooling else 0
        weights, biases = weights + own, biases + own
        connections += places * maps * (5 if v.trained_pooling else 4)
    features = s4**2 * second
    if 120 in units and s4 >= 5 and not v.dense_c5:
        units.remove(120)
        layer(25 * second * 120, bias * 120, (s4 - 4) ** 2, 120 * (25 * second + bias))
        features = (s4 - 4) ** 2 * 120
    for count in units:
        layer(features * count, bias * count, 1, count * (features + bias))
        features = count
    if v.rbf:
        macs, connections = macs + features * 10, connections + features * 10
    else:
        layer(features * 10, bias * 10, 1, 10 * (features + bias))
    sums = (weights + biases, weights, macs, connections)
    return dict(zip(QUANTITIES, sums, strict=True))


def test_the_oracle_has_the_published_totals():
    assert counted(LENET5) == dict(zip(QUANTITIES, (60_000, 59_752, 326_520, 340_908), strict=True))
    assert counted(LENET1) == dict(zip(QUANTITIES, (2_578, 2_536, 91_520, 98_442), strict=True))
    assert counted(PUBLISHED[20, 50, 500][1])["parameters"] == 431_080


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_every_variant_is_found_by_its_own_total(quantity):
    for variant in family():
        total = counted(variant)[quantity]
        (match,) = [m for m in which(total, quantity).matches if m.variant == variant]
        assert match.quantities == (quantity,)


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_the_changes_of_every_variant_sum_to_the_difference(quantity):
    for variant in family():
        base = PUBLISHED[variant.widths][1]
        changes = variant.changes(quantity)
        difference = counted(variant)[quantity] - counted(base)[quantity]
        assert sum(added for _, added in changes) == difference
        names = [field.name for field in fields(Variant)]
        assert len(changes) == sum(getattr(variant, n) != getattr(base, n) for n in names)
        assert len(set(changes)) == len(changes)


def test_the_family_has_every_choice_and_no_network_twice():
    assert len(family()) == len(set(family())) == 396
    assert len({(v.network.input_shape, v.network.layers) for v in family()}) == 396
    for field in fields(Variant):
        values = {getattr(variant, field.name) for variant in family()}
        assert len(values) == {"widths": 4, "image": 6}.get(field.name, 2)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_named_network_is_found_by_each_of_its_totals_once(name):
    total = NETWORKS[name].trace().total
    for quantity in QUANTITIES:
        (match,) = [m for m in which(getattr(total, quantity)).matches if m.name == name]
        assert match.network is NETWORKS[name] and quantity in match.quantities
        assert match.rank[0] == 0


@pytest.mark.parametrize(("variant", "name"), NAMED.items())
def test_variants_with_a_name_are_the_named_networks(variant, name):
    """The same layers, with the same names and numbers: only activations differ."""
    for own, named in zip(variant.network.trace(), NETWORKS[name].trace(), strict=True):
        assert (own.name, own.layer.kind) == (named.name, named.layer.kind)
        assert own.layer.counts(own.input_shape) == named.layer.counts(named.input_shape)


def test_no_other_named_network_is_a_variant():
    variants = {tuple((r.layer.kind, r.output_shape, r.macs) for r in v.network.trace())
                for v in family()}  # fmt: skip
    for name in NETWORKS.keys() - NAMED.values():
        trace = NETWORKS[name].trace()
        assert tuple((r.layer.kind, r.output_shape, r.macs) for r in trace) not in variants


def test_the_line_reads_back_as_the_same_counts():
    networks = [*(variant.network for variant in family()), *NETWORKS.values()]
    lines = [notation_of(network) for network in networks]
    for network, line in zip(networks, lines, strict=True):
        if line:
            assert parse(line).trace().total == network.trace().total
        else:
            kinds = {layer.kind for layer in network.layers}
            assert kinds & {"PartialConv2D", "Reshape"}  # for these a line has no word
    assert notation_of(NETWORKS["post-table"]) == (
        "64x64x3: conv 6 3x3, maxpool 2x2, conv 16 4x4, maxpool 2x2, flatten, dense 10"
    )


def test_of_networks_outside_the_family_the_source_is_said():
    (match,) = which(33_090).matches
    assert match.sentence == (
        "the post's table. The post's sections 2 and 3: the summary table that ends in 33058."
    )
    assert match.line.startswith("post-table = 64x64x3: conv 6 3x3")
    assert which(9_760).matches[0].line == "zipcode-1989"


def test_the_other_quantities():
    assert described(which(340_908)) == [
        ("connections", "LeNet-5 of 1998, unchanged.", "lenet5-1998"),
        ("connections", "LeNet-5 of 1998, but the image is 28×28, padded by 2 (±0).", NO_LINE),
    ]
    assert which(281_640, "macs").matches[0].variant == Variant(
        False, image=(28, False)
    )  # MACs tell neither pooling nor the output
    assert which(59_752).matches[0].quantities == ("weights",)
    assert not which(59_752, "parameters").matches
    macs = which(416_520).matches
    assert [m.name for m in macs][:3] == ["lenet5-modern", "lenet5-unshared", None]
    assert macs[1].quantities == ("weights", "macs")
    assert [m.rank for m in macs] == sorted(m.rank for m in macs)


def test_nothing_found_gives_the_two_nearest_totals():
    answer = which(50_000)
    assert not answer.matches
    assert str(answer) == (
        "50,000: no LeNet here; the nearest are\n\n"
        "50,140 parameters: LeNet-5 of 1998, but pooling has no parameters (-44), the layer of "
        "120 units is left out (-24,600), and the image is 32×32, padded by 2 (+14,784).\n\n"
        f"{NO_LINE}\n\n"
        "50,184 parameters: LeNet-5 of 1998, but the layer of 120 units is left out (-24,600), "
        f"and the image is 32×32, padded by 2 (+14,784).\n\n{NO_LINE}\n\n{NOTE}"
    )


@pytest.mark.parametrize("quantity", QUANTITIES)
@pytest.mark.parametrize("number", [1, 61_705, 100_003, 10**17])
def test_no_total_is_nearer_than_the_two(number, quantity):
    known = {getattr(network.trace().total, quantity) for network in NETWORKS.values()}
    known |= {counted(variant)[quantity] for variant in family()}
    expected = sorted(abs(total - number) for total in known)[:2]
    totals = [m.network.trace().total for m in which(number, quantity).nearest]
    assert [abs(getattr(total, quantity) - number) for total in totals] == expected
    assert all(m.quantities == (quantity,) for m in which(number, quantity).nearest)


def test_printed_each_match_has_its_sentence_line_and_table():
    answer = which(44_426)
    (match,) = answer.matches
    text = str(answer)
    assert text.startswith(f"44,426: 1 network\n\n44,426 parameters: {match.sentence}\n\n28x28x1: ")
    table = match.network.trace().table("name", "layer", "output_shape", "biases", *QUANTITIES)
    assert f"\n\n{table}\n\n{NOTE}" in text
    assert text.endswith(NOTE) and text.count(NOTE) == 1
    assert repr(which(61_470)).startswith("61,470: 4 networks\n\n61,470 weights: ")
    assert "61,470 parameters and weights: " in repr(which(61_470))


def test_from_the_fourth_match_on_there_are_no_tables():
    assert str(which(61_470)).count("Output ") == 3
    assert which(61_470)._repr_html_().count("<table>") == 3


def test_shows_as_html_and_escapes_what_could_be_markup():
    html = which(431_080)._repr_html_()
    assert html.startswith("<p>431,080: 1 network</p><p>431,080 parameters: Caffe&#x27;s LeNet, ")
    assert html.count("<table>") == 1 and html.endswith(f"<p>{NOTE}</p>")
    assert "<table>" not in which(50_000)._repr_html_()


@pytest.mark.parametrize(
    ("variant", "names"),
    [
        (Variant(), "C1 S2 C3 S4 C5 Flatten F6 Output"),
        (Variant(image=(28, False)), "C1 S2 C3 S4 Flatten C5 F6 Output"),
        (PUBLISHED[20, 50, 500][1], "C1 S2 C3 S4 Flatten F5 Output"),
        (LENET1, "H1 H2 H3 H4 Flatten Output"),
    ],
)
def test_layers_have_the_names_of_the_papers(variant, names):
    assert [layer.name for layer in variant.network.layers] == names.split()


def test_of_a_long_text_that_is_no_number_the_beginning_is_shown():
    with pytest.raises(ValueError, match=rf"to 18 digits; got '{'x' * 30}'$"):
        number_from("x" * 40)


def test_an_answer_is_frozen():
    with pytest.raises(FrozenInstanceError):
        which(60_000).number = 1


@pytest.mark.parametrize("number", ["61,706", 61706.0, None, True])
def test_what_is_no_whole_number_is_refused(number):
    with pytest.raises(TypeError, match="number must be a whole number, got"):
        which(number)


def test_numbers_out_of_range_and_unknown_quantities_are_refused():
    for number in (0, -1):
        with pytest.raises(ValueError, match=f"number must be at least 1, got {number}"):
            which(number)
    for number in (10**18, 10**5_000):
        with pytest.raises(ValueError, match=r"number must have at most 18 digits"):
            which(number)
    assert not which(10**18 - 1).matches
    with pytest.raises(ValueError, match="no quantity 'biases'; there are parameters, weights, ma"):
        which(236, "biases")


@pytest.mark.parametrize(
    "text", ["61706", "61,706", "61 706", " 61_706\n", "61\u00a0706", "61\u202f706", "061706"]
)
def test_a_number_is_read_however_its_thousands_are_parted(text):
    assert number_from(text) == 61_706


def test_a_short_and_a_long_number_are_read():
    assert number_from("7") == 7 and number_from("1,234,567") == 1_234_567
    assert number_from("9" * 18) == 10**18 - 1 == number_from("999," * 5 + "999")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "61.706",
        "6,1706",
        "61,70",
        "-5",
        "61k",
        "1e5",
        "٦١",
        "9" * 19,
        "9" * 5_000,
        "1" + ",999" * 6,
    ],
)
def test_what_is_no_number_is_refused_in_one_short_line(text):
    with pytest.raises(ValueError, match="number must be as 61706 or 61,706, to 18 digits; got '"):
        number_from(text)
    with pytest.raises(ValueError) as error:  # noqa: PT011
        number_from(text)
    assert len(str(error.value)) < 100 and "\n" not in str(error.value)


@pytest.mark.parametrize("number", [416_520, 50_000])
def test_an_answer_takes_less_than_a_second_of_a_fresh_python(number):
    script = (
        f"import time; from lenet.which import which; str(which({number}));"
        "print(time.process_time())"
    )
    run = [sys.executable, "-c", script]
    out = subprocess.run(run, text=True, capture_output=True, check=True).stdout
    assert 0 < float(out) < 1


def test_the_note_names_what_changes_no_total():
    assert NOTE.startswith("No effect on the total: max or average pooling, activations, C5 dense")


def test_of_two_totals_that_are_as_near_the_smaller_comes_first():
    totals = sorted({match.network.trace().total.parameters for match in _known()})
    middles = [
        (below, above) for below, above in pairwise(totals)
        if (below + above) % 2 == 0 and not which((below + above) // 2).matches
    ]  # fmt: skip
    for below, above in middles[:30]:
        near = which((below + above) // 2, "parameters").nearest
        assert [match.network.trace().total.parameters for match in near] == [below, above]


def test_what_is_not_said_of_an_answer_is_empty():
    network = parse("84: dense 10")
    assert Answer(850, ()).nearest == () and Match(network).quantities == ()
    assert Match(network).name is None and Match(network, name="ten").line == "ten = 84: dense 10"


@pytest.mark.parametrize("count", [1, 2, 3])
def test_one_network_is_no_networks(count):
    match = which(44_426).matches[0]
    said = str(Answer(44_426, (match,) * count)).split("\n")[0]
    assert said == f"44,426: {count} network{'s' if count > 1 else ''}"
