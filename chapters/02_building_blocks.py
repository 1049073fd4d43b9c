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
# # Building blocks
#
# After this chapter you can name every part of a convolutional network, say what it does, and compute a small convolution by hand.
#
# ## Why not connect everything?
#
# Take a colour image, 64 pixels high and 64 wide.
# Each pixel has three numbers: how much red, green and blue.
# Put the 12,288 numbers in a row and let 120 units read all of them.
# A unit is the smallest part of a network: it has a weight for every number that it reads, multiplies each number by its weight, and adds up the products.
# A layer in which every unit reads everything is called **dense** or **fully connected**.
#
# Here is a small one.

# %% tags=["hide-input"] caption="A dense layer; the lines to one of its units are drawn stronger" label="fig-dense"
from lenet import plots

plots.wiring("dense")

# %% [markdown]
# Six inputs and four units make 6 · 4 = 24 lines, and each line has a weight of its own.
#
# *Predict: how many weights do 120 units need for the image?*

# %%
inputs = 64 * 64 * 3
weights = inputs * 120
print(f"{inputs:,} inputs, {weights:,} weights")

# %% [markdown]
# (An `f` before the quotes puts the value of what stands in braces into the text; there, `:,` sets a comma after every three digits.)
# That is 1,474,560 weights, before the network has learnt anything.
# The number is not the worst of it.
# Move a digit one pixel to the right, and every unit meets it with weights that have never seen it there.
# What the layer learnt in one place, it has to learn again in every other.
#
# Two ideas mend this, and each removes weights.
#
# ### Look nearby
#
# A stroke or a corner is small.
# A unit that looks for one needs a few neighbouring pixels, not all of them.
# This is called **locality**.

# %% tags=["hide-input"] caption="Locality; each unit reads three neighbours, and the weights are numbered" label="fig-local"
plots.wiring("local")

# %% [markdown]
# Back to the image.
# Say a unit reads 3 by 3 pixels in 3 colours: 27 numbers.
# The first column of this window can be any of the 64 except the last two, and the same holds for its first row.
# So such a window fits at 62 by 62 places, and we want 6 kinds of unit at each.
#
# *Predict: how many units are there, and how many weights?*

# %%
places = 62 * 62
units = places * 6
print(f"{places:,} places, {units:,} units, {units * 27:,} weights")
print(f"{units * inputs:,} weights if each read the whole image")

# %% [markdown]
# ### Look the same way everywhere
#
# A corner is a corner wherever it is.
# So let all units of one kind have the same weights.
# This is called **sharing**.

# %% tags=["hide-input"] caption="Sharing; lines with the same letter have the same weight" label="fig-shared"
plots.wiring("shared")

# %% [markdown]
# Of the 24 weights 3 are left, and there are still four units.
# In the image, all 3,844 units of one kind share 27 weights, and there are 6 kinds.

# %%
print(f"{6 * 27} weights")

# %% [markdown]
# For the same 23,064 units: from 283,410,432 to 622,728 to 162.
# What is left is a **convolution**.
#
# ### What sharing does not save
#
# Count the lines in the last picture: there are still 12.
# Sharing saves weights, but it saves no arithmetic.
# Along each line a number is multiplied by a weight and the product is added to a sum.
# These two steps together are called a **multiply-accumulate**, or **MAC**.
#
# *Predict: how many MACs does the convolution cost, and how many the dense layer with which this chapter began?*
#
# Each of the 162 weights is used at 3,844 places; each weight of the dense layer is used once.

# %%
print(f"convolution: {162 * 3844:,} MACs")
print(f"dense layer: {inputs * 120:,} MACs")

# %% [markdown]
# The convolution needs 622,728: as many as it would have weights if nothing were shared.
# [CNN against fully connected network](07_cnn_vs_fnn.md) comes back to the difference between few weights and little arithmetic.
#
# ## A convolution by hand
#
# Here is a picture of 5 by 5 pixels, a bright stroke on dark ground.
# NumPy is Python's library for grids of numbers; `np.array` makes such a grid from its rows, and `shape` says how many rows and columns there are.

# %%
import numpy as np

picture = np.array([[0, 1, 2, 0, 0],
                    [0, 1, 2, 0, 0],
                    [0, 1, 2, 0, 0],
                    [0, 0, 1, 2, 0],
                    [0, 0, 1, 2, 0]])
picture.shape

# %% [markdown]
# And here is a **kernel**: 3 by 3 weights, negative on the left and positive on the right.

# %%
kernel = np.array([[-1, 0, 1],
                   [-1, 0, 1],
                   [-1, 0, 1]])
kernel.shape

# %% [markdown]
# Lay the kernel on the top left corner of the picture, multiply the numbers that lie on top of each other, and add up the nine products.

# %% tags=["hide-input"] caption="The kernel on the top left corner of the picture" label="fig-first-window"
plots.convolution_step(picture, kernel, row=0, column=0)

# %% [markdown]
# The frame shows where the kernel lies.
# Numbers above 0 are tinted, numbers below 0 are hatched, and 0 is left bare.
#
# In Python, `picture[0:3, 0:3]` cuts out the first three rows and columns: counting starts at 0, and the end does not belong to it.
# `*` multiplies what stands in the same place, and `sum` adds all of it up.
# In the pictures, ∗ stands for all of that: lay the kernel on, multiply, add up.

# %%
print((picture[0:3, 0:3] * kernel).sum())

# %% [markdown]
# Now move the kernel one pixel to the right.
#
# *Predict the next output before you look.*

# %% tags=["hide-input"] caption="The kernel one pixel further to the right" label="fig-second-window"
plots.convolution_step(picture, kernel, row=0, column=1)

# %% [markdown]
# It is −3.
# Where the picture gets brighter from left to right, at the left edge of the stroke, the output is above 0; where it gets darker, at the right edge, it is below.
# Go on, row by row, until the kernel has been everywhere.

# %% tags=["hide-input"] caption="The kernel has been everywhere" label="fig-last-window"
plots.convolution_step(picture, kernel, row=2, column=2)

# %% [markdown]
# The output is called a **feature map**: it says how strongly the pattern of the kernel shows at each place, and a brighter pattern gives a larger number.
# It is smaller than the picture, because a window of 3 fits into 5 pixels at 3 places.
# [Output shapes](03_output_shapes.md) makes a formula of that.
#
# Let us check the nine numbers with SciPy, a library for calculations.
# Its `mode="valid"` keeps the kernel inside the picture.

# %%
from scipy.signal import correlate2d

correlate2d(picture, kernel, mode="valid")

# %% [markdown]
# The function is called `correlate2d` for a reason.
# Mathematicians turn the kernel round, left to right and top to bottom, before they slide it, and call that a convolution; without the turn it is a cross-correlation.
# A network learns its kernels: with the turn it would learn the same weights, only turned.
# So the turn changes nothing, and networks leave it out.
#
# ## Channels: a kernel is as deep as what it reads
#
# A colour image has three **channels**, one for each colour, and a kernel has a slice of weights for each channel.
# Here is a smaller case: two channels of 3 by 3 pixels, and a kernel of 2 by 2.
#
# *Predict: how many weights does the kernel have, and how many maps come out?*
#
# Each slice is laid on its own channel; `plots.grids` draws the grids side by side.

# %%
channel_1 = np.array([[1, 2, 0], [0, 1, 1], [2, 0, 1]])
slice_1 = np.array([[1, 0], [0, 1]])
part_1 = correlate2d(channel_1, slice_1, mode="valid")
plots.grids([channel_1, slice_1, part_1],
            ["channel 1", "slice 1", "part 1"], signs=["∗", "="])

# %%
channel_2 = np.array([[0, 1, 1], [1, 0, 2], [1, 1, 0]])
slice_2 = np.array([[0, 2], [1, 0]])
part_2 = correlate2d(channel_2, slice_2, mode="valid")
plots.grids([channel_2, slice_2, part_2],
            ["channel 2", "slice 2", "part 2"], signs=["∗", "="])

# %% [markdown]
# The parts are added, and so is one more number, the **bias** of the kernel.
# Here the bias is −3.
# NumPy adds grids place by place, and takes a single number from every place.

# %% caption="Two parts and a bias make one feature map" label="fig-parts"
feature_map = part_1 + part_2 - 3
plots.grids([part_1, part_2, [[-3]], feature_map],
            ["part 1", "part 2", "bias", "feature map"], signs=["+", "+", "="])

# %% [markdown]
# `size` is how many numbers a grid holds.

# %%
print(slice_1.size + slice_2.size, "weights")

# %% [markdown]
# The kernel has 2 · 2 · 2 = 8 weights and one bias, and it gives **one** map, however many channels it reads.
# At each place it costs 8 MACs: adding the bias is not a product, and is not counted.
#
# A layer with six kernels gives six maps.
# These maps are the channels of what the next layer reads.
# Keras, the library in which this book trains its networks, calls the kernels of a layer its `filters`.
# It says `kernel_size=(3, 3)` for a kernel that is 3 · 3 · 3 on a colour image: the depth goes without saying, which is why so many people forget to count it.
#
# ## Activation: bend the numbers
#
# Two convolutions in a row, with nothing between them, are only another convolution: a weighted sum of weighted sums is a weighted sum.
# So the two could do no more than one layer with a larger kernel.
# That is why each unit passes its sum, call it $x$, through a bent function, its **activation**.
# A common one today is **ReLU** (for rectified linear unit), which turns every number below 0 into 0:
#
# $$\mathrm{ReLU}(x) = \max(0, x)$$
#
# So 2 stays 2, and −2 becomes 0.
#
# Another one, **tanh** (for hyperbolic tangent), squeezes every number into the range from −1 to 1:
#
# $$\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}$$
#
# Here $e$ is Euler's number, about 2.718, and $e^{-x}$ is $1 / e^x$.
# Put in $x = 1$. The second line of the cell computes what stands above the fraction bar and what stands below it, and names both:

# %%
e = np.e
above, below = e - 1 / e, e + 1 / e
print(f"e = {e:.3f} and 1 / e = {1 / e:.3f}")
print(f"tanh(1) = {above:.3f} / {below:.3f} = {above / below:.3f}")

# %% [markdown]
# (In the braces, `:.3f` rounds to three decimals.)
# LeNet-5 used a stretched form of tanh {cite:p}`lecun1998`; [LeNet-5 as published](05_lenet5_1998.md) has it.

# %% tags=["hide-input"] caption="The two activations, drawn from \u22123 to 3" label="fig-activations"
plots.activation_curves()

# %% [markdown]
# *Predict what becomes of the feature map before you look.*
#
# `np.maximum` takes the larger of each number and 0, and `round(2)` keeps two decimals.

# %% caption="The feature map after each of the two activations" label="fig-activated"
relu = np.maximum(feature_map, 0)
tanh = np.tanh(feature_map).round(2)
plots.grids([feature_map, relu, tanh],
            ["feature map", "ReLU", "tanh"], signs=["→", "or"])

# %% [markdown]
# ReLU has turned −2 into 0 and left the rest.
# tanh has brought 2 and 4 close to 1, and −2 close to −1.
# An activation has nothing to learn and does not change the shape.
#
# ## Pooling: keep less
#
# The exact place of a corner matters less than that there is one.
# **Pooling** moves a window over each map and makes one number of each window: the largest or the mean.
# The windows usually touch and do not overlap, so a window of 2 by 2 halves height and width.

# %% caption="Max pooling and average pooling with a window of 2 by 2" label="fig-pooling"
tall = np.array([[1, 3, 0, 2],
                 [5, 2, 1, 1],
                 [0, 0, 4, 8],
                 [2, 6, 4, 0]])
plots.pooling_step(tall)

# %% [markdown]
# The framed window holds 1, 3, 5 and 2.

# %%
print("largest:", max(1, 3, 5, 2), "mean:", (1 + 3 + 5 + 2) / 4)

# %% [markdown]
# Pooling has no weights and treats every map by itself: six maps go in, six come out.
# LeNet-5's own **subsampling** was an average with one learnt factor and one learnt bias per map {cite:p}`lecun1998`; today's versions leave both out.
#
# Below, on the web page, you can do all of this with numbers of your own.
# Write the map of the stroke, place by place, and each number is checked; then turn the signs of the kernel round and guess the map before you write it.
# Take the landscape, guess which kernel finds the level edges of the wall and which the upright ones, and look at what each kind of pooling leaves of them.
#
# ```{widget} convolution
# The picture shows one place of the stroke.
# In the page the numbers of picture, kernel and bias can be changed and the window moved, and there are a digit and a landscape to try kernels on.
# ```
#
# ## Flatten, dense, softmax
#
# At the end the network has to choose among ten digits.
# **Flatten** writes all maps into one row of numbers.

# %%
feature_map.flatten()

# %% [markdown]
# It computes nothing and learns nothing.
# A dense layer then gives each digit a score, which is a weighted sum of the whole row.
# **Softmax** turns scores into shares that are positive and add up to 1.
# With three scores $s_1$, $s_2$ and $s_3$, the first share is
#
# $$p_1 = \frac{e^{s_1}}{e^{s_1} + e^{s_2} + e^{s_3}}$$
#
# and the others have their own power of $e$ above the line; with ten scores there are ten powers below it.
# Put in the scores 2, 1 and −1; `np.exp` raises $e$ to each of them.

# %%
scores = np.array([2, 1, -1])
powers = np.exp(scores)
print("powers", powers.round(3), "sum", powers.sum().round(3))
shares = powers / powers.sum()
print("shares", shares.round(3), "sum", shares.sum().round(3))
print("the rounded ones add up to", shares.round(3).sum().round(3))

# %% [markdown]
# The largest score gets the largest share, and a score below 0 still gets a small one.
# Softmax has no weights either.
#
# The natural logarithm, $\log$, goes the other way and finds the score that a power came from.

# %%
print(np.log(powers).round(3), np.log(1))

# %% [markdown]
# So $\log(7.389)$ is 2, because $e^2$ is 7.389, and $\log(1)$ is 0, because $e^0$ is 1.
# The logarithm grows when the number in it grows.
# Later chapters measure errors with it.
#
# ## The whole of LeNet-5
#
# Put the parts in a row, and you have the network of the first page.
# The paper names its layers by kind and place: C for convolution, S for subsampling, F for fully connected {cite:p}`lecun1998`.
# The whole reads Input-C1-S2-C3-S4-C5-F6-Output.

# %% tags=["hide-input"] caption="LeNet-5 as it is built today" label="fig-lenet5"
from lenet import LENET5_MODERN

plots.network_maps(LENET5_MODERN)

# %% [markdown]
# The package of this book holds the network as a list of its layers, under the name `LENET5_MODERN`.
# `trace()` follows an image through them, and a **shape** is written as height, width and number of channels.
# Activations and softmax have no row of their own: each belongs to the layer whose sums it bends.
# `table` shows the columns that you name.
# The column `layer` has Keras's names; the `2D` in some of them says that a window moves along both axes, down and across.

# %% caption="What goes into each layer and what comes out" label="tab-lenet5"
trace = LENET5_MODERN.trace()
trace.table("name", "layer", "input_shape", "output_shape")

# %% [markdown]
# C5 deserves a second look.
# Its kernels are as large as the maps that reach it, 5 by 5, so each kernel fits at one place only and gives one number.
# That looks like a dense layer, but it is a convolution: feed a larger image, and C5 gives a larger map.
# It is not a flatten layer, as one often reads: it has weights, and flatten has none.
#
# | part | what it does | what it learns |
# |---|---|---|
# | convolution | looks for a small pattern everywhere | the weights of its kernels, and a bias for each |
# | activation | bends the numbers | nothing |
# | pooling | makes one number of each window | nothing |
# | flatten | writes maps into a row | nothing |
# | dense | weighs all inputs for each unit | a weight for every input of every unit, and a bias for each unit |
# | softmax | turns scores into shares | nothing |
#
# ## Exercises
#
# (exercise-2-1)=
# ### Exercise 2.1
#
# Eight inputs stand in a line, and a unit reads three neighbours.
# Give the dense layer as many units as the local one.
# *Predict* how many units there are, and how many lines and weights they have if the layer is dense, local or shared.
# *Compute* the numbers with Python, and compare them with `plots.wiring("shared", inputs=8)`.
# *Explain* which of the numbers is the number of MACs.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 2.1

# %% [markdown]
# The first input of a window can be any but the last two, so there are six units.

# %%
print("dense:", 6 * 8, "lines,", 6 * 8, "weights")
print("local:", 6 * 3, "lines,", 6 * 3, "weights")
print("shared:", 6 * 3, "lines,", 3, "weights")
plots.wiring("shared", inputs=8)

# %% [markdown]
# The number of lines is the number of MACs: one product along each.

# %% [markdown]
# (exercise-2-2)=
# ### Exercise 2.2
#
# *Predict* what the kernel below makes of `picture`: which row of the output is all 0, and where is it negative?
# *Compute* it.
# *Explain* what a negative number says about the picture.

# %%
horizontal = np.array([[-1, -1, -1],
                       [0, 0, 0],
                       [1, 1, 1]])
horizontal.shape

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 2.2

# %% [markdown]
# The kernel takes the row below and subtracts the row above.
# The stroke runs straight down through the first three rows, so the first row of the output is 0.

# %%
correlate2d(picture, horizontal, mode="valid")

# %% [markdown]
# Further down the stroke bends to the right.
# The left window loses brightness there, which gives −2, and the right window gains some, which gives 1.
# A negative number says that the picture has the opposite of the pattern.

# %% [markdown]
# (exercise-2-3)=
# ### Exercise 2.3
#
# A layer with 4 filters of 5 by 5 reads 6 maps.
#
# *Predict: how many weights does it have?*
#
# *Predict* then how many maps come out.
# *Compute* the weights, and the MACs if each filter fits at 10 by 10 places.
# *Explain* which of the numbers 4, 5 and 6 is the depth of a kernel.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 2.3

# %% [markdown]
# A kernel is as deep as what it reads, and four filters give four maps.

# %%
one = 5 * 5 * 6
print(one, "weights per kernel,", 4 * one, "in all")
print(f"{4 * one * 10 * 10:,} MACs")

# %% [markdown]
# The depth is 6, the number of maps that come in; 4 is the number of maps that come out.

# %% [markdown]
# (exercise-2-4)=
# ### Exercise 2.4
#
# A map of 4 by 4 is 0 everywhere but for a 1 in its top left corner.
# *Predict* what max pooling with a window of 2 by 2 makes of it, and what it makes of the same map when the 1 has moved one pixel to the right.
# *Compute* both with `plots.pooling_step`.
# *Explain* when the output changes.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 2.4

# %%
dot = np.array([[1, 0, 0, 0],
                [0, 0, 0, 0],
                [0, 0, 0, 0],
                [0, 0, 0, 0]])
plots.pooling_step(dot)

# %%
moved = np.array([[0, 1, 0, 0],
                  [0, 0, 0, 0],
                  [0, 0, 0, 0],
                  [0, 0, 0, 0]])
plots.pooling_step(moved)


# %% [markdown]
# The 1 moved from the first column to the second, which belong to the same window, and the output stayed as it was.
# In the third column it would be in the next window.
# Pooling forgives a small shift, but only inside a window.

# %% [markdown]
# (exercise-2-5)=
# ### Exercise 2.5
#
# Write a function `convolve(picture, kernel)` with two loops, one for the rows of the output and one for its columns, which cuts out each window as this chapter does.
# It takes a little more Python: `def convolve(picture, kernel):` begins a function and `return` ends it with its answer, `len(picture)` is the number of its rows and `len(picture[0])` that of its columns, and `np.zeros((rows, columns), int)` is a grid of zeros to put the outputs in.
# *Predict* how often the innermost line runs for a picture of 5 by 5 and a kernel of 3 by 3.
# *Compute* the output for `picture` and `kernel`, and compare it with what `correlate2d` makes of them.
# *Explain* how many multiplications there are in all.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 2.5

# %%
def convolve(picture, kernel):
    size, rows = len(kernel), len(picture) - len(kernel) + 1
    output = np.zeros((rows, len(picture[0]) - size + 1), int)
    for row in range(rows):
        for column in range(len(output[0])):
            window = picture[row:row + size, column:column + size]
            output[row, column] = (window * kernel).sum()
    return output


# %%
print(convolve(picture, kernel))
print((convolve(picture, kernel)
       == correlate2d(picture, kernel, mode="valid")).all())
print(3 * 3 * 9, "multiplications")

# %% [markdown]
# `==` compares the grids place by place, and `.all()` says whether every place agrees.
# The innermost line runs once for each of the 3 · 3 outputs, and multiplies 9 pairs each time: 81 in all.

# %% [markdown]
# (exercise-2-6)=
# ### Exercise 2.6
#
# A small project: this picture is a letter L.

# %%
letter = np.array([[0, 1, 0, 0, 0, 0],
                   [0, 1, 0, 0, 0, 0],
                   [0, 1, 0, 0, 0, 0],
                   [0, 1, 1, 1, 1, 0],
                   [0, 0, 0, 0, 0, 0]])
letter.shape

# %% [markdown]
# Design a kernel of 3 by 3 with weights −1, 0 and 1 whose largest output lies where its window has the corner of the L, and nowhere else.
# *Predict* that output.
# *Compute* the whole map.
# *Explain* what the weights of −1 are for.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 2.6

# %% [markdown]
# A kernel that looks like what it should find: 1 where the corner is bright, and −1 where it is dark.

# %%
corner = np.array([[1, -1, -1],
                   [1, -1, -1],
                   [1, 1, 1]])
print(correlate2d(letter, corner, mode="valid"))

# %% [markdown]
# Five bright pixels meet a weight of 1, and no bright one a weight of −1: the output is 5, and no other place has as much.
# In the next cell `(corner == 1).sum()` counts the places where that is true.

# %%
print(corner.sum(), "and", (corner == 1).sum())

# %% [markdown]
# The weights of −1 count against bright pixels where the corner has none.
# A window that is bright all over gives 1; with 0 in place of −1 it would give 5, as much as the corner itself.
