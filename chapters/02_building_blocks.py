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
# # Building blocks
#
# After this chapter you can name every part of a convolutional network, say what it does, and compute a small convolution by hand.
#
# ## Why not connect everything?
#
# Take a colour image, 64 pixels high and 64 wide.
# Each pixel has three numbers: red, green and blue.
# Put the 12,288 numbers in a row and let 120 units read all of them.
# Such a layer is called **dense** or **fully connected**: every unit has one weight for every input.
#
# *Predict: how many weights is that?*

# %%
from lenet import Dense, Flatten, Network

dense = Network((64, 64, 3), [Flatten(), Dense(120)])
dense.trace().table("name", "output_shape", "weights", "biases")

# %% [markdown]
# That is 1,474,560 weights, before the network has learnt anything.
# The number is not the worst of it.
# Move a digit one pixel to the right, and every unit meets it with weights that have never seen it there.
# What the layer learnt in one place, it has to learn again in every other.
#
# Two ideas mend this, and each removes weights.
#
# **Look nearby.**
# A stroke or a corner is small.
# A unit that looks for one needs a few neighbouring pixels, not all of them.
# Say it reads 3 by 3 pixels in 3 colours: 27 inputs.
# Such a window fits at 62 by 62 places, and we want 6 kinds of unit at each.

# %%
places, inputs = 62 * 62, 3 * 3 * 3
print(f"{places:,} places, {inputs} inputs each")
print(f"{places * 6 * inputs:,} weights for {places * 6:,} units")
print(f"{places * 6 * 64 * 64 * 3:,} if each unit read the whole image")

# %% [markdown]
# **Look the same way everywhere.**
# A corner is a corner wherever it is.
# So let all 3,844 units of one kind share the same 27 weights.

# %%
print(f"{6 * inputs} weights")

# %% [markdown]
# For the same 23,064 units: from 283,410,432 to 622,728 to 162.
# What is left is a **convolution**.
# Keep the number 622,728 in mind: the weights are gone, but each of the 162 still has to be used at 3,844 places.
# [CNN against fully connected network](07_cnn_vs_fnn.md) comes back to it.
#
# ## A convolution by hand
#
# Here is a picture of 5 by 5 pixels, a bright stroke on dark ground.
# Beside it is a **kernel**: 3 by 3 weights, negative on the left and positive on the right.
# Lay the kernel on the top left corner of the picture, multiply what lies on top of each other, and add up the nine products.

# %%
import numpy as np
from lenet import plots

picture = np.array([[0, 1, 2, 0, 0],
                    [0, 1, 2, 0, 0],
                    [0, 1, 2, 0, 0],
                    [0, 0, 1, 2, 0],
                    [0, 0, 1, 2, 0]])
kernel = np.array([[-1, 0, 1],
                   [-1, 0, 1],
                   [-1, 0, 1]])
plots.convolution_step(picture, kernel, row=0, column=0)

# %% [markdown]
# Now move the kernel one pixel to the right.
#
# *Predict the next output before you look.*

# %%
plots.convolution_step(picture, kernel, row=0, column=1)

# %% [markdown]
# The left edge of the stroke gave a positive number and its right edge a negative one.
# Go on, row by row, until the kernel has been everywhere.

# %%
plots.convolution_step(picture, kernel, row=2, column=2)

# %% [markdown]
# The output is called a **feature map**: it says how strongly each place looks like the kernel.
# It is smaller than the picture, because a window of 3 fits into 5 pixels at 3 places.
# [Output shapes](03_output_shapes.md) makes a formula of that.
#
# Let us check the nine numbers with a library.

# %%
from scipy.signal import correlate2d

correlate2d(picture, kernel, mode="valid")

# %% [markdown]
# The function is called `correlate2d` for a reason.
# Mathematicians flip the kernel before they slide it and call that a convolution; without the flip it is a cross-correlation.
# Neural networks learn their kernels, so a flipped one would be learnt flipped, and nobody flips.
#
# ## Channels: a kernel is as deep as what it reads
#
# A colour image has three channels, and a kernel has a layer of weights for each.
# Here is a smaller case: two channels of 3 by 3, and a kernel of 2 by 2.
#
# *Predict: how many weights does the kernel have, and how many maps come out?*

# %%
image = np.array([[[1, 2, 0], [0, 1, 1], [2, 0, 1]],
                  [[0, 1, 1], [1, 0, 2], [1, 1, 0]]])
weights = np.array([[[1, 0], [0, 1]],
                    [[0, 2], [1, 0]]])
parts = [correlate2d(i, w, mode="valid") for i, w in zip(image, weights)]
plots.grids([image[0], weights[0], parts[0]],
            ["channel 1", "kernel, layer 1", "part 1"], signs=["∗", "="])

# %%
plots.grids([image[1], weights[1], parts[1]],
            ["channel 2", "kernel, layer 2", "part 2"], signs=["∗", "="])

# %% [markdown]
# The parts are added, and so is one more number, the **bias** of the kernel.
# Here the bias is −3.

# %%
feature_map = parts[0] + parts[1] - 3
plots.grids([parts[0], parts[1], [[-3]], feature_map],
            ["part 1", "part 2", "bias", "feature map"], signs=["+", "+", "="])

# %% [markdown]
# The kernel has 2 · 2 · 2 = 8 weights and one bias, and it gives **one** map, however many channels it reads.
# A layer with six kernels gives six maps.
# Keras calls the kernels of a layer its `filters`, and says `kernel_size=(3, 3)` for a kernel that is 3 · 3 · 3 on a colour image: the depth goes without saying, which is why so many people forget to count it.
#
# ## Activation: bend the numbers
#
# Two convolutions in a row, with nothing between them, are only another convolution.
# So each unit passes its sum through a bent function, its **activation**.
# LeNet-5 used a scaled tanh, which squeezes every number into a range; most networks today use ReLU, which sets negative numbers to 0.

# %%
plots.activation_curves()

# %% [markdown]
# *Predict the two small maps before you look.*

# %%
relu, tanh = np.maximum(feature_map, 0), np.tanh(feature_map).round(2)
plots.grids([feature_map, relu, tanh],
            ["feature map", "ReLU", "tanh"], signs=["→", "or"])

# %% [markdown]
# An activation has nothing to learn and does not change the shape.
#
# ## Pooling: keep less
#
# The exact place of a corner matters less than that there is one.
# **Pooling** moves a window over each map and keeps one number of each: the largest or the mean.
# The windows usually touch and do not overlap, so a window of 2 by 2 halves height and width.

# %%
tall = np.array([[1, 3, 0, 2],
                 [5, 2, 1, 1],
                 [0, 0, 4, 8],
                 [2, 6, 4, 0]])
plots.pooling_step(tall)

# %% [markdown]
# Pooling has no weights and treats every map by itself: six maps go in, six come out.
# LeNet-5's own subsampling was an average with one learnt factor and one learnt bias a map {cite:p}`lecun1998`; today's versions leave both out.
#
# ## Flatten, dense, softmax
#
# At the end the network has to choose among ten digits.
# **Flatten** writes all maps into one row of numbers.
# It computes nothing and learns nothing.
# A **dense** layer then gives each class a score, which is a weighted sum of the whole row.
# **Softmax** turns scores into shares that are positive and add up to 1.

# %%
scores = np.array([2.0, 1.0, -1.0])
shares = np.exp(scores) / np.exp(scores).sum()
print(shares.round(3), "sum", shares.sum().round(3))

# %% [markdown]
# The largest score gets the largest share.
# Softmax has no weights either.
#
# ## The whole of LeNet-5
#
# Put the parts in a row, and you have the network of the first page.
# The paper names its layers by kind and place: C for convolution, S for subsampling, F for fully connected {cite:p}`lecun1998`.
# The whole reads Input-C1-S2-C3-S4-C5-F6-Output.

# %%
from lenet import LENET5_MODERN

plots.network_maps(LENET5_MODERN)

# %%
LENET5_MODERN.trace().table("name", "layer", "input_shape", "output_shape")

# %% [markdown]
# C5 deserves a second look.
# Its kernels are 5 by 5, and the maps that reach it are 5 by 5, so each kernel fits at one place only and gives one number.
# That looks like a dense layer, but it is a convolution: feed a larger image, and C5 gives a larger map.
# It is not a flatten layer, as one often reads: it has weights, and flatten has none.
#
# | part | what it does | what it learns |
# |---|---|---|
# | convolution | looks for a small pattern everywhere | the weights of its kernels, a bias each |
# | activation | bends the numbers | nothing |
# | pooling | keeps one number of each window | nothing |
# | flatten | writes maps into a row | nothing |
# | dense | weighs all inputs for each unit | a weight for every input of every unit, a bias each |
# | softmax | turns scores into shares | nothing |
#
# ## Exercises
#
# **Exercise 1.**
# *Predict* what the kernel below makes of `picture`: which row of the output is all 0, and where is it negative?
# *Compute* it.
# *Explain* what a negative number says about the picture.

# %%
horizontal = np.array([[-1, -1, -1],
                       [0, 0, 0],
                       [1, 1, 1]])

# %% [markdown]
# <details class="solution"><summary>Solution 1</summary>
#
# The kernel takes the row below and subtracts the row above.
# The stroke runs straight down through the first three rows, so the first row of the output is 0.

# %%
correlate2d(picture, horizontal, mode="valid")

# %% [markdown]
# Further down the stroke bends to the right.
# The left window loses brightness there, which gives −2, and the right window gains some, which gives 1.
# A negative number says that the picture has the opposite of the pattern.
#
# </details>
#
# **Exercise 2.**
# *Predict* the weights and the maps of a layer with 4 filters of 5 by 5 that reads 6 maps.
# *Compute* them with `Conv2D`.
# *Explain* which of the numbers 4, 5 and 6 is the depth of a kernel.
#
# <details class="solution"><summary>Solution 2</summary>
#
# A kernel is as deep as what it reads: 5 · 5 · 6 = 150 weights each, 600 in all.
# Four filters give four maps.

# %%
from lenet import Conv2D

layer = Conv2D(filters=4, kernel_size=5)
print(5 * 5 * 6, layer.weights((14, 14, 6)), layer.output_shape((14, 14, 6)))

# %% [markdown]
# The depth is 6, the number of maps that come in, and it is nowhere in `Conv2D(4, 5)`.
# The number of maps that come out is 4.
#
# </details>
#
# **Exercise 3.**
# *Predict* what max pooling with a window of 2 by 2 makes of a single bright pixel, and what it makes of the same pixel moved by one to the right.
# *Compute* both.
# *Explain* when the output changes.
#
# <details class="solution"><summary>Solution 3</summary>

# %%
dot = np.zeros((4, 4))
dot[0, 0] = 1
plots.pooling_step(dot)

# %%
plots.pooling_step(np.roll(dot, 1, axis=1))

# %% [markdown]
# The pixel moved from column 1 to column 2, which belong to the same window, and the output stayed as it was.
# One more step, to column 3, and it would be in the next window.
# Pooling forgives a small shift, but only inside a window.
#
# </details>
