"""The scripts of the builder count, read and refuse networks as the package does."""

import json
from math import prod
from random import Random

import pytest
import widget_builder
from lenet import derive, parse
from lenet.architectures import NETWORKS
from lenet.network import Network
from lenet.notation import KINDS, SIZED, WORDS
from lenet.slips import NotationError
from lenet.trace import SUMMED
from lenet.which import which

RULES = json.loads(json.dumps(widget_builder.builder()))
SCRIPTS = (
    "shared/formula.js", "shared/layers.js", "shared/code.js", "builder/slips.js",
    "builder/notation.js", "builder/chain.js", "builder/table.js", "builder/export.js",
    "builder/found.js",
)  # fmt: skip
COUNTED = """([networks, rules]) => networks.map((network) => {
    const { rows, names, total, error } = Chain.count(network, rules);
    return error ? error.message : [
        rows.map((row, at) => [names[at], row.shape, row.view && row.view.map(({ r }) => r),
            row.lines.map((line) => line.text),
            Chain.SUMMED.map((name) => row.counts[name] ?? 0)]),
        Chain.SUMMED.map((name) => total[name])]; })"""
READ = """([lines, rules]) => lines.map((line) => {
    try { return Notation.write(Notation.parse(line, rules), rules); }
    catch (error) { return [error.message]; } })"""
WRITTEN = """([form, networks, rules]) => networks.map((network) => Export.as(
    form, { network, counted: Chain.count(network, rules), rules, name: network.name }).text)"""
RIVALS = """([networks, quantity, rules]) => networks.map((network) => {
    const made = Chain.rival({ ...Chain.count(network, rules), shape: network.shape }, quantity,
                             rules);
    return made ? made.layers[1].units : 0; })"""
FOUND = """(numbers) => numbers.map((number) => {
    const { found, near } = Found.entries(number);
    return [Found.head(number, found), ...(found ?? near).map(([total, entry]) => {
        const [counted, sentence, line] = Found.answers.entries[entry];
        return [`${Formula.written(total)} ${counted}: ${sentence}`, line]; }), Found.answers.note];
    })"""
NO_TORCH = 'no PyTorch is here: .venv/bin/pip install -e ".[benchmark]" brings it'
OUTSIDE = "this page counts no further"


@pytest.fixture(scope="module")
def script(with_scripts):
    return with_scripts(*SCRIPTS)


def counted(network: Network) -> list:
    """What the package counts and prints of it, in the script's order."""
    rows = [
        [
            row.name,
            list(row.output_shape),
            row.receptive_field and list(row.receptive_field),
            [line.strip() for line in repr(one).splitlines()[1:]],
            [getattr(row, name) for name in SUMMED],
        ]
        for row, one in zip(network.trace(), derive(network), strict=True)
    ]
    return [rows, [getattr(network.trace().total, name) for name in SUMMED]]


def in_script_order(found: list) -> list:
    """The script's sums in the package's order: MACs stand elsewhere."""
    order = [0, 1, 2, 3, 5, 4, 6]
    rows, total = found
    return [[[*row[:-1], [row[-1][n] for n in order]] for row in rows], [total[n] for n in order]]


def size(chance: Random, most: int) -> str:
    one, other = chance.randint(1, most), chance.randint(1, most)
    return str(one) if chance.random() < 0.7 else f"{one}x{other}"


def clause(chance: Random, word: str) -> str:
    """A layer of this word with drawn sizes and now and then more."""
    make = {"filters": 12, "kernel_size": 5, "pool_size": 3, "units": 20, "padding": 3, "size": 2}
    _, sizes = KINDS[word]
    counts = ("filters", "units")
    parts = [word]
    parts += [
        str(chance.randint(1, make[name])) if name in counts else size(chance, make[name])
        for name in sizes
    ]
    takes = RULES["notation"]["kinds"][word]["given"]
    for said, name in SIZED.items():
        if name in takes and chance.random() < 0.2:
            parts += [said, "2" if name == "groups" else size(chance, 2)]
    if isinstance(takes.get("padding"), str) and chance.random() < 0.4:
        parts.append(chance.choice(["same", "same", "valid"]))
    if "use_bias" in takes and chance.random() < 0.2:
        parts.append("nobias")
    if "activation" in takes and chance.random() < 0.5:
        parts.append(chance.choice(["relu", "tanh", "softmax"]))
    if chance.random() < 0.2:
        parts += ["as", f"L{chance.randint(1, 40)}"]
    return " ".join(parts)


def drawn(chance: Random) -> str:
    """A line of a network; some do not fit."""
    maps = [word for word in KINDS if word not in ("dense", "rbf", "flatten")]
    layers = [clause(chance, chance.choice(maps)) for _ in range(chance.randint(1, 6))]
    if chance.random() < 0.7:
        layers += ["flatten"] * chance.choice([0, 1, 1, 1])
        layers += [clause(chance, "dense") for _ in range(chance.randint(0, 2))]
        layers += [clause(chance, chance.choice(["dense", "rbf", "batchnorm"]))]
    shape = "x".join(str(chance.randint(8, 40)) for _ in range(2))
    return f"{shape}x{chance.choice([1, 2, 3, 4])}: {', '.join(layers)}"


def lines(number: int, seed: int) -> list[str]:
    chance = Random(seed)
    return [drawn(chance) for _ in range(number)]


def said(line: str) -> str | list[str]:
    """What the package makes of a line: the network, or the error's words."""
    try:
        return parse(line)
    except NotationError as error:
        return [str(error)]


def test_named_and_drawn_networks_are_counted_and_derived_as_the_package_does(script):
    networks = [*NETWORKS.values(), *fitting(1200, 5)]
    described = [widget_builder.described(network) for network in networks]
    found = script.evaluate(COUNTED, [described, RULES])
    assert len(networks) > 320
    kinds = {layer.kind for network in networks for layer in network.layers}
    assert kinds == set(RULES["kinds"])
    for network, one in zip(networks, found, strict=True):
        assert in_script_order(one) == counted(network), network


def fitting(number: int, seed: int) -> list[Network]:
    return [net for line in lines(number, seed) if isinstance(net := said(line), Network)]


def test_its_code_for_keras_builds_a_network_of_the_same_numbers(script):
    ours = set(widget_builder.OURS)
    drawn_ones = [
        net
        for net in fitting(260, 8)
        if not ours & {layer.kind for layer in net.layers}
        and all(strides_or_dilation(layer) for layer in net.layers)
    ]
    networks = {**NETWORKS, **{f"drawn {n}": net for n, net in enumerate(drawn_ones[:25])}}
    described = [
        {**widget_builder.described(network), "name": name} for name, network in networks.items()
    ]
    texts = script.evaluate(WRITTEN, ["keras", described, RULES])
    for text, network in zip(texts, networks.values(), strict=True):
        made: dict = {}
        exec(text, made)
        total = network.trace().total
        assert made["model"].count_params() == total.parameters + total.fixed, text
        assert tuple(made["model"].output_shape[1:]) == network.output_shape, text


def strides_or_dilation(layer) -> bool:
    """Keras takes only one of them above 1."""
    dilation = getattr(layer, "dilation_rate", (1, 1))
    return max(getattr(layer, "strides", (1, 1))) == 1 or max(dilation) == 1


def test_its_code_for_pytorch_builds_a_network_of_the_same_numbers(script):
    torch = pytest.importorskip("torch", reason=NO_TORCH)
    networks = fitting(400, 9)
    texts = script.evaluate(
        WRITTEN, ["torch", list(map(widget_builder.described, networks)), RULES]
    )
    built = 0
    for text, network in zip(texts, networks, strict=True):
        if "#" in text:
            continue
        made: dict = {}
        exec(text, made)
        model, (height, *rest) = made["model"].eval(), network.input_shape
        image = torch.zeros(1, rest[1], height, rest[0]) if rest else torch.zeros(1, height)
        out = tuple(model(image).shape[1:])
        wanted = network.output_shape
        assert out == (wanted if len(wanted) == 1 else (wanted[2], *wanted[:2])), text
        assert sum(p.numel() for p in model.parameters()) == network.trace().total.parameters
        built += 1
    assert built > 40


def test_its_markdown_is_the_packages(script):
    networks = [*NETWORKS.values(), *fitting(200, 10)]
    described = list(map(widget_builder.described, networks))
    for text, network in zip(
        script.evaluate(WRITTEN, ["markdown", described, RULES]), networks, strict=True
    ):
        trace = network.trace()
        more = ["fixed"] if trace.total.fixed else []
        columns = ("name", "layer", "output_shape", "weights", "biases", "parameters")
        assert text == trace.table(*columns, *more, "macs", "receptive_field").to_markdown()


@pytest.mark.parametrize("quantity", ["parameters", "MACs"])
def test_a_rival_has_as_many_units_as_fit_and_no_more(script, quantity):
    networks = [*NETWORKS.values(), *fitting(200, 11)]
    described = list(map(widget_builder.described, networks))
    hidden = script.evaluate(RIVALS, [described, quantity, RULES])
    assert 0 in hidden
    for units, network in zip(hidden, networks, strict=True):
        inputs, outputs = prod(network.input_shape), prod(network.output_shape)
        most = getattr(network.trace().total, quantity.lower())

        def needs(h, inputs=inputs, outputs=outputs):
            weights = inputs * h + h * outputs
            return weights + (h + outputs if quantity == "parameters" else 0)

        assert units == 0 or needs(units) <= most
        assert needs(units + 1) > most


def test_which_lenet_that_is_is_told_as_the_package_tells_it(script):
    script.add_script_tag(content=widget_builder.answers_script())
    numbers = [int(number) for number in widget_builder.answers()["found"]]
    assert {44426, 61706, 60000} <= set(numbers)
    chance = Random(3)
    numbers += [1, 10**15, *(chance.randint(1, 10 ** chance.randint(2, 8)) for _ in range(200))]
    for number, found in zip(numbers, script.evaluate(FOUND, numbers), strict=True):
        head, *entries, note = found
        parts = [part for part in which(number)._parts() if isinstance(part, str)]
        assert [head, *(text for entry in entries for text in entry), note] == parts


def broken(chance: Random, line: str) -> str:
    """The line with one letter, word or clause changed, dropped or put in."""
    parts = line.split(chance.choice([" ", "", ","]) or None) if chance.random() < 0.7 else [*line]
    glue = " " if " " in line and len(parts) < len(line) else ""
    at = chance.randrange(len(parts))
    new = chance.choice(ODD)
    change = chance.randrange(4)
    if change == 0:
        parts[at] = new
    elif change == 1:
        parts.insert(at, new)
    elif change == 2:
        del parts[at]
    else:
        parts[at] = parts[at][::-1] if chance.random() < 0.5 else parts[at][:-1]
    return glue.join(parts)


ODD = [
    *KINDS, *WORDS, "conw", "poolmax", "denes", "softmx", "strid", "6", "0", "-1", "5x", "x5",
    "5x5x5", "1000000001", "9" * 300, "w" * 130, ",", ":", "", " ", "\t", "\x1b[2J", "\u202e", "é",
    "×", "'", '"', "\\", "'\"", "🙂", "\udcff", "\u3000", "as", "as as", "２", "٣", "conv 6 5",
    "{got}", "{0}", "relu relu", "stride 2 stride 2", "as a as b", "dense 3", "flatten", "rbf 10",
    "constructor", "toString", "__proto__",
]  # fmt: skip


def test_a_line_is_read_and_written_and_a_slip_gets_the_shells_words(script):
    chance = Random(1989)
    asked = [*lines(400, 6), *(broken(chance, line) for line in lines(4000, 7))]
    found = script.evaluate(READ, [asked, RULES])
    read, refused = 0, 0
    for line, one in zip(asked, found, strict=True):
        wanted = said(line)
        if isinstance(wanted, Network) and isinstance(one, list):
            assert OUTSIDE in one[0], line
        elif isinstance(wanted, Network):
            assert parse(one) == wanted, (line, one)
            read += 1
        else:
            assert one == wanted, line
            refused += 1
    assert read > 300 and refused > 2000


def test_a_word_that_is_changed_is_seen(script):
    rules = json.loads(json.dumps(RULES))
    rules["notation"]["said"]["no kind"] = "{got!r} is not a layer"
    (found,) = script.evaluate(READ, [["32x32x1: conw 6 5"], rules])
    assert found != said("32x32x1: conw 6 5")
    rules["steps"]["Dense features"][1][2] = "N·U + 1"
    network = widget_builder.described(NETWORKS["fnn-784-10"])
    (found,) = script.evaluate(COUNTED, [[network], rules])
    assert in_script_order(found) != counted(NETWORKS["fnn-784-10"])
