# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: tags,caption,label,jp-MarkdownHeadingCollapsed
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
# The network is the LeNet-5 of 1998 with the 60,000 numbers that training on MNIST left in it.
# They are kept with the package; [The table of 1998, run again](09_reproduction.md) tells how they came about.
# The digits are the bundled ones of [Training](06_training.md), enlarged to the size that MNIST has, in the paper's grey levels.

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
#
# `outputs` lets the network read images and gives what each layer makes of them, by the layer's name.
# The last layer gives ten distances, one to the code of each class, as in [LeNet-5 of 1998](05_lenet5_1998.md).
# The smallest is the answer: `argmin(axis=1)` finds, for each digit, where it stands.

# %%
import numpy as np
from lenet.keras_bridge.inside import outputs, surest
from lenet.training.runs import load_records

distances = outputs(network, images)["Output"]
wrong = distances.argmin(axis=1) != data.y_test
records = load_records()
print(f"MNIST's test digits: {records['lenet5-1998'].test_errors[0]}% misread")
print(f"these: {wrong.sum()} of {len(wrong)}, {100 * wrong.mean():.0f}%")

# %% [markdown]
# Of MNIST's own test digits it misreads 0.83%, of these 24%.
# These come from another collection: you will see that the strokes are thick, and that each digit is stretched to fill its square.
# An error on one collection is not the error on another.
#
# For the pictures we take, of each class, the digit that the network is surest of: the one nearest to its code.

# %% caption="Of each class the digit that the network is surest of" label="fig-examples"
examples = images[surest(distances, data.y_test)]
plots.digit_grid(mnist.from_1998(examples), range(10), columns=5)

# %% [markdown]
# `made` holds what each layer makes of these ten.

# %%
made = outputs(network, examples)
print(", ".join(made))

# %% [markdown]
# Choose a digit, and see the six maps that C1 makes of it.

# %% tags=["hide-input"] caption="The six maps of C1, for each digit" label="fig-c1"
plots.maps_by_digit("C1", made["C1"], size=100, columns=3)

# %% [markdown]
# The strip under the maps shows how to read the greys: black is negative, the grey in the middle is zero, white is positive.
# Each map is one question, asked at 28 by 28 places.
# The grey of the empty corners is what the map says where there is nothing.
#
# A stroke has an upper and a lower edge.
# At the lower one there is ink above and paper below.
#
# *Predict from the maps: which of the six are white along lower edges and black along upper ones?*
#
# The answer must be in the filters: the 5 by 5 weights of each map.
# `kernel` has an axis for the row, one for the column, one for the map that is read, here the image alone, and one for the map that goes out; `:` takes all of an axis.

# %% caption="The six filters of C1; a dash marks a negative weight" label="fig-filters"
kernel = network.get_layer("C1").kernel.numpy()[:, :, 0]
plots.maps(kernel, size=120, columns=3, of="The filters of C1")

# %% [markdown]
# A filter gives a high sum where there is ink under its bright weights and none under its dark ones.
# To be white along a lower edge it needs bright rows above and dark rows below.
# Add up each row of weights, from the top to the bottom; `sum(axis=1)` adds along the columns and leaves one sum a row:

# %%
for number in range(6):
    rows = kernel[:, :, number].sum(axis=1)
    print(f"filter {number}:", rows.round(2))

# %% [markdown]
# Only filters 0 and 5 have positive rows above and negative rows at the bottom.
# Try them on a drawing that has one of each edge: a bar of ink, which fills some rows of the image.
# A unit in row 8 of C1 sees the image's rows 8 to 12, and so on:

# %%
ink = range(12, 20)
print(f"{len(ink)} rows have ink, from {ink[0]} to {ink[-1]}")
for row in (4, 8, 10, 14, 17, 19):
    inked = sum(seen in ink for seen in range(row, row + 5))
    print(f"row {row} of C1 sees rows {row} to {row + 4}, {inked} with ink")

# %% [markdown]
# Rows 8 and 10 of C1 stand at the upper edge of the bar, with ink in the lower rows of what they see.
# Rows 17 and 19 stand at its lower edge, with ink in the upper rows.
#
# What `outputs` gives of a layer of maps has an axis for the digit, then for the row, the column and the map.
# `...` takes all of every axis that is not named.
# So `[0, :, 14]` is column 14 of the first image, every row of it and every map, and `[..., 1]` is map 1 of every image.

# %%
bar = np.full((1, 32, 32, 1), mnist.BACKGROUND)
bar[:, ink, 4:28] = mnist.FOREGROUND
column = outputs(network, bar)["C1"][0, :, 14]
for row, what in ((4, "paper"), (8, "upper"), (10, "upper"),
                  (14, "ink"), (17, "lower"), (19, "lower")):
    print(f"row {row:2}, {what}:", column[row].round(2))

# %% [markdown]
# Each line has a number for each of the six maps.
# Maps 0 and 5 are positive in both lines of the lower edge and negative in both of the upper one: they are the answer.
# Inside the ink they differ: map 0 is near zero there, and map 5 is negative.
# Maps 1 and 2 are positive in every line of an edge, map 3 where the unit sees one row of ink, and map 4 where it sees three: these do not tell one edge from the other.
#
# ## From layer to layer
#
# C3 combines: each of its maps reads some of the maps of S2, as [Table I](05_lenet5_1998.md) says.
# What one of them asks is hard to say from its picture.

# %% tags=["hide-input"] caption="The sixteen maps of C3, for each digit" label="fig-c3"
plots.maps_by_digit("C3", made["C3"], size=74, columns=4)

# %% [markdown]
# C5 has 120 numbers and F6 has 84.
# Those 84 can be drawn as 7 by 12 dots, because training pulled them towards the code of the digit, and a code is such a picture.

# %%
print(f"{made['C5'][0].size} numbers in C5, {made['F6'][0].size} in F6,",
      f"drawn as 7 by 12: {7 * 12}")

# %% tags=["hide-input"] caption="F6 for each digit, drawn like a code" label="fig-f6"
plots.maps_by_digit("F6", made["F6"].reshape(10, 12, 7, 1),
                    captions=["F6"], size=150)

# %% [markdown]
# The output is the squared distance from this picture to each of the ten codes, and the nearest code is the answer.
# `argsort` puts the codes in the order of their distances; here are the nearest three.

# %%
for digit in (3, 8):
    row = made["Output"][digit]
    for code in row.argsort()[:3]:
        print(f"the {digit} is {row[code]:.1f} from the code of {code}")

# %% [markdown]
# ## What a unit sees
#
# A unit of C1 sees 5 by 5 pixels.
# A unit of S2 reads four neighbours of those, two by two, and so sees 6 by 6.
# The [receptive field](03_output_shapes.md) goes on growing until a unit of C5 sees the whole image.
#
# *Predict the field of S4 before you look.*

# %% tags=["hide-input"] caption="What one unit in the middle of each layer sees" label="fig-fields"
first_five = LENET5_1998.trace().rows[:5]
fields = {row.name: row.receptive_field[0] for row in first_five}
plots.receptive_fields(examples[3, ..., 0], fields)

# %% [markdown]
# Neighbours in S2 are 2 pixels apart, so C3 adds 4 steps of 2 pixels to the 6 and sees 14 by 14; S4 adds one more such step and sees 16 by 16.
#
# On the web page you can choose the unit, and the network reads a digit for it.
# Guess which unit of S4 sees the lower right corner of the image, and whether its value is the same for all digits, before you look.
#
# ```{widget} unit
# The picture shows what a unit in the middle of each layer sees of a digit.
# In the page any unit can be chosen, with the maps that it reads, its sum and its value for the digit.
# ```
#
# ## When the digit moves
#
# Move the 3 by four pixels to the right and look at map 1 of C1, the second one, before and after.
# `3:4` takes the 3 as a set of one image, `concatenate` puts two sets one after the other, and `stack` turns two maps into the maps of one layer, which is what `plots.maps` draws.

# %%
from lenet.training.loop import moved

three = examples[3:4]
both = np.concatenate([three, moved(three, down=0, right=4)])
before, after = outputs(network, both)["C1"][..., 1]
plots.maps(np.stack([before, after], axis=-1),
           ["where it was", "four pixels to the right"], size=170,
           of="Map 1 of C1")

# %% [markdown]
# The map has moved with the digit, by the same four pixels.
# That is **translation equivariance**: a convolution asks the same question everywhere, so an answer moves when its question moves.
#
# *Predict by how much the two maps differ when the second is moved back.*
#
# Moved back by four, column 4 of the second map lies on the first column of the first.

# %%
gap = np.abs(after[:, 4:] - before[:, :-4]).max()
print(f"C1, moved by 4: largest difference {gap:.6f}")

# %% [markdown]
# Nothing, except what the computer rounds.
# (`:-4` leaves out the last four columns, and `np.abs` takes the sign away.)
# Now pooling.
# S2 takes every second place, so a move by two pixels becomes a move by one, and a move by one pixel becomes a move by half a place, which does not exist.

# %%
for pixels in (1, 2, 3, 4):
    both = np.concatenate([three, moved(three, 0, pixels)])
    still, went = outputs(network, both)["S2"]
    places = pixels // 2
    gap = np.abs(went[:, places:] - still[:, : 14 - places]).max()
    print(f"moved by {pixels}: S2 moved back by {places},",
          f"largest difference {gap:.2f}")

# %% [markdown]
# After an even move the maps agree.
# After an odd move they do not: the network has become equivariant to moves of two pixels only.
# In S4 it is four, for the same reason:

# %%
for pixels in (2, 4):
    both = np.concatenate([three, moved(three, 0, pixels)])
    still, went = outputs(network, both)["S4"]
    places = pixels // 4
    gap = np.abs(went[:, places:] - still[:, : 5 - places]).max()
    print(f"moved by {pixels}: S4 moved back by {places},",
          f"largest difference {gap:.2f}")

# %% [markdown]
# Subsampling makes a network *less* exact about moves, not more.
# What it buys is coarseness: one pixel in C1 is half a place in S2 and a quarter of one in S4, so for the layers after it the digit has moved less far.
#
# C5 has a weight for each of its 5 by 5 places in S4, so from there on place matters.
#
# *Predict: how far to the right can this 3 go before it is misread?*

# %%
for far in range(9):
    row = outputs(network, moved(three, 0, far))["Output"][0]
    print(f"moved by {far}: read as {row.argmin()},",
          f"distance {row.min():.1f}")

# %% [markdown]
# Up to five pixels the answer stays the same, while the distance to the code of the 3 grows.
# From six on it is wrong.
#
# That is one digit.
# For the 10,000 test digits of MNIST, moved up, down, left and right, [the chapter before](07_cnn_vs_fnn.md) has the mean errors of modern LeNet-5:

# %%
for kind in ("lenet5-modern", "lenet5-modern-moved"):
    record = records[kind]
    for far in (0, 4, 8):
        print(f"{record.experiment.title}, {far} pixels:",
              f"{np.mean(record.shift_errors[far]):.2f}%")

# %% [markdown]
# Trained on digits in the middle, it misreads 41.24% of those that moved by four pixels.
# The paper estimates more for LeNet-5: that it tolerates vertical shifts of about half the height of a character, and sizes that vary by about a factor of 2 {cite:p}`lecun1998`.
# Half the height of a digit of 20 pixels is further than any of ours moved.
# The paper does not say on which digits the network behind this estimate was trained; the network of its noisy examples, in the same section, had learnt from digits with noise.
# Ours had learnt from digits in the middle only.
# The lines with "moved" are of the same network, trained on digits that were moved at random by up to 8 pixels: at four pixels it misreads 1.38%, and at eight 3.40%.
# So in these runs the tolerance came from the training digits, not from the layers alone.
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
# The widths are 64, 60, 30, 26, 13 and 9.
# No layer has a parameter more.
# The C5 map has become 9 places wide, and F6 and the output can follow at each of them; `slid` puts the same weights to this use.
# What it gives has an axis for the image, then for the row, the place along the row and the class; `[0, 0]` takes the only image and its only row.
# `axis=2` puts the two images side by side.

# %%
from lenet.keras_bridge.model import slid

pair = np.concatenate([examples[4:5], examples[2:3]], axis=2)
out = slid(network, 64).predict_on_batch(pair)[0, 0]
plots.maps(pair[0], ["a 4 and a 2"], size=160, of="The image")

# %% [markdown]
# `enumerate` counts the places along, from 0.

# %%
for place, row in enumerate(out):
    print(f"place {place}: {row.argmin()}, distance {row.min():6.1f}")

# %% [markdown]
# The distance is small at place 0, where the 4 is in the middle of the window, and at places 7 and 8, where the 2 is in the middle or nearly so.
# In between the window holds a digit at its edge, or parts of both.
# Most of these answers are far from every code, but not all: place 6 reads a 1 at a distance of 21.0, where place 1 reads the right 4 at 38.7.
# So the nearest code alone does not say where the digits are.
# The paper had the same trouble: it trains the network with neighbours and noise beside the digit, and lets a second program choose the likeliest string {cite:p}`lecun1998`.
#
# One run over the wide image computes nine windows, and shares what they have in common.

# %%
alone = Network((32, 32, 1), LENET5_1998.layers[:5]).trace().total.macs
shared = wide.trace().total.macs
print(f"one wide image {shared:,} MACs, nine windows {9 * alone:,}:",
      f"{9 * alone / shared:.1f} times as many")

# %% [markdown]
# ## What this does not show
#
# The digits shown are those that the network reads best, chosen for that.
# A picture of a filter is a picture of numbers; what the network *uses* it for is a further question.
# And one moved 3 is one digit: the next one may be misread sooner.
#
# ## Exercises
#
# (exercise-8-1)=
# ### Exercise 8.1
#
# Take the unit in row 4 and column 7 of a map of C3, both counted from 0.
# *Predict* which rows and which columns of the image it sees.
# *Compute* them from its field of 14 pixels and the jump of 2.
# *Explain* which units of C1's 28 by 28 look closest to the middle of that square.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 8.1

# %%
for place in (4, 7):
    print(2 * place, "to", 2 * place + 14 - 1)
for pixel in (14, 20):
    print("pixels", pixel, "and", pixel + 1,
          "are the middles of units", pixel - 2, "and", pixel - 1)

# %% [markdown]
# Rows 8 to 21 and columns 14 to 27.
# The middle lies between rows 14 and 15 and columns 20 and 21, and a unit of C1 sees 5 pixels, two to each side of its middle: rows 12 to 16 around row 14.
# The next unit sees one pixel further, so the nearest are those in rows 12 and 13 and in columns 18 and 19.

# %% [markdown]
# (exercise-8-2)=
# ### Exercise 8.2
#
# *Predict: how wide is the map of C5 for an image that is 100 pixels wide?*
#
# *Compute* it.
# *Explain* how many windows that is and how far apart they are.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 8.2

# %%
wider = Network((32, 100, 1), LENET5_1998.layers[:5])
print(wider.trace()["C5"].output_shape, 32 + 17 * 4)

# %% [markdown]
# 18 windows.
# Both poolings halve, so neighbouring windows are four pixels apart: 32 + 17 · 4 = 100.

# %% [markdown]
# (exercise-8-3)=
# ### Exercise 8.3
#
# Here is an empty image, everywhere paper.

# %%
empty = np.full((1, 32, 32, 1), mnist.BACKGROUND)
empty.shape

# %% [markdown]
# *Predict* what the maps of C1 look like for it.
# *Compute* the lowest and the highest value of each map.
# *Explain* them, and say what would change at the edges if C1 added a border of zeros.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 8.3

# %%
blank = outputs(network, empty)["C1"][0]
for number in range(6):
    one = blank[..., number]
    print(f"map {number}: {one.min():.2f} to {one.max():.2f}")

# %% [markdown]
# One value a map: the same question gets the same answer everywhere, since every window holds the same numbers.
# With a border of zeros the windows at the edges would hold zeros beside the −0.1 of the paper, and the maps would have a frame.

# %% [markdown]
# (exercise-8-4)=
# ### Exercise 8.4
#
# F6 has 84 values, and each digit has a code of 84 numbers.
# Write a function that returns the output of one digit from these: the sum of the squares of the differences.
# `CODES`, of [LeNet-5 as published](05_lenet5_1998.md), comes from `lenet.keras_bridge.codes`.
# *Predict* for the example of a 3 which of the distances is the smallest.
# *Compute* all distances, and compare them with the network's own.
# *Explain* what a distance of 0 would mean.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 8.4

# %%
from lenet.keras_bridge.codes import CODES

def distance(values, code):
    return sum((values - code) ** 2)

ours = [distance(made["F6"][3], code) for code in CODES]
print(np.round(ours, 1))
print("equal:", np.allclose(ours, made["Output"][3], rtol=1e-3),
      "smallest:", np.argmin(ours))

# %% [markdown]
# A distance of 0 would mean that all 84 values are exactly those of the code.

# %% [markdown]
# (exercise-8-5)=
# ### Exercise 8.5
#
# LeNet-5 of 1998 answers with distances, and later programs with softmax, whose shares always add up to 1.
# *Predict* what each says of the empty image of [Exercise 8.3](#exercise-8-3).
# *Compute* the smallest distance, and for comparison that of the example of a 3; then the largest share that softmax makes of the distances with a minus before them.
# *Explain* what is lost with the distances.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 8.5

# %%
nothing = outputs(network, empty)["Output"][0]
print(f"smallest: {nothing.min():.1f} for {nothing.argmin()},",
      f"and {made['Output'][3].min():.1f} for the 3")
powers = np.exp(nothing.min() - nothing)
print(f"largest share {powers.max() / powers.sum():.3f}")

# %% [markdown]
# The distance says that nothing is near: even the nearest code is many times as far as that of the 3.
# The shares look only at the differences between the distances, and one digit gets nearly everything.
# In this way an image that is no digit at all can get a sure answer.
# The paper wanted to refuse such images: with distances one can set a limit, and refuse what is further away.
# (The smallest distance stands in the powers so that they do not become too small to compute with; it changes all of them by the same factor, and so no share.)

# %% [markdown]
# (exercise-8-6)=
# ### Exercise 8.6
#
# Let the 4 and the 2 swap places.
# *Predict* what the first and the last window then read, and at what distance.
# *Compute* it.
# *Explain* whether the windows in between must swap too.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 8.6

# %%
swapped = np.concatenate([examples[2:3], examples[4:5]], axis=2)
out = slid(network, 64).predict_on_batch(swapped)[0, 0]
for place, row in enumerate(out):
    print(f"place {place}: {row.argmin()}, distance {row.min():6.1f}")

# %% [markdown]
# The first and the last window hold the same pixels as before, in the other place, so answers and distances swap.
# The windows in between do not: they held the right part of the 4 and the left part of the 2, and now hold the right part of the 2 and the left part of the 4.
