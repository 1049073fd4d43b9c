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
# # Playground
#
# After this chapter you can say which form a drawn digit must have before a network of this book reads it, and by how many pixels a digit may shift so that LeNet-5's maps only move along with it.
#
# ## Draw a digit
#
# Two networks read a digit while you draw: LeNet-5 of 1998, and a fully connected network with about as many parameters.
# Both run on this page, and nothing that you draw leaves it.
#
# ```{widget} playground
# The picture shows the layers of LeNet-5 of 1998 as stacks of maps.
# On the web page there is a field to draw in.
# Below it stand all maps of the digit that was drawn, its distances to the codes of the ten digits, and the answer of a fully connected network.
# ```
#
# Blue numbers are above zero, brown ones below, and the blank is zero.
# Shift, turn or scale the digit, and look which of the two networks is first to change its answer.
#
# ## The two networks
#
# Both were trained on the training digits of MNIST, and on nothing else.
#
# *Predict: which of them needs more multiply-accumulates, at about the same number of parameters?*

# %% tags=["hide-input"] caption="The two networks of the playground, and their errors in percent on MNIST's test digits" label="tab-playground"
from lenet.training.runs import error_table, load_records

records = load_records()
networks = [records["lenet5-1998"], records["fnn-1024-58-32-10"]]
error_table(networks, "parameters", "MACs")

# %% [markdown]
# LeNet-5 has 326,520 MACs and the other one 61,568: its weights are shared, so each is used at many places.
# The weights on this page are those of one run of each, the one with the seed 0.

# %%
for record in networks:
    print(record.experiment.network.name, record.runs[0].test_error)

# %% [markdown]
# These runs misread 0.83% and 2.65% of the test digits.
#
# ## Smaller weights
#
# A weight that was trained is a number of 32 bits, which is 4 bytes.
# On this page each group of weights, such as all kernels of one layer, has a step: its largest weight, sign aside, divided by 32,767, the largest whole number of 16 bits.
# Each weight is kept as a whole number of such steps.
#
# *Predict: how many bytes is that for LeNet-5's 60,000 weights and biases?*

# %%
from lenet.training.compact import TEST_ERRORS, compact

for name, error in TEST_ERRORS.items():
    arrays = compact(name).values()
    count = sum(array.numbers.size for array in arrays)
    print(f"{name}: {count:,} numbers of 16 bits,",
          f"{16 / 8 * count:,.0f} bytes, {error}% misread")

# %% [markdown]
# With these numbers, which are at most half a step from the trained ones, LeNet-5 misreads 0.83% of the test digits too, and the fully connected network 2.65%.
#
# ## The form of a digit
#
# The digits of MNIST were scaled to fit a box of 20 by 20 pixels, and then placed so that their centre of mass is in the middle of 28 by 28 {cite:p}`lecun1998`.
# A network that has seen nothing else may read badly what is small, or stands in a corner.
# So the page does the same to what you draw, and shows each step.
# The strokes are drawn anew into the box with a pen of the same width, whatever the size of your drawing.
#
# *Predict: how many pixels of paper are put around on each side to make the input of 32 by 32?*

# %%
from lenet.training import mnist

print((32 - 28) // 2, "pixels on each side,",
      "paper", mnist.BACKGROUND, "and ink", mnist.FOREGROUND)

# %% [markdown]
# There are 2 on each side, and paper and ink have the paper's grey levels, −0.1 and 1.175.
#
# ## A shift, and what subsampling makes of it
#
# Move a digit by one pixel to the right, and every map of C1 moves by one place; nothing else about it changes.
# S2 reads squares of 2 by 2.
# After a shift by one pixel its squares hold other pixels than before.
#
# *Predict: what becomes of the maps of S2 when the digit is shifted by 2 pixels?*
#
# `np.roll` moves the columns of the image to the right, and the loop in brackets gives two results, one for each name.

# %%
import numpy as np
from lenet.keras_bridge.inside import outputs
from lenet.training import digits
from lenet.training.reproduce import trained

lenet5 = trained()
image = mnist.prepare(mnist.like_mnist(digits.load((8, 8, 1)).x_test[:1]))
still = outputs(lenet5, image)["S2"]
by_1, by_2 = (outputs(lenet5, np.roll(image, shift, axis=2))["S2"]
              for shift in (1, 2))
print(f"2 pixels: {abs(by_2[:, :, 1:] - still[:, :, :-1]).max():.3f}")
print(f"1 pixel, not moved: {abs(by_1 - still).max():.1f},",
      f"moved: {abs(by_1[:, :, 1:] - still[:, :, :-1]).max():.1f}")

# %% [markdown]
# After 2 pixels the maps of S2 have moved by one place, and no number in them differs.
# After one pixel neither the old place nor the next one fits: at the old place some number differs by 2.0, at the next one by 1.9, while no unit of S2 can be further than 1.7159 from zero.
# On this page, the sliders for the shift show this for four layers.
#
# ## Exercises
#
# (exercise-11-1)=
# ### Exercise 11.1
#
# A digit is shifted by 4 pixels.
# *Predict* for C1, S2, C3 and S4 whether their maps only move.
# *Compute* by how many places.
# *Explain* what a shift by 6 does.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 11.1

# %%
from lenet import LENET5_1998

for row in LENET5_1998.trace().rows[:4]:
    jump = row.seen.axes[0].jump
    print(row.name, "jumps by", jump, 4 / jump, 6 / jump)

# %% [markdown]
# A unit's neighbour sees the image one jump further on, so the maps move by the shift divided by the jump.
# 4 is a whole number of jumps for all of them: C1 moves by 4 places, S2 and C3 by 2, and S4 by one.
# 6 pixels are 1.5 jumps of S4, so its maps change, and the others only move.

# %% [markdown]
# (exercise-11-2)=
# ### Exercise 11.2
#
# LeNet-5 up to C5 reads a field that is 32 pixels high and 96 wide.
#
# *Predict: how many places of C5 are there?*
#
# *Compute* them.
# *Explain* by how many pixels one place is from the next.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 11.2

# %%
from lenet import Network

wide = Network((32, 96, 1), LENET5_1998.layers[:5])
print(wide.output_shape, (96 - 32) // 4 + 1)

# %% [markdown]
# There are 17 places side by side, each with 120 units.
# C5 moves by one place of S4, and that is 4 pixels: so (96 − 32) / 4 steps, and one place more than steps.

# %% [markdown]
# (exercise-11-3)=
# ### Exercise 11.3
#
# Keep the weights in 8 bits, as whole numbers from −127 to 127.
# *Predict* how many bytes LeNet-5 then takes.
# *Compute* the largest error that rounding to whole steps can make in a weight of C5's kernel, for 16 and for 8 bits; `compact("lenet5-1998")["C5/kernel"].weights` are its weights, and `abs(…).max()` gives the largest of them.
# *Explain* why the number of bits, and not the size of the network, determines that error.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 11.3

# %%
print(f"{8 / 8 * 60_000:,.0f} bytes")
largest = abs(compact("lenet5-1998")["C5/kernel"].weights).max()
for bits, whole in ((16, 32_767), (8, 127)):
    print(f"{bits} bits: {largest / whole / 2:.6f}")

# %% [markdown]
# One byte a number makes 60,000 bytes.
# Rounding moves a weight by at most half a step: 0.000009 in 16 bits, and 0.002304 in 8.
# The step is the largest weight divided by the largest whole number, and how many weights there are does not matter.
