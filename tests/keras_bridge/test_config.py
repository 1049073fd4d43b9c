import os
import zipfile

import lenet
import pytest
from keras_files import CONV, DENSE, POOL, functional, layer, reading, sequential, written
from lenet.keras_bridge import files
from lenet.keras_bridge.config import read_config, read_file
from lenet.layers import Dense

SMALL = sequential(CONV, POOL, DENSE)


def test_a_file_is_read_without_keras(tmp_path):
    network = read_file(written(tmp_path / "small.keras", SMALL))
    total = network.trace().total
    assert (total.weights, total.biases) == (5 * 5 * 3 * 6 + 60, 16)
    assert (network.name, network.source) == ("small", "small.keras")


def test_a_side_that_is_left_open_must_be_told():
    config = sequential(CONV, POOL, DENSE, shape=(None, None, 3))
    with pytest.raises(ValueError, match=r"'image' has the open shape \(None, None, 3\): say how"):
        read_config(config)
    assert read_config(config, (20, 20, 3)).trace()["conv"].output_shape == (16, 16, 6)
    with pytest.raises(ValueError, match=r"\(20, 20, 1\) does not fit 'image'"):
        read_config(config, (20, 20, 1))


def test_a_sequential_without_an_input_has_its_shape_in_the_build(tmp_path):
    bare = sequential(CONV)
    bare["config"]["layers"] = bare["config"]["layers"][1:]
    with pytest.raises(ValueError, match="say how large it is"):
        read_config(bare)
    bare["build_config"] = {"input_shape": [None, 9, 9, 1]}
    assert read_config(bare).output_shape == (5, 5, 6)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (layer("Lambda", "l", function={"class_name": "__lambda__", "config": {"code": "4wEAAA"}}),
         "layer 'l': a Lambda holds code, which is not read"),
        (layer("LSTM", "l", units=3), "layer 'l': no rule for LSTM, and a file does not say"),
        ({**layer("Conv2D", "l"), "module": "os"}, "layer 'l': no rule for Conv2D"),
        ({**layer("system", "l"), "module": "keras.src.ops.numpy"}, "no rule for system"),
        (layer("Layer", "l"), "no rule for Layer"),
        (layer("Shared", "l", layer=3), "no rule for Shared"),
        (layer("Network", "l"), "no rule for Network"),
        (layer("Conv2D", "l", filters="6", kernel_size=5), "'l': filters must be a whole number"),
        (layer("Conv2D", "l", filters=10, kernel_size=225), "does not fit a padded input of 220"),
        (layer("Conv2D", "l", kernel_size=5), "'l': .*missing 1 required .*'filters'"),
        (layer("Conv2D", 3, filters=1, kernel_size=5), "name of a layer must be a word, got 3"),
        (layer("Conv2D", ["l"], filters=1), r"name of a layer must be a word, got \['l'\]"),
        (layer("Conv2D", "l\x1b[2J", filters=1), r"must be a word, got 'l\\x1b\[2J'"),
        (layer("Conv2D", "conv", filters=1), "two layers are called 'conv'"),
        (layer("Conv2D", "l", filters=1, kernel_size=5, trainable=[0]),
         r"'l': trainable must be true or false, got \[0\]"),
        (layer("BatchNormalization", "l", axis=True), "axis must be a whole number, got True"),
        ({**layer("Conv2D", "l"), "class_name": ["Conv2D"]}, "class_name must be a word"),
        (layer("base", "l"), "no rule for base"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused_by_name_and_nothing_of_it_runs(kind, says):
    with pytest.raises(ValueError, match=says) as caught:
        read_config(sequential(CONV, kind))
    assert "\n" not in str(caught.value)


def test_a_rule_of_your_own_stands_for_a_layer():
    config = sequential(layer("Mine", "mine", width=7), shape=(84,))
    config["config"]["layers"][1]["module"] = "my_package"
    rules = {"Mine": lambda config, shape: Dense(config["width"] * len(shape))}
    assert read_config(config, rules=rules).trace()["mine"].parameters == 84 * 7 + 7


@pytest.mark.parametrize(
    "config",
    [{}, [], "model", None, 3, {"config": {}}, {"class_name": "Functional", "config": None},
     {"class_name": "Functional", "config": {"layers": [], "input_layers": [["a", 0, 0]]}},
     {"class_name": "Sequential", "config": {"layers": [{}]}}],
)  # fmt: skip
def test_what_is_no_model_is_a_value_error(config):
    with pytest.raises(ValueError):  # noqa: PT011
        read_config(config)


def test_a_class_of_its_own_says_what_to_build():
    with pytest.raises(ValueError, match=r"Mine is a class of its own.*functional"):
        read_config({"class_name": "Mine", "config": {"name": "mine"}})


def test_layers_may_be_written_down_before_what_they_read():
    last, first = reading(layer("Flatten", "b"), "a"), reading(layer("Flatten", "a"), "image")
    assert [r.name for r in read_config(functional(last, first, output="b")).trace().rows] == [
        "a", "b",
    ]  # fmt: skip


def test_a_circle_is_refused():
    one, other = reading(layer("Flatten", "a"), "b"), reading(layer("Flatten", "b"), "a")
    with pytest.raises(ValueError, match="layer 'a' reads something that is not in the model"):
        read_config(functional(one, other, output="b"))


def test_a_shape_that_keras_wrote_down_is_held_against_ours():
    wrong = reading(layer("Flatten", "a"), "image", shape=[None, 8, 9, 1])
    with pytest.raises(ValueError, match=r"Keras has the shape \(8, 9, 1\), the rules here"):
        read_config(functional(wrong, output="a"))


def test_a_missing_or_a_foreign_file_says_so(tmp_path):
    with pytest.raises(ValueError, match=r"there is no file .*none.keras"):
        read_file(tmp_path / "none.keras")
    (tmp_path / "text.keras").write_text("hello")
    with pytest.raises(ValueError, match=r"cannot be read .* write one with model.save"):
        read_file(tmp_path / "text.keras")
    with zipfile.ZipFile(tmp_path / "other.keras", "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(ValueError, match=r"holds no config.json"):
        read_file(tmp_path / "other.keras")
    for text in ("{", "[" * 100_000):
        with pytest.raises(ValueError, match="is no JSON"):
            read_file(written(tmp_path / "bad.keras", text))


def test_a_cut_file_is_refused_wherever_it_is_cut(tmp_path):
    whole = written(tmp_path / "small.keras", SMALL).read_bytes()
    for length in range(0, len(whole), 7):
        (tmp_path / "cut.keras").write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"cut.keras"):
            read_file(tmp_path / "cut.keras")


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_CONFIG", 1000)
    with zipfile.ZipFile(tmp_path / "bomb.keras", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", " " * 100_000)
    assert os.path.getsize(tmp_path / "bomb.keras") < 1000
    with pytest.raises(ValueError, match=r"config.json is longer than 1,000 bytes"):
        read_file(tmp_path / "bomb.keras")


def test_the_remedy_that_is_given_works_as_it_stands():
    with pytest.raises(ValueError, match="no rule for Mine") as caught:
        read_config(sequential({**layer("Mine", "mine", units=3), "module": "mine"}, shape=(84,)))
    remedy = str(caught.value).split("as in ")[1]
    config = sequential({**layer("Mine", "mine", units=3), "module": "mine"}, shape=(84,))
    asked = {"read_file": lambda path, rules: read_config(config, rules=rules), "lenet": lenet}
    assert eval(remedy, asked).trace()["mine"].parameters == 1000
