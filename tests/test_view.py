"""What units see of the image: known cases, and pixels followed through generated graphs."""

from collections import Counter

import pytest
from hypothesis import given, settings
from lenet import Network
from lenet.layers import (
    Activation,
    Add,
    BatchNormalization,
    Concatenate,
    Conv1D,
    Conv2D,
    Conv2DTranspose,
    Cropping2D,
    Dense,
    Flatten,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GroupNormalization,
    LayerNormalization,
    MaxPooling2D,
    Multiply,
    PartialConv2D,
    Permute,
    PointwiseDense,
    RepeatVector,
    Reshape,
    Shared,
    UnitNormalization,
    UpSampling2D,
    ZeroPadding2D,
)
from lenet.layers.base import Window
from lenet.view import Axis, View, seen_after
from loops import seen
from loops_by_kind import everywhere
from networks import graphs

IMAGE = View.of_image((12, 12, 3))


def view(*axes: tuple) -> View:
    return View(tuple(Axis(*axis) for axis in axes))


def last_view(shape, *layers, reads=None) -> View | None:
    return Network(shape, layers, reads=reads).trace()[-1].seen


def test_an_image_sees_itself_along_each_axis():
    assert View.of_image((32, 28, 3)) == view((32, 1, 1, 0), (28, 1, 1, 0))
    assert View.of_image((84,)) == view((84,))
    assert View.of_image((9, 8, 7, 1)).fields == View.of_image((9, 8, 7, 1)).jumps == (1, 1, 1)


def test_an_axis_ends_where_its_units_end():
    axis = Axis(extent=4, field=5, jump=2, start=-1)
    assert (axis.end, axis.far_end) == (4, 10)


@pytest.mark.parametrize(
    ("axis", "window", "extent", "after"),
    [
        (Axis(32), Window(5), 28, Axis(28, 5, 1, 0)),
        (Axis(28, 5, 1, 0), Window(2, 2), 14, Axis(14, 6, 2, 0)),
        (Axis(14, 6, 2, 0), Window(5), 10, Axis(10, 14, 2, 0)),
        (Axis(28), Window(5, 1, -2), 28, Axis(28, 5, 1, -2)),
        (Axis(14, 6, 2, 0), Window(3, 1, -1), 14, Axis(14, 10, 2, -2)),
        (Axis(9, 3, 2, -1), Window(1, 1, 2), 5, Axis(5, 3, 2, 3)),  # a crop of two in front
        (Axis(9, 3, 2, -1), Window(9, 0), 9, Axis(9, 19, 0, -1)),  # each unit reads them all
        (Axis(9, 19, 0, -1), Window(3, 1, -1), 9, Axis(9, 19, 0, -1)),
    ],
)
def test_an_axis_goes_through_windows(axis, window, extent, after):
    assert axis.through(window, extent) == after


@pytest.mark.parametrize(
    ("layers", "after"),
    [
        ([Conv2D(6, 5, padding="same")], view((12, 5, 1, -2), (9, 5, 1, -2))),
        ([Conv2D(6, 3, dilation_rate=2)], view((8, 5, 1, 0), (5, 5, 1, 0))),
        ([MaxPooling2D((2, 3), (2, 1))], view((6, 2, 2, 0), (7, 3, 1, 0))),
        ([ZeroPadding2D(((1, 0), (2, 0)))], view((13, 1, 1, -1), (11, 1, 1, -2))),
        ([Cropping2D(((1, 0), (2, 0)))], view((11, 1, 1, 1), (7, 1, 1, 2))),
        ([MaxPooling2D((2, 3), (2, 1)), Flatten()], view((6, 2, 2, 0), (7, 3, 1, 0))),
        ([MaxPooling2D((2, 3), (2, 1)), Flatten(), Dense(3)], view((1, 12, 2, 0), (1, 9, 1, 0))),
        ([GlobalAveragePooling2D(keepdims=True)], view((1, 12, 1, 0), (1, 9, 1, 0))),
        ([GlobalAveragePooling2D()], view((1, 12, 1, 0), (1, 9, 1, 0))),
        ([GlobalAveragePooling2D(), Reshape((1, 1, 2))], view((1, 12, 1, 0), (1, 9, 1, 0))),
        ([GlobalAveragePooling2D(), Reshape((2, 1, 1))], None),
        ([GroupNormalization(groups=2)], view((12, 12, 0, 0), (9, 9, 0, 0))),
        ([GroupNormalization(groups=1), Conv2D(1, 3)], view((10, 12, 0, 0), (7, 9, 0, 0))),
        ([GroupNormalization(groups=1, axis=-2)], None),
        ([LayerNormalization(axis=-3)], view((12, 12, 0, 0), (9, 1, 1, 0))),
        ([Permute((2, 1, 3))], None),
        ([Conv2D(2, (12, 9)), Permute((2, 1, 3))], None),
        ([UpSampling2D()], None),
        ([Conv2DTranspose(1, 3)], None),
        ([UpSampling2D(), GlobalAveragePooling2D(), Dense(3)], None),
        ([Flatten(), RepeatVector(3)], None),
    ],
    ids=repr,
)
def test_views_of_known_chains(layers, after):
    assert last_view((12, 9, 2), *layers) == after


@pytest.mark.parametrize(
    ("layer", "fields"),
    [
        (Dense(3), (8, 7)), (PointwiseDense(3), (8, 7)), (LayerNormalization(), (8, 7)),
        (UnitNormalization(), (8, 7)), (Activation("softmax"), (8, 7)),
        (Activation("log_softmax"), (8, 7)), (Shared(LayerNormalization()), (8, 7)),
        (GroupNormalization(groups=1), (8, 7)), (GroupNormalization(groups=2), None),
        (Activation("my>swoosh"), None), (Activation("relu"), (3, 3)),
        (BatchNormalization(), (3, 3)),
    ],
    ids=repr,
)  # fmt: skip
def test_features_that_were_a_map_are_seen_all_at_once_where_they_are_mixed(layer, fields):
    after = last_view((8, 7, 1), Conv2D(2, 3), Flatten(), layer)
    assert (after and after.fields) == fields


def test_on_a_map_channels_are_mixed_place_by_place():
    layers = [Conv2D(2, 3), LayerNormalization(), Activation("softmax"), PointwiseDense(2)]
    rows = Network((8, 8, 1), layers).trace()
    assert [row.receptive_field for row in rows] == 4 * [(3, 3)]


def test_dense_layers_see_all_features():
    assert last_view((784,), Dense(300), Dense(10)) == view((1, 784, 1, 0))
    assert last_view((84,), PointwiseDense(3)).fields == (84,)


ONE_PLACE = view((1, 12, 1, 0), (1, 12, 1, 0))
SHAPE = (12, 12, 2)


@pytest.mark.parametrize(
    ("views", "after"),
    [
        # the same jump: from the first pixel that any of them sees to the last
        ([IMAGE, view((12, 5, 1, -2), (12, 3, 1, -1))], view((12, 5, 1, -2), (12, 3, 1, -1))),
        ([view((12, 3, 1, 0), (12, 3, 1, 0)), view((12, 3, 1, -2), (12, 3, 1, 0))],
         view((12, 5, 1, -2), (12, 3, 1, 0))),
        ([view((12, 1, 1, 0), (12, 1, 1, 0)), view((12, 1, 1, 4), (12, 1, 1, -4))],
         view((12, 5, 1, 0), (12, 5, 1, -4))),
        # another jump, another number of axes, or one of which nothing is known
        ([IMAGE, view((12, 1, 2, 0), (12, 1, 1, 0))], None),
        ([IMAGE, view((12,))], None),
        ([IMAGE, None], None),
    ],
)  # fmt: skip
def test_a_layer_that_joins_maps_sees_what_any_of_them_sees(views, after):
    assert seen_after(Add(), (SHAPE, SHAPE), SHAPE, views) == after
    assert seen_after(Shared(Add()), (SHAPE, SHAPE), SHAPE, views) == after
    joined = seen_after(Concatenate(), (SHAPE, SHAPE), (12, 12, 4), views)
    assert joined == after
    assert seen_after(Concatenate(axis=-2), (SHAPE, SHAPE), (12, 24, 2), views) is None


@pytest.mark.parametrize(
    ("view_of_place", "after"),
    [
        (ONE_PLACE, view((12, 12, 0, 0), (12, 12, 0, 0))),
        (view((1, 16, 1, -2), (1, 12, 1, 0)), view((12, 16, 0, -2), (12, 12, 0, 0))),
        (view((1, 11, 1, 0), (1, 12, 1, 0)), None),  # a unit sees what the place does not
        (view((1, 12, 1, 1), (1, 12, 1, 0)), None),
    ],
)
def test_a_place_repeated_over_a_map_must_cover_what_the_units_see(view_of_place, after):
    views = [IMAGE, view_of_place]
    for place in ((1, 1, 2), (2,)):
        assert seen_after(Multiply(), (SHAPE, place), SHAPE, views) == after
        assert seen_after(Multiply(), (place, SHAPE), SHAPE, views[::-1]) == after


def test_a_place_must_cover_the_units_of_every_map():
    wider = view((12, 5, 1, 0), (12, 1, 1, 0))
    shapes, views = (SHAPE, SHAPE, (1, 1, 2)), [IMAGE, wider, ONE_PLACE]
    assert seen_after(Multiply(), shapes, SHAPE, views) is None
    covering = view((1, 16, 1, 0), (1, 12, 1, 0))
    assert seen_after(Multiply(), shapes, SHAPE, [IMAGE, wider, covering]) == (
        view((12, 16, 0, 0), (12, 12, 0, 0))
    )


def test_a_place_must_begin_before_the_units_of_every_map():
    earlier = view((12, 5, 1, -4), (12, 1, 1, 0))
    shapes, place = (SHAPE, SHAPE, (1, 1, 2)), view((1, 14, 1, -2), (1, 12, 1, 0))
    assert seen_after(Multiply(), shapes, SHAPE, [IMAGE, earlier, place]) is None


@pytest.mark.parametrize(
    ("axes", "after"),
    [
        (((1, 12, 0, 0), (1, 5, 1, -2)), (1, 14, 0, -2)),
        (((1, 5, 2, 0), (1, 3, 1, 0)), (1, 5, 2, 0)),
        (((4, 5, 2, 0), (4, 3, 2, 4)), (4, 7, 2, 0)),
    ],
)
def test_one_place_moves_nowhere_and_maps_that_move_alike_go_on_doing_so(axes, after):
    shape = (axes[0][0], 2)
    assert seen_after(Add(), (shape, shape), shape, [view(axis) for axis in axes]) == view(after)


def test_features_of_a_row_of_places_are_no_map():
    row_of_two = view((2, 9, 1, 0), (1, 1, 1, 0))
    views = [view((4,), (1,)), row_of_two]
    assert seen_after(Multiply(), ((4, 1, 2), (2,)), (4, 1, 2), views) is None
    assert last_view((2, 1, 2), Flatten(), Reshape((1, 1, 4))) is None


def test_a_view_has_no_windows_along_other_axes_than_its_own():
    assert last_view((8, 2), GlobalAveragePooling1D(), Reshape((1, 1, 2))) is None
    assert view((8,)).windows(Conv2D(1, 3), (8, 8, 2)) is None


def test_two_places_may_cover_a_map_together():
    halves = [view((1, 6, 1, start), (1, 12, 1, 0)) for start in (0, 6)]
    shapes = (SHAPE, (1, 1, 2), (1, 1, 2))
    assert seen_after(Add(), shapes, SHAPE, [IMAGE, *halves]) == (
        view((12, 12, 0, 0), (12, 12, 0, 0))
    )


def test_only_what_stretches_repeats_a_place():
    assert seen_after(Concatenate(), (SHAPE, (1, 1, 2)), SHAPE, [IMAGE, ONE_PLACE]) is None


def test_units_that_all_see_the_same_move_no_more():
    normed = view((12, 12, 0, 0), (12, 12, 0, 0))
    assert seen_after(Add(), (SHAPE, SHAPE), SHAPE, [IMAGE, normed]) == normed
    assert seen_after(Add(), (SHAPE, SHAPE), SHAPE, [normed, normed]) == normed


def test_features_are_joined_where_their_maps_were_alike():
    flat, pooled = (288,), [Flatten(), GlobalAveragePooling2D(), Concatenate()]
    assert seen_after(Concatenate(), (flat, flat), (576,), [IMAGE, IMAGE]) == IMAGE
    assert last_view((4, 4, 2), *pooled, reads=[(-1,), (-1,), (0, 1)]) is None
    two = [GlobalAveragePooling2D(), GlobalAveragePooling2D(), Concatenate()]
    assert last_view((4, 4, 2), *two, reads=[(-1,), (-1,), (0, 1)]).fields == (4, 4)


def test_features_of_many_places_added_to_a_map_are_seen_by_nobody_knows_whom():
    layers = [Conv2D(8, 3, padding="same"), MaxPooling2D(2), Flatten(), Multiply()]
    assert last_view((2, 2, 1), *layers, reads=[(-1,), (0,), (1,), (0, 2)]).fields == (4, 4)
    layers = [Conv2D(4, 3, padding="same"), Flatten(), Multiply()]
    assert last_view((1, 1, 1), *layers, reads=[(-1,), (0,), (0, 1)]).fields == (3, 3)
    spread = [Conv2D(2, 1), Flatten(), Conv2D(18, 1), Multiply()]
    assert last_view((3, 3, 1), *spread, reads=[(-1,), (0,), (-1,), (1, 2)]) is None
    spread = [Conv1D(2, 1), Flatten(), Conv1D(6, 1), Multiply()]
    assert last_view((3, 1), *spread, reads=[(-1,), (0,), (-1,), (1, 2)]) is None


met = Counter()


@settings(max_examples=250)
@given(graphs())
def follow_the_pixels(network):
    rows = network.trace()
    if any(row.connections > 4_000 for row in rows):
        return
    some_maps = any(isinstance(layer, PartialConv2D) for layer in network.layers)
    for row, output in zip(rows, seen(network), strict=True):
        assert row.output_shape == output.shape
        met["unknown" if row.seen is None else "known"] += 1
        if row.seen:
            held_to_pixels(row.seen, output, exact=not (some_maps or is_joined(network)))


def is_joined(network: Network) -> bool:
    return any(layer.merges for layer in network.layers)


def held_to_pixels(view: View, output, exact: bool) -> None:
    """No unit depends on a pixel beyond its field, and one away from borders on both ends of it."""
    rank, on_a_map = len(view.axes), output.ndim > 1
    widest = [0] * rank
    for place in everywhere(output.shape[:-1] or output.shape):
        unit = output[place].sum() if on_a_map else output[place]  # any of its channels
        for n, (pixels, axis) in enumerate(zip(unit.along(rank), view.axes, strict=True)):
            fields = fields_along(axis)
            allowed = fields[place[n] : place[n] + 1] if on_a_map else fields
            assert any(pixels <= set(field) for field in allowed), (view, place, pixels)
            if pixels and not unit.padded:
                met["exact"] += 1
                widest[n] = max(widest[n], max(pixels) - min(pixels) + 1)
                assert not (exact and on_a_map) or widest[n] == axis.field, (view, place, pixels)
    assert not (exact and all(widest)) or tuple(widest) == view.fields, (view, widest)


def fields_along(axis: Axis) -> list[range]:
    """The pixels that each unit sees along an axis."""
    starts = [axis.start + n * axis.jump for n in range(axis.extent)]
    return [range(start, start + axis.field) for start in starts]


def test_units_depend_on_the_pixels_that_they_are_said_to_see():
    met.clear()
    follow_the_pixels()
    assert met["known"] > met["unknown"] and met["exact"] > 5_000, met


def test_two_units_whose_fields_move_apart_have_no_one_jump():
    came = ((2, 2, 1),) * 2
    slow, quick = view((2, 3), (2, 3)), view((2, 3, 2), (2, 3, 2))
    assert seen_after(Add(), came, (2, 2, 1), [slow, quick]) is None
    assert seen_after(Add(), came, (2, 2, 1), [quick, quick]) == quick
    one = view((1, 3), (1, 3)), view((1, 3, 2), (1, 3, 2))  # a single unit does not move
    assert seen_after(Add(), ((1, 1, 1),) * 2, (1, 1, 1), one) == one[0]
