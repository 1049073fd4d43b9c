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
# # LeNet-5 as published
#
# After this chapter you can reproduce the 60,000 parameters and 340,908 connections of LeNet-5 layer by layer, and say what today's versions have changed.
#
# Many pages about LeNet-5 teach a network with 61,706 parameters.
# That is a later one.
# This is the network of the paper {cite:p}`lecun1998`.

# %% tags=["hide-input"] caption="LeNet-5 of 1998, with the shape that each layer puts out" label="fig-lenet5-1998"
from lenet import LENET5_1998, plots

plots.network_maps(LENET5_1998)

# %% [markdown]
# ## What the paper counts
#
# The paper counts parameters, and it counts **connections**.
# Take one unit of C1.
# It reads 5 · 5 pixels, so 25 lines lead into it.
# One more line brings the bias, which makes 26 connections.
#
# *Predict: C1 has 6 maps of 28 by 28 units. How many connections is that, and how many parameters?*

# %%
print(f"lines into a unit: {5 * 5} + 1 = {5 * 5 + 1}")
print(f"connections: {28 * 28 * 6 * (5 * 5 + 1):,}")
print(f"parameters: {6 * (5 * 5 + 1)}")

# %% [markdown]
# Connections are the input lines of all units, the bias lines included.
# The parameters are far fewer, because the units of a map share theirs.
# Leave out the bias lines, and what is left in C1 are its **multiply-accumulates**, MACs for short: products of an input and a weight, added to a sum.
#
# Here are all layers.
# The column `fixed` has the numbers that are set beforehand and not learnt.

# %% caption="Parameters and connections of LeNet-5 of 1998" label="tab-lenet5-1998"
LENET5_1998.trace().table("name", "output_shape", "parameters", "fixed",
                          "connections")

# %% [markdown]
# The totals in the paper's text are these: 340,908 connections, 60,000 parameters.
# Let us see where they come from.
#
# ## The input: why 32 by 32?
#
# A digit is at most 20 pixels large and stands in the middle of 28 by 28.
# The network reads 32 by 32, so there is a margin all around.
# The paper's reason is a layer further on: the centres of what the units of C3 see should form an area of 20 by 20 in the middle of the input {cite:p}`lecun1998`.
#
# *Predict: a unit of C3 sees 14 by 14 pixels, and its neighbour sees as many, 2 pixels further on. C3 has 10 units in a row. Where do the centres of their fields lie?*

# %%
field = LENET5_1998.trace()["C3"].receptive_field[0]
centres = [(field - 1) / 2 + 2 * place for place in range(10)]
print(f"a unit sees {field} by {field}, the first one 0 to {field - 1}")
print("centres:", centres)
print("from the first to the last:", centres[-1] - centres[0])

# %% [markdown]
# The `for` inside the brackets makes a list, with one centre for each of the 10 places; pixels are counted from 0.
# The middle between pixel 0 and pixel 13 is 6.5.
# From this first centre to the last, 24.5, it is 18 pixels, not 20.
# But a centre lies between pixels, 6.5 between pixels 6 and 7, and the next centre is 2 pixels further on.
# So one can take each centre to stand for the 2 pixels around it, and 10 of them for 20.

# %%
first, last = int(centres[0] - 0.5), int(centres[-1] + 0.5)
print(f"centres: pixels {first} to {last}, {last - first + 1} pixels")
print(f"a digit's box: pixels {(32 - 20) // 2} to {(32 + 20) // 2 - 1}")

# %% [markdown]
# These are the pixels of the box in which the digit stands, when it is in the middle.
# So the end of a stroke at the edge of a digit can still be in the middle of a field.
# That is what the margin is for.
#
# White paper is −0.1 and ink is 1.175, chosen so that the mean pixel is near 0 {cite:p}`lecun1998`.
# A border that is added has to be −0.1 as well, not 0.
#
# ## C1 and S2
#
# C1 is a convolution like any other.

# %%
from lenet import derive

derive(LENET5_1998)["C1"].only("weights", "biases", "connections")

# %% [markdown]
# S2 is not the pooling of today.
# The paper calls it **subsampling**.
# It adds the four numbers of a window, multiplies the sum by a **coefficient**, and adds a bias.
# Coefficient and bias are learnt, one of each per map.
# Say a window holds 1, 3, 5 and 2, the coefficient is 0.5 and the bias −2:

# %%
total = 1 + 3 + 5 + 2
print(0.5 * total - 2, "and the mean:", 0.25 * total)

# %% [markdown]
# With a coefficient of 0.25 and no bias that would be the mean, as in average pooling; the result is then squashed, as described below.
#
# *Predict the parameters of S2, and its connections: how many lines does a unit have?*

# %%
derive(LENET5_1998)["S2"].only("weights", "biases", "parameters",
                               "connections")

# %% [markdown]
# The coefficients are counted as weights: 6 weights and 6 biases make 12 parameters.
# A unit has 2 · 2 input lines and a bias line, and there are 14 · 14 · 6 units.
#
# ## C3: not every map reads every map
#
# Each map of C3 reads only some of the six maps of S2.
# First a smaller case: three maps come in and two go out.
# Map 0 reads maps 0 and 1, map 1 reads all three.
# A **table of links** says so, a row for each map that goes out, counted from 0 as Python counts.
#
# *Predict: with kernels of 5 by 5, how many weights are there?*

# %%
from lenet import PartialConv2D

small = PartialConv2D(table=((0, 1), (0, 1, 2)), kernel_size=5)
print(small.links, "links:", small.weights((14, 14, 3)), "weights")

# %% [markdown]
# There are 2 + 3 = 5 links, and each is a square of 5 · 5 weights: 125.
#
# This is the paper's table for C3, its Table I.
# In its picture the table lies on its side, a column for each map that goes out; the grey numbers are the links of each row and of each column.

# %% tags=["hide-input"] caption="Table I of the paper: which maps of S2 each map of C3 reads" label="fig-table-one"
from lenet import TABLE_I

plots.connection_table(TABLE_I, channels=6)

# %% [markdown]
# Maps 0 to 5 read 3 neighbours each, in a ring; maps 6 to 11 read 4 neighbours; maps 12 to 14 read 4 maps, in pairs of neighbours; map 15 reads all.
# Each row of the picture has 10 links, so every map of S2 is used equally often, and no column is like another (`set` keeps equal ones only once):

# %%
print("links of each column:", [len(reads) for reads in TABLE_I])
rows = [0, 0, 0, 0, 0, 0]
for reads in TABLE_I:
    for number in reads:
        rows[number] += 1
print("links of each row:", rows)
print(len(TABLE_I), "columns,", len(set(TABLE_I)), "different")

# %% [markdown]
# Why leave links out?
# The paper gives two reasons: it keeps the number of connections within bounds, and it breaks the symmetry, since maps that read different things are forced to learn different things {cite:p}`lecun1998`.

# %%
derive(LENET5_1998)["C3"].only("weights", "parameters", "MACs",
                               "connections")

# %% [markdown]
# There are $L$ = 60 links, and each is a square of 5 · 5 weights.
# Each weight is used at 10 · 10 places, which makes the MACs, and each of the 10 · 10 · 16 units has a bias line besides.
#
# ```{warning}
# One finds 1,516 explained as 5 · 5 · 6 · 10 + 16, as if there were 10 filters.
# The number is right and the reason is wrong: there are 16 filters, and 6 · 10 happens to be 60, six maps used ten times each.
# ```
#
# One also finds tables that are wrong and still have 60 links.
# Their total gives nothing away; counting how often each map of S2 is used does.
# Here the columns 11 to 14 are not what the paper has in these places; what is assigned to `wrong[11:15]` takes the place of what stands there.

# %%
wrong = list(TABLE_I)
wrong[11:15] = [(0, 1, 3, 5), (0, 1, 2, 4), (0, 3, 4, 5), (1, 2, 4, 5)]
print(sum(len(reads) for reads in wrong), "links")
for number in range(6):
    # adds 1 for each column that reads this map
    uses = sum(number in reads for reads in wrong)
    print(f"map {number} is used {uses} times")

# %% [markdown]
# ## C5 is a convolution
#
# S4 works like S2 and leaves 16 maps of 5 by 5.
# C5 has kernels of 5 by 5, which fit at one place only.

# %%
derive(LENET5_1998)["C5"].only("weights", "parameters", "connections")

# %% [markdown]
# One could call it fully connected.
# The paper calls it a convolution, because on a larger image its maps would be larger than 1 by 1; [Inside LeNet-5](08_inside_lenet.md) shows it on one.
#
# ## F6 and the output
#
# F6 has 84 units, a strange number until you see what they are for.
# They are the dots of a picture of 7 by 12, and each output unit holds one such picture, its **code**, drawn by hand in dots of +1 and −1.

# %% tags=["hide-input"] caption="The ten codes, black for \u22121 and white for +1" label="fig-codes"
import numpy as np
from lenet.keras_bridge.codes import CODES

plots.maps(np.moveaxis(CODES.reshape(10, 12, 7), 0, -1), size=110,
           columns=5, of="The codes of the ten digits")

# %% [markdown]
# These were drawn for this book, and are shown like all its digits, ink in white; the paper's are similar, not equal.
#
# An output unit measures how far F6 is from its code.
# Take pictures of three dots only.
# F6 says 0.9, −0.8 and 0.2; one code is +1, −1, +1, and another one +1, −1, −1.
#
# *Predict: which code is nearer?*

# %%
f6 = np.array([0.9, -0.8, 0.2])
for code in ([1, -1, 1], [1, -1, -1]):
    gaps = f6 - code
    print(f"gaps {gaps.round(1)}, squares add up to {(gaps**2).sum():.2f}")

# %% [markdown]
# The first one: its dots are 0.1, 0.2 and 0.8 away from F6, and the squares of these gaps add up to less.
# The rule for all 84 dots, with $x_m$ for the units of F6 and $w_{im}$ for the dots of code $i$:
#
# $$y_i = \sum_{m=1}^{84} (x_m - w_{im})^2$$
#
# The sign $\sum$ says: add up over all $m$ from 1 to 84.
# The smallest $y_i$ wins.
# The 84 · 10 dots are fixed, so they are connections but not parameters.
# Such a unit is called an **RBF unit**, for radial basis function.
#
# ## Squashing
#
# All units up to F6 bend their sum $a$; the paper's word for the bent function is **squashing function**.
# It is $f(a) = 1.7159 \tanh(\tfrac{2}{3} a)$.

# %% tags=["hide-input"] caption="The squashing function, and the values that it never passes" label="fig-squashing"
plots.squashing_curve()

# %% [markdown]
# *Predict: by how much does the output grow when the sum goes from 0 to 1, and when it goes from 4 to 5?*

# %%
from math import tanh

for a in (-1, 0, 1, 4, 5):
    print(f"f({a}) = {1.7159 * tanh(2 / 3 * a):.4f}")

# %% [markdown]
# From 0 to 1 the output grows by 1, from 4 to 5 by about a hundredth.
# A unit whose sum lies that far out is called **saturated**: a small change before it hardly moves its output.
# The strange factors make $f(1) = 1$ and $f(-1) = -1$, to four decimals.
# That is where the codes want the units of F6 to be, and it is far from the flat ends.
#
# On the web page you can choose any unit of the network and look at what it reads.
# Guess first which pixels the unit in the upper left corner of S4 sees, and which maps of S2 feed the last map but one of C3; then choose them.
# The picture also shows the unit's sum and its value for a digit, with the trained weights of the chapter [The table of 1998, run again](09_reproduction.md).
#
# ```{widget} unit
# The picture shows what a unit in the middle of each layer sees of a digit.
# In the page any unit can be chosen, with the maps that it reads, its sum and its value.
# ```
#
# ## Start and loss
#
# Training changes the parameters; [Training](06_training.md) shows how.
# It needs numbers to start from, and a measure of how wrong an answer is; the paper has both.
#
# Each weight starts at random between −2.4 / F and 2.4 / F, all values in between being equally likely; F is here, as in the paper, the number of inputs of its unit, and not of filters.

# %%
print("C1:", 2.4 / 25, "F6:", 2.4 / 120)

# %% [markdown]
# So a unit of F6, with its 120 inputs, starts from weights between −0.02 and 0.02.
# That is the rule that the paper's appendix A prints.
# How well a network learns from this start, and from wider ones, is measured in [The table of 1998, run again](09_reproduction.md).
#
# The measure is called the **loss**, and training makes it small.
# For an image of digit $D$ (here not a dilation) it is the paper's equation 9:
#
# $$E = y_D + \log\Bigl(e^{-j} + \sum_i e^{-y_i}\Bigr)$$
#
# $j$, here not a jump, is a positive number that is chosen beforehand, and $\log$ is the natural logarithm of [Building blocks](02_building_blocks.md): it grows when what is in it grows.
# Put numbers in, with three digits instead of ten: the right one is the first, and $j = 1$.
#
# *Predict what becomes of $E$ when the distance of the right digit shrinks, when that of a wrong one shrinks, and when a wrong one that is large grows.*

# %%
from math import exp, log

for y in ((0.7, 1.5, 4), (0.2, 1.5, 4), (0.7, 0.5, 4), (0.7, 1.5, 40)):
    everything = exp(-1) + sum(exp(-distance) for distance in y)
    print(y, f"E = {y[0] + log(everything):.2f}")

# %% [markdown]
# $E$ falls from 0.80 to 0.56 when the right distance shrinks, and rises to 1.10 when a wrong one does.
# When the large one grows, $E$ hardly changes.
# So the first part of $E$ pulls the right distance down.
# The second part pushes all of them up.
# It pushes the right one up too, but less than the first part pulls it down.
# It does not push without end: a distance that is large already adds next to nothing to the sum, since $e^{-y}$ is near 0 there, and $e^{-j}$ stays in the sum whatever the distances are.
# The paper sees in $e^{-j}$ a rubbish class, for images that are no digit at all.
#
# All of it exists as layers for Keras, and Keras counts the same.

# %%
from lenet.counting import keras_params

params = keras_params(LENET5_1998)
print(f"{params.trainable:,} trained, {params.non_trainable} fixed")

# %% [markdown]
# ## From 60,000 to 61,706
#
# Today's LeNet-5 differs in three places that change the count.
#
# *Predict: S2 and S4 become pooling without parameters. How many parameters go?*

# %% caption="From the paper's LeNet-5 to today's, one change at a time" label="tab-ledger"
from lenet import LENET5_LEDGER
from lenet.report import ledger

ledger(LENET5_LEDGER)

# %% [markdown]
# Pooling without parameters takes away 44: a coefficient and a bias for each of 6 and of 16 maps.
# A C3 that reads everything has 6 · 16 links instead of 60, each with 25 weights, and adds 900.
# A dense output in place of the fixed codes adds 850.
# Other changes leave the count alone: a plain tanh or ReLU, softmax with another loss, pixels from 0 to 1.
#
# ## Three networks of the family
#
# Three of the networks in the chapter [How LeNet came about](01_history.md) are described exactly enough to be counted.
#
# *Predict, or remember from the first chapter: in which of them does a parameter serve the most connections?*

# %% caption="The family, counted" label="tab-family"
from lenet import LENET1, ZIPCODE_1989
from lenet.trace import totals

family = (ZIPCODE_1989, LENET1, LENET5_1998)
totals(family, "input_shape", "parameters", "connections", "macs")

# %%
for network in family:
    total = network.trace().total
    ratio = total.connections / total.parameters
    print(f"{network.name}: {ratio:.1f} connections per parameter")

# %% [markdown]
# In LeNet-1 it serves 38.2 on average, in the others 6.6 and 5.7.
# A convolution uses a weight as often as its map has units, and a fully connected layer uses it once.
# So it matters where a network has its parameters; [Exercise 5.2](#exercise-5-2) looks into that.
#
# ## Slips in the literature
#
# ```{warning}
# **401,000 multiply-accumulates.**
# A figure of the paper gives LeNet-5 that many {cite:p}`lecun1998`.
# They are more than its own 340,908 connections, and nothing in the text explains them.
# Counted from the layers, weights only, there are 326,520.
# ```

# %%
LENET5_1998.trace().table("name", "macs", "connections")

# %% [markdown]
# S2 and S4 have connections but no MACs, because they have one product for a whole window, which is not counted.
# In the output the square of a difference is counted as the product.
#
# ```{warning}
# **345,308 connections.**
# The number is quoted from the printed journal.
# The authors' own copy says 340,908, and so does the arithmetic; the difference is 4,400.
# ```

# %%
print(f"{345308 - 340908:,}", f"{345308:,}")

# %% [markdown]
# ## Exercises
#
# (exercise-5-1)=
# ### Exercise 5.1
#
# *Predict* the connections of C3 if each of its 16 maps read all six maps of S2.
# *Compute* them, and how many more that is than with Table I.
# *Explain* which of the paper's reasons the difference supports.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 5.1

# %% [markdown]
# A unit would have 25 · 6 lines and a bias line, and there are 10 · 10 · 16 units.

# %%
full = 10 * 10 * 16 * (25 * 6 + 1)
partial = LENET5_1998.trace()["C3"].connections
print(f"{full:,}, which is {full - partial:,} more than {partial:,}")
print(f"{100 * (full - partial) / 340908:.0f}% of all connections")

# %% [markdown]
# The full layer would have 90,000 connections more, in a network that has 340,908.
# That supports the first reason, the bounds on the connections.
# About the second one, what the maps learn, a count says nothing.

# %% [markdown]
# (exercise-5-2)=
# ### Exercise 5.2
#
# *Predict* which share of the parameters C5 and F6 have together, and which share of the connections.
# *Compute* both from [the table of all layers](#tab-lenet5-1998) near the top of this chapter.
# In LeNet-1 the fully connected layer is the last one, `Output`: compute its shares too.
# *Explain* with them why LeNet-5 has fewer connections per parameter than LeNet-1.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 5.2

# %%
for network, names in ((LENET5_1998, ("C5", "F6")),
                       (LENET1, ("Output",))):
    trace = network.trace()
    parameters = sum(trace[name].parameters for name in names)
    connections = sum(trace[name].connections for name in names)
    print(network.name,
          f"parameters: {100 * parameters / trace.total.parameters:.1f}%,",
          f"connections: {100 * connections / trace.total.connections:.1f}%")

# %% [markdown]
# In both networks these layers have most of the parameters and few of the connections, since a fully connected layer uses each parameter once.
# In LeNet-1 a quarter of the parameters is left for the layers that share them, in LeNet-5 less than 3%.

# %% [markdown]
# (exercise-5-3)=
# ### Exercise 5.3
#
# Strike one link from Table I: let the last map of C3 read maps 0 to 4 only.
# *Predict* how many weights and how many connections go.
# *Compute* them with `PartialConv2D`.
# *Explain* why it does not matter which link is struck.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 5.3

# %%
maps = (14, 14, 6)
struck = list(TABLE_I)
struck[15] = (0, 1, 2, 3, 4)
for table in (TABLE_I, struck):
    layer = PartialConv2D(table, kernel_size=5)
    print(layer.links, "links:", f"{layer.weights(maps):,} weights,",
          f"{layer.connections(maps):,} connections")

# %% [markdown]
# A link is a square of 25 weights, wherever it leads, and each weight is used at 10 · 10 places: 25 weights go, and 25 · 10 · 10 connections.
# The biases stay, one per map.

# %% [markdown]
# (exercise-5-4)=
# ### Exercise 5.4
#
# C5 reads S4's 16 maps of 5 by 5 with 120 kernels, and a unit of S4 reads four numbers.
#
# *Predict: how many connections do S4 and C5 have?*
#
# *Compute* them.
# *Explain* why S4 has 32 parameters and so many connections.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 5.4

# %%
print(5 * 5 * 16 * (4 + 1), 120 * (5 * 5 * 16 + 1))
trace = LENET5_1998.trace()
print(trace["S4"].connections, trace["C5"].connections)
print(5 * 5 * 16, "units of S4,", 5 * 5 * 16 + 1, "lines to a unit of C5")

# %% [markdown]
# S4 has 400 units with 4 lines and a bias line each, 2,000 in all, and C5 has 120 units with 401 lines, 48,120.
# All units of a map of S4 share one coefficient and one bias, so 16 maps have 32 parameters.

# %% [markdown]
# (exercise-5-5)=
# ### Exercise 5.5
#
# What did the original do differently?
# Take the ledger above, from 60,000 to 61,706.
# *Predict* which change adds the most parameters.
# *Compute* the sum of all changes.
# *Explain*, for the larger changes, why the paper did it its own way.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 5.5

# %%
print(2_416 - 1_516, "for C3,", 84 * 10 + 10, "for the output,",
      -(2 * 6 + 2 * 16), "for S2 and S4")
print(60_000 + 900 + 850 - 44)


# %% [markdown]
# Full connections from S2 to C3 add 900: the paper left some out to keep the number of connections down, and so that maps that read different inputs learn different things.
# A trained output of ten units adds 850: the paper's output has fixed codes, and its distances say how far an image is from each digit.
# Plain poolings take 44 away.

# %% [markdown]
# (exercise-5-6)=
# ### Exercise 5.6
#
# A project: a LeNet-5 of at most 10,000 parameters.
# Leave C1 to S4 as they are printed, and F6 with its 84 units, since the codes have 84 numbers.
# *Predict* how many units C5 can have.
# *Compute* the largest number that fits, with a function that returns the parameters for a number of units in C5.
# *Explain* which of the two layers after S4 gives way more.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 5.6

# %%
def parameters(units):
    front = 156 + 12 + 1_516 + 32
    c5 = units * (5 * 5 * 16 + 1)
    return front + c5 + 84 * (units + 1)

print(f"{parameters(120):,} as printed")
for units in (16, 17):
    print(units, f"{parameters(units):,}")

# %% [markdown]
# With 120 units the function gives the paper's 60,000, so it counts as the paper does.
# 16 units fit, with 9,560 parameters, and 17 do not.
# A unit of C5 has 5 · 5 · 16 weights and a bias, and only 84 weights lead from it to F6, so C5 gives way more.
