# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: tags
#     default_lexer: ipython3
#     notebook_metadata_filter: kernelspec,jupytext,-jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Inside LeNet-5
#
# After this chapter you can look at what each layer of a trained LeNet-5 makes of a digit, say what happens to it when the digit moves, and use the same network on an image that is too wide for it.
#
# The network is the one of [The table of 1998, run again](09_reproduction.md): 60,000 numbers, trained on MNIST, kept with the package.
# The digits are the bundled ones, enlarged to the size that MNIST has.

# %%
from lenet import LENET5_1998, plots
from lenet.training import digits, mnist
from lenet.training.reproduce import trained

network = trained()
data = digits.load((8, 8, 1))
images = mnist.prepare(mnist.like_mnist(data.x_test))
images.shape, f"{images.min():.1f} to {images.max():.3f}"

# %% [markdown]
# ## Pick a digit

# %%
import numpy as np

distances = network.predict_on_batch(images)
right = distances.argmin(axis=1) == data.y_test
print(f"{right.sum()} of {len(right)} read correctly")

# %% [markdown]
# Of MNIST's own test digits it misreads fewer than one in a hundred; of these, one in four.
# Strokes here are thick, and each digit is stretched to fill its square.
# A network knows the data it was trained on.
#
# For the pictures we take, of each class, the digit that it is surest of: the one nearest to its code.

# %%
own = np.where(data.y_test[:, None] == range(10), distances, np.inf)
examples = own.argmin(axis=0)
plots.digit_grid(images[examples] / 1.275 + 0.1, range(10), columns=10)

# %% [markdown]
# Choose one, and see the six maps that C1 makes of it.

# %%
from lenet.keras_bridge.quiet import keras

inside = keras.Model(network.inputs,
                     [layer.output for layer in network.layers])
c1, s2, c3, s4, c5, _, f6, distances = inside.predict_on_batch(
    images[examples])
plots.Picker("C1 of the digit", {
    str(digit): plots.maps(c1[digit], size=100, columns=6)
    for digit in range(10)})

# %% [markdown]
# White is the highest value, black the lowest, and the grey of the empty corners is whatever the map says where there is nothing.
# Each map is one question, asked at 28 by 28 places.
#
# *Predict from the maps: which of the six filters answers to lower edges of strokes?*

# %%
kernel = network.get_layer("C1").kernel.numpy()[:, :, 0]
plots.maps(kernel, size=90)

# %% [markdown]
# A filter looks like what it answers to: bright where it wants ink, dark where it wants none.
#
# ## From layer to layer
#
# C3 combines: each of its maps reads some of the maps of S2, as Table I says, and none is easy to name any more.

# %%
plots.Picker("C3 of the digit", {
    str(digit): plots.maps(c3[digit], size=64) for digit in range(10)})

# %% [markdown]
# C5 has 120 numbers, F6 84, and those 84 are drawn as 7 by 12 dots: that is what they were trained to be.

# %%
print(f"{c5[0].size} numbers in C5, {f6[0].size} in F6")
plots.Picker("F6 of the digit", {
    str(digit): plots.maps(f6[digit].reshape(12, 7, 1), ["F6"], size=150)
    for digit in range(10)})

# %% [markdown]
# The output is the squared distance from this picture to each of the ten codes, and the nearest code is the answer.

# %%
for digit in (3, 8):
    row = distances[digit]
    nearest = np.argsort(row)[:3]
    print(f"a {digit}:", ", ".join(f"{row[n]:.1f} from the {n}"
                                   for n in nearest))

# %% [markdown]
# ## What a unit sees
#
# A unit of C1 sees 5 by 5 pixels.
# A unit of S2 sees four neighbours of those, and so on: the [receptive field](03_output_shapes.md) grows until a unit of C5 sees the whole image.
#
# *Predict the fields of C3 and S4 before you look.*

# %%
fields = {row.name: row.receptive_field[0]
          for row in LENET5_1998.trace().rows
          if row.name in ("C1", "S2", "C3", "S4", "C5")}
plots.receptive_fields(images[examples[3], ..., 0], fields)

# %% [markdown]
# ## When the digit moves
#
# Move the 3 by four pixels to the right and look at the second map of C1 before and after.

# %%
from lenet.training.loop import moved

three = images[examples[3:4]]
both = np.concatenate([three, moved(three, down=0, right=4)])
before, after = inside.predict_on_batch(both)[0]
plots.maps(np.stack([before[..., 1], after[..., 1]], axis=-1),
           ["where it was", "four pixels to the right"], size=170)

# %% [markdown]
# The map has moved with the digit, by the same four pixels.
# That is **translation equivariance**: a convolution asks the same question everywhere, so an answer moves when its question moves.
#
# *Predict by how much the two maps differ when the second is moved back.*

# %%
gap = np.abs(after[:, 4:] - before[:, :-4]).max()
print(f"C1, moved by 4: largest difference {gap:.6f}")

# %% [markdown]
# Nothing, except what the computer rounds.
# Now pooling.
# S2 takes every second place, so a move by two pixels becomes a move by one, and a move by one pixel becomes a move by half a place, which does not exist.

# %%
for pixels in (1, 2, 3, 4):
    both = np.concatenate([three, moved(three, 0, pixels)])
    still, went = inside.predict_on_batch(both)[1]
    places = pixels // 2
    gap = np.abs(went[:, places:] - still[:, : 14 - places]).max()
    print(f"moved by {pixels}: S2 compared {places} further,",
          f"largest difference {gap:.2f}")

# %% [markdown]
# After an even move the maps agree.
# After an odd move they do not: pooling has made the network equivariant to moves of two pixels only, and after S4 to moves of four.
# Subsampling makes a network *less* exact about moves, not more.
# What it buys is coarseness: one pixel in C1 is half a place in S2 and a quarter of one in S4, so what comes after has less far to move.

# %%
moves = range(9)
shifted = np.concatenate([moved(three, 0, far) for far in moves])
found = inside.predict_on_batch(shifted)[-1]
for far in moves:
    print(f"moved by {far}: read as {found[far].argmin()},",
          f"distance {found[far].min():.1f}")

# %% [markdown]
# C5 has a weight for each of its 5 by 5 places in S4, so from there on place matters, and a digit that has moved too far is misread.
# How far is too far, for ten thousand digits, is measured in [the chapter before](07_cnn_vs_fnn.md).
#
# ## The same network on a wider image
#
# C5 is called a convolution in the paper, although its map is one by one.
# Here is why.
# Put two digits side by side, 64 pixels wide, and let every layer run over all of it.
#
# *Predict the width of the C5 map: 64 pixels, and the steps of [Output shapes](03_output_shapes.md).*

# %%
from lenet import Network

wide = Network((32, 64, 1), LENET5_1998.layers[:5])
wide.trace().table("name", "output_shape", "parameters")

# %% [markdown]
# No layer has a parameter more.
# The C5 map has become 9 places wide, and F6 and the output can follow at each of them.

# %%
from lenet.keras_bridge.model import slid

pair = np.concatenate([images[examples[4]], images[examples[2]]], axis=1)
out = slid(network, 64).predict_on_batch(pair[None])[0, 0]
plots.maps(pair, ["a 4 and a 2"], size=160)

# %%
for place, row in enumerate(out):
    print(f"place {place}: {row.argmin()}, distance {row.min():6.1f}")

# %% [markdown]
# The distance is small at the first place, where the window holds the 4, and at the last, where it holds the 2.
# In between the window holds parts of both.
# Most of these answers are far from every code, but not all: place 6 reads a 1 at a distance of 21.0, where place 1 reads the right 4 at 38.7.
# So the nearest code alone does not say where the digits are.
# The paper had the same trouble: it trains the network with neighbours and noise beside the digit, and lets a second program choose the likeliest string {cite:p}`lecun1998`.
#
# One run over the wide image computes nine windows, and shares what they have in common.

# %%
alone = Network((32, 32, 1), LENET5_1998.layers[:5]).trace().total.macs
shared = wide.trace().total.macs
print(f"nine windows {9 * alone:,} MACs, one wide image {shared:,}:",
      f"{9 * alone / shared:.1f} times less")

# %% [markdown]
# ## What this does not show
#
# The digits shown are those that the network reads best, chosen for that.
# A picture of a filter is a picture of numbers; what the network *uses* it for is a further question.
# And one moved 3 is one digit: the next one may be misread sooner.
#
# ## Exercises
#
# **Exercise 1.**
# *Predict* the width of the C5 map for an image 100 pixels wide.
# *Compute* it.
# *Explain* how many windows that is and how far apart they are.
#
# <details class="solution"><summary>Solution 1</summary>

# %%
wider = Network((32, 100, 1), LENET5_1998.layers[:5])
print(wider.trace()["C5"].output_shape, 32 + 17 * 4)

# %% [markdown]
# 18 windows.
# Both poolings halve, so neighbouring windows are four pixels apart: 32 + 17 · 4 = 100.
#
# </details>
#
# **Exercise 2.**
# *Predict* what C1 makes of an empty image, everywhere background.
# *Compute* how many different values each map has.
# *Explain* them.
#
# <details class="solution"><summary>Solution 2</summary>

# %%
empty = np.full((1, 32, 32, 1), mnist.BACKGROUND, "float32")
maps = inside.predict_on_batch(empty)[0][0]
print([len(np.unique(maps[..., m].round(5))) for m in range(6)])

# %% [markdown]
# One value a map: the same question gets the same answer everywhere, because even the border of the image is background and no zeros are added.
#
# </details>
#
# **Exercise 3.**
# *Predict* whether the answer for the pair changes when the digits swap places.
# *Compute* it.
# *Explain* what moves and what stays.
#
# <details class="solution"><summary>Solution 3</summary>

# %%
swapped = np.concatenate([pair[:, 32:], pair[:, :32]], axis=1)
out = slid(network, 64).predict_on_batch(swapped[None])[0, 0]
print([int(row.argmin()) for row in (out[0], out[-1])])

# %% [markdown]
# The first and the last window hold the same pixels as before, swapped, so their answers swap.
# The windows in between hold other halves and say other things.
#
# </details>
