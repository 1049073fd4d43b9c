"""Who reads whom: generated graphs, of which one input after the other is changed.

`make fuzz` takes 3,000 models and more than 10,000 layers, `make test` a few.
"""

import os
from collections import Counter

import numpy as np
import pytest
from drawn_graphs import drawn_graph, moved
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keras_models import counts, weightless
from lenet import Network
from lenet.keras_bridge.config import read_file
from lenet.keras_bridge.model import from_keras
from lenet.keras_bridge.quiet import keras
from lenet.layers import Foreign

L = keras.layers
MODELS = int(os.environ.get("LENET_FUZZ_GRAPHS", "30"))
long = settings(suppress_health_check=list(HealthCheck), deadline=None)
asked = Counter()


def reachable(network: Network, ends: int) -> np.ndarray:
    """Which inputs the rows end0, end1, ... depend on, by what reads what: (inputs, ends)."""
    before = {-1 - n: {n} for n in range(len(network.inputs))}
    for number, reads in enumerate(network.reads):
        before[number] = set().union(*(before[n] for n in reads))
    places = {layer.name: number for number, layer in enumerate(network.layers)}
    return np.array([
        [n in before[places[f"end{end}"]] for end in range(ends)]
        for n in range(len(network.inputs))
    ])  # fmt: skip


def check_shapes(network: Network, model: keras.Model) -> None:
    rows = {row.name: row for row in network.trace().rows}
    for operation in model.operations:
        if operation.name in rows:
            first = keras.tree.flatten(operation.output)[0]
            assert rows[operation.name].output_shape == first.shape[1:]
            asked["shapes"] += 1


def said(network: Network) -> dict:
    names = {n: layer.name for n, layer in enumerate(network.layers)}
    return {
        row.name: (row.output_shape, row.parameters, row.fixed, [names.get(n, n) for n in reads])
        for row, reads in zip(network.trace().rows, network.reads, strict=True)
    }


def check_file(network: Network, model: keras.Model, path) -> None:
    """A file says the same, or refuses by name what is not in it."""
    model.save(path)
    try:
        read = read_file(path)
    except ValueError as error:
        refused = ("no rule for", "Lambda", "does not say", "class of its own")
        assert any(word in str(error) for word in refused), error
        asked["files refused"] += 1
        return
    assert said(read) == said(network)
    asked["files"] += 1


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("graphs") / "graph.keras"


def test_generated_graphs_have_kerass_shapes_counts_and_wiring(file):
    asked.clear()

    @settings(long, max_examples=MODELS)
    @given(st.data())
    def check_one_graph(data):
        model = drawn_graph(data.draw)
        network = from_keras(model)
        total = network.trace().total
        assert (total.parameters, total.fixed) == counts(model)
        check_shapes(network, model)
        ends = sum(layer.name.startswith("end") for layer in network.layers)
        assert (moved(model, ends) == reachable(network, ends)).all()
        asked["models"] += 1
        asked["layers"] += len(network.layers)
        asked["foreign"] += sum(isinstance(layer, Foreign) for layer in network.layers)
        if asked["models"] % 4 == 0:
            check_file(network, model, file)

    check_one_graph()
    print(dict(asked))
    assert asked["models"] >= 0.9 * MODELS, asked
    assert asked["layers"] > 3 * MODELS and asked["foreign"], asked


def test_a_swapped_input_is_found():
    a, b = keras.Input((5, 4), name="a"), keras.Input((5, 4), name="b")
    model = keras.Model([a, b], [L.Identity(name="end0")(a), L.Identity(name="end1")(b)])
    network = from_keras(model)
    assert (moved(model, 2) == reachable(network, 2)).all()
    swapped = Network(network.inputs, network.layers, reads=[(-2,), (-1,)])
    assert not (moved(model, 2) == reachable(swapped, 2)).all()


def both(model, tmp_path, **more) -> Network:
    """The network of the live model, which its file says too."""
    model.save(tmp_path / "model.keras")
    network, read = from_keras(model, **more), read_file(tmp_path / "model.keras", **more)
    assert said(network) == said(read)
    assert network.reads == read.reads and network.inputs == read.inputs
    total = network.trace().total
    assert (total.parameters, total.fixed) == counts(model)
    return network


def small(name: str, shape=(8, 8, 1)) -> keras.Model:
    image = keras.Input(shape)
    return keras.Model(image, L.Dense(3)(L.Flatten()(image)), name=name)


def test_a_model_may_be_the_output_of_another(tmp_path):
    image = keras.Input((8, 8, 1))
    network = both(keras.Model(image, small("inner")(image)), tmp_path)
    assert len(network.layers) == 2 and network.layers[1].name.startswith("inner/dense")


def test_an_encoder_and_its_decoder_and_siamese_embeddings(tmp_path):
    encoder = small("encoder")
    code = keras.Input((3,))
    decoder = keras.Model(code, L.Dense(64)(code), name="decoder")
    image = keras.Input((8, 8, 1))
    assert both(keras.Model(image, decoder(encoder(image))), tmp_path).output_shape == (64,)
    one, other = keras.Input((8, 8, 1)), keras.Input((8, 8, 1))
    pair = both(keras.Model([one, other], [encoder(one), encoder(other)]), tmp_path)
    assert pair.reads == ((-1,), (0,), (-2,), (2,))
    assert pair.layers[3].name.endswith(", use 2")


def test_mobilenet_may_be_the_output():
    with weightless():
        image = keras.Input((96, 96, 3))
        inner = keras.applications.MobileNetV2((96, 96, 3), weights=None)
        network = from_keras(keras.Model(image, inner(image)))
    assert network.trace().total.macs > 10**7


def test_inputs_in_a_dict_are_read_by_name(tmp_path):
    wide, near = keras.Input((8, 8, 1), name="wide"), keras.Input((8, 8, 1), name="near")
    ends = [L.Conv2D(2, 7, name="seven")(wide), L.Conv2D(2, 3, name="three")(near)]
    for inputs in ({"wide": wide, "near": near}, {"near": near, "wide": wide}, [wide, near]):
        inner = keras.Model(inputs, ends, name="inner")
        for names in (("wide", "near"), ("near", "wide")):
            images = {name: keras.Input((8, 8, 1)) for name in names}
            model = keras.Model(list(images.values()), inner(images))
            network = both(model, tmp_path)
            reads = dict(zip([layer.name for layer in network.layers], network.reads, strict=True))
            assert reads["inner/seven"] == (-1 - names.index("wide"),)
            assert reads["inner/three"] == (-1 - names.index("near"),)


def test_shapes_that_are_left_open_are_given(tmp_path):
    chain = keras.Sequential([L.Conv2D(3, 3), L.Flatten(), L.Dense(2)])
    with pytest.raises(ValueError, match="never built: say how large its input is"):
        from_keras(chain)
    assert from_keras(chain, (9, 9, 1)).trace().total.parameters == 30 + 296
    image, text = keras.Input((None, None, 1), name="image"), keras.Input((None, 4), name="text")
    model = keras.Model([image, text], [L.Conv2D(2, 3)(image), L.GRU(3)(text)])
    for sides in (((9, 9, 1), (7, 4)), {"image": (9, 9, 1), "text": (7, 4)}):
        network = both(model, tmp_path, input_shape=sides)
        assert network.inputs == ((9, 9, 1), (7, 4))
    with pytest.raises(ValueError, match=r"'text' has the open shape \(None, 4\)"):
        from_keras(model, (9, 9, 1))
    with pytest.raises(ValueError, match=r"input_shape has other; .* has the inputs image, text"):
        from_keras(model, {"other": (3,)})
    with pytest.raises(ValueError, match="input_shape has 3 shapes"):
        from_keras(model, ((9, 9, 1), (7, 4), (3,)))
    with pytest.raises(ValueError, match=r"\(9, 9, 2\) does not fit 'image'"):
        from_keras(model, ((9, 9, 2), (7, 4)))


def test_one_layer_in_two_models_is_counted_once(tmp_path):
    conv, image = L.Conv2D(4, 3, name="conv"), keras.Input((8, 8, 3))
    parts = []
    for name in ("one", "other"):
        inside = keras.Input((8, 8, 3))
        parts.append(keras.Model(inside, conv(inside), name=name)(image))
    model = keras.Model(image, L.Add()(parts))
    total = from_keras(model).trace().total
    assert (total.parameters, total.macs) == (112, 2 * 36 * 108)
    model.save(tmp_path / "shared.keras")
    with pytest.raises(ValueError, match="'other/conv': the file has no weights for it, 112 by"):
        read_file(tmp_path / "shared.keras")
