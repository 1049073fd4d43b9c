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
# # Parameters
#
# After this chapter you can count the weights and the biases of every layer, and you know why two networks that look alike can differ by a factor of twelve.
#
# ## One kernel
#
# The first convolution of the post's network reads a colour image, 64×64×3.
# Its kernels are 3 by 3.
#
# *Predict: how many weights does one kernel have?*
#
# It is not 9.
# A kernel is as deep as what it reads, and a colour image has 3 channels: 3 · 3 · 3 = 27.

# %%
from lenet import Conv2D

Conv2D(filters=1, kernel_size=3).weights((64, 64, 3))

# %% [markdown]
# The layer has 6 such kernels, so 27 · 6 = 162 weights.
# In letters, with $K_h$ and $K_w$ for the height and the width of the kernel, $C$ for the channels that come in and $F$ for the filters, which are the channels that go out:
#
# $$\text{weights} = K_h \cdot K_w \cdot C \cdot F$$
#
# Here $K_h$ = 3, $K_w$ = 3, $C$ = 3 and $F$ = 6.
# `derive` puts them in.

# %%
from lenet import POST_TABLE, derive

steps = derive(POST_TABLE)
steps["Conv1"].only("weights")

# %% [markdown]
# The size of the image is not in the formula.
# The same 162 weights serve 62 by 62 places, and they would serve a thousand by a thousand.
#
# ## The bias
#
# Each kernel may have one number more, its **bias**, which is added to its sum wherever it stands.
# There is one per filter, not one per place.
#
# *Predict: how many numbers does the layer learn with its biases?*

# %%
steps["Conv1"].only("biases", "parameters")

# %% [markdown]
# The **parameters** are all the numbers that are learnt: 162 weights and 6 biases make 168.
# The post counts weights only and arrives at 162 {cite:p}`refstop`.
# Keras has biases switched on unless you say `use_bias=False`, and counts 168.
# Neither is wrong, but they are two counts, and a total must not mix them.
#
# ## The second convolution
#
# It has kernels of 4 by 4 and 16 filters, and it reads the 6 maps of the pooling layer.
#
# *Predict its weights: which depth does a kernel have now?*

# %%
steps["Conv2"].only("weights", "biases", "parameters")

# %% [markdown]
# The depth is 6: a kernel of the second layer reads all maps of the first.
# The colours are long gone.
#
# ## Layers that learn nothing
#
# Pooling picks or averages, flatten rewrites, an activation bends.
# None of them has a number that training could change, so each counts 0.

# %%
from lenet import Flatten, MaxPooling2D

print(MaxPooling2D(2).weights((62, 62, 6)), Flatten().weights((14, 14, 16)))

# %% [markdown]
# ## The dense layer
#
# A dense layer has a weight for every pair of input and unit.
# Take 4 inputs and 3 units: each unit has 4 weights, and 3 · 4 is 12.
# (`(4,)` is how Python writes a shape of one number.)

# %%
from lenet import Dense

Dense(3).weights((4,))

# %% [markdown]
# With $N$ inputs and $U$ units there are $N \cdot U$ weights, and $U$ biases, one per unit.
# The maps that reach the post's dense layer are 14×14×16, so $N$ = 14 · 14 · 16 = 3,136, and there are $U$ = 10 units.
#
# *Predict its weights.*

# %%
steps["FC"].only("weights", "biases", "parameters")

# %% [markdown]
# Here the size of the image does matter.
# Every place of every map has a weight of its own for each class, that is, for each possible answer, so a larger image makes a larger dense layer.
#
# ## The post's table, digit for digit
#
# These are the post's columns {cite:p}`refstop`, computed, and the biases beside them.

# %% caption="The parameters of the post's network" label="tab-post-parameters"
POST_TABLE.trace().table("name", "output_shape",
                         "weights", "biases", "parameters")

# %% [markdown]
# The sum of the weights is the post's own total, 33,058.
# With biases it grows by 32, one for each filter and each unit: 6 + 16 + 10.
# So a program in Keras with exactly these layers reports 33,090.
#
# ## Where the parameters are
#
# The program that the post shows also has two convolutions and two poolings, and it too flattens to 3,136 numbers.
# But three dense layers follow instead of one, with 120, 84 and 10 units.
#
# *Predict: by which factor does that change the number of parameters?*

# %%
from lenet import POST_CODE

derive(POST_CODE)["FC1"].only("weights", "biases", "parameters")

# %%
table = POST_TABLE.trace().total.parameters
code = POST_CODE.trace().total.parameters
print(f"{code:,} / {table:,} = {code / table:.1f}")

# %% [markdown]
# The program has 11.7 times as many.
# The table sends the 3,136 numbers to 10 units and the program sends them to 120, and that one layer has 376,440 of the 388,502 parameters.
# Where a dense layer follows a flatten, look there first.
# [What the post said, and what is so](a_corrections.md) has the program's other layers.
#
# ## LeNet-5
#
# Now the modern LeNet-5, with the paper's layer names.
#
# *Predict C3: kernels of 5 by 5 that read 6 maps, 16 filters.*

# %%
from lenet import LENET5_MODERN

derive(LENET5_MODERN)["C3"].only("weights", "biases", "parameters")

# %% caption="The parameters of modern LeNet-5" label="tab-lenet5-parameters"
LENET5_MODERN.trace().table("name", "output_shape",
                            "weights", "biases", "parameters")

# %% [markdown]
# The total is 61,706.
# The network of the paper has 60,000 {cite:p}`lecun1998`: its C3 reads only some of the maps, its subsampling learns a little, and its last layer is fixed.
# [LeNet-5 as published](05_lenet5_1998.md) counts them.
#
# Notice C5: it is a convolution, and has 5 · 5 · 16 · 120 weights.
# Written as flatten and `Dense(120)` it would have as many, because the maps that it reads are just as large as its kernel.

# %%
print(f"{Conv2D(120, 5).weights((5, 5, 16)):,}",
      f"{Dense(120).weights((5 * 5 * 16,)):,}")

# %% [markdown]
# Parameters are one thing, arithmetic is another.
# The arithmetic is counted in multiply-accumulates, MACs for short: one product with a weight, added to a sum.
# A convolution uses each of its weights at every place of its output, so with an output of height $H$ and width $W$ it costs $H \cdot W$ times as many MACs as it has weights.
#
# *Predict the MACs of C3, whose output is 10 by 10.*

# %%
derive(LENET5_MODERN)["C3"].only("MACs")

# %% tags=["hide-input"] caption="Where the parameters of modern LeNet-5 are, and where its arithmetic" label="fig-lenet5-bars"
from lenet import plots

plots.layer_bars(LENET5_MODERN)

# %%
trace = LENET5_MODERN.trace()
of_all = trace["C5"].parameters / trace.total.parameters
print(f"C5: {of_all:.1%} of the parameters")
print(f"C3: {trace['C3'].macs / trace.total.macs:.1%} of the MACs")

# %% [markdown]
# (In the braces, `:.1%` writes a share in percent, to one decimal.)
# C5 has 78.0% of the parameters, and C3 does 57.6% of the arithmetic.
# [CNN against fully connected network](07_cnn_vs_fnn.md) is about the difference.
#
# ## What depends on the size of the image
#
# The sides of an image double, and double again.
#
# *Predict for the post's table: what becomes of the weights of each layer?*

# %%
from lenet import Network

dense = []
for side in (64, 128, 256):
    trace = Network((side, side, 3), POST_TABLE.layers).trace()
    dense.append(trace["FC"].weights)
    print(f"{side}: Conv1 {trace['Conv1'].weights},",
          f"Conv2 {trace['Conv2'].weights:,}, FC {dense[-1]:,},",
          "reading", trace["Flatten"].input_shape)
print(f"times {dense[1] / dense[0]:.1f}, times {dense[2] / dense[1]:.1f}")

# %% [markdown]
# The convolutions do not notice.
# The dense layer grows with the area of the maps that it reads: 4.6 times, and then 4.3 times.
# Twice the side of a map is four times its area, but from 14 to 30 and to 62 is more than twice.
# The convolutions take a few pixels off each side, and these count for less on a larger image.
#
# On the web page you can change every number of one layer; see which of them its parameters depend on, and which change the output alone.
#
# ```{widget} windows
# The picture is that of a stride which drops the last pixels: they change what comes out, and no weight.
# In the page sliders change the layer, and below it stands the work of each count.
# ```
#
# These are the rules of this chapter.
#
# | layer | weights | biases |
# |---|---|---|
# | convolution | $K_h \cdot K_w \cdot C \cdot F$ | $F$ |
# | dense | $N \cdot U$ | $U$ |
# | pooling, flatten, activation | 0 | 0 |
#
# ## Your own network
#
# Nothing above is special to LeNet.
# A network fits in one line: an input shape, a colon, and the layers.
#
# *Predict: which network of this chapter is this, and how many parameters does it have?*

# %%
from lenet import parse

line = ("64x64x3: conv 6 3x3 relu, maxpool 2, conv 16 4x4 relu, "
        "maxpool 2, flatten, dense 10 softmax")
parse(line).trace().total.parameters

# %% [markdown]
# It is the post's table, 33,090 parameters with biases.
# `parse(line).trace()` is the whole table, and `derive(parse(line))` every derivation.
# The same line works in a terminal, where `python -m lenet show "64x64x3: conv 6 3x3 relu"` prints both, and `python -m lenet --help` has more.
# What other tools would say of the same network is on the page [What each tool counts](b_conventions.md).
#
# On the web page you can build a network layer by layer.
# Start from one with a name or from a line of your own, and choose a layer to change it, to move it or to take it out.
# A number of the table that you press becomes a blank for you to fill in.
#
# ```{widget} builder
# The picture shows modern LeNet-5 and a fully connected network with no more parameters, named after its inputs, units and outputs.
# In the page its layers can be changed; a table and bars count the network, and the work of each count stands below.
# ```
#
# ## Exercises
#
# (exercise-4-1)=
# ### Exercise 4.1
#
# *Predict: a dense layer of 10 units reads 50 numbers. How many parameters does it have?*
#
# *Predict* then what 50 more numbers and 10 more units each add.
# *Compute* all of it.
# *Explain* why the additions differ.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 4.1

# %%
for read, units in ((50, 10), (100, 10), (50, 20)):
    layer = Dense(units)
    print(read, units, layer.weights((read,)) + layer.biases((read,)))

# %% [markdown]
# 510 parameters.
# 50 more numbers add 50 · 10 = 500, and 10 more units add 510, as many as the first 10 have: a unit brings a bias along, and a number does not.

# %% [markdown]
# (exercise-4-2)=
# ### Exercise 4.2
#
# A layer has 64 filters of 3 by 3 and reads 32 maps.
# *Predict* its weights.
# *Compute* them, then again with `groups=2`, where each filter reads only half of the maps.
# *Explain* the factor.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 4.2

# %% [markdown]
# 3 · 3 · 32 · 64 = 18,432.
# With two groups a kernel is only 16 deep, so there are half as many weights.

# %%
maps = (28, 28, 32)
for groups in (1, 2):
    layer = Conv2D(64, 3, groups=groups)
    print(groups, f"{layer.weights(maps):,} weights,",
          layer.biases(maps), "biases")

# %% [markdown]
# In general $G$ groups divide the weights by $G$; the biases stay 64.

# %% [markdown]
# (exercise-4-3)=
# ### Exercise 4.3
#
# In the post's table, the second convolution has fewer parameters than the dense layer, which has 31,370.
# *Predict* the largest kernel with which the convolution would still have fewer than 31,370.
# *Compute* it.
# *Explain* why the dense layer changes as well, and find out, by trying, from which kernel on the convolution has more than the dense layer of its own network.
# A layer that you give no name is found in a trace by its kind, `dense` or `conv2d`, and the next one of that kind has a number behind it, `conv2d_1`.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 4.3

# %% [markdown]
# The weights are $K \cdot K \cdot 6 \cdot 16 = 96 K^2$, and 31,370 / 96 is about 326, which the few biases hardly change, so $K$ can be at most 18.

# %%
for kernel_size in (4, 12, 13, 18, 19):
    trace = Network((64, 64, 3), [
        Conv2D(6, 3), MaxPooling2D(2), Conv2D(16, kernel_size),
        MaxPooling2D(2), Flatten(), Dense(10)]).trace()
    print(kernel_size, f"{trace['conv2d_1'].parameters:,}",
          f"{trace['dense'].parameters:,}")
print(31370 // 96, 18 * 18, 19 * 19)

# %% [markdown]
# A larger kernel leaves smaller maps, so the dense layer shrinks while the convolution grows.
# Against its own dense layer the convolution is ahead from 13 on.

# %% [markdown]
# (exercise-4-4)=
# ### Exercise 4.4
#
# A pooling layer has no parameters.
# *Predict* what becomes of the parameters of the post's table without its second pooling layer, layer by layer.
# *Compute* it.
# *Explain* how a layer without parameters can save any.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 4.4

# %%
line = ("64x64x3: conv 6 3x3 relu, maxpool 2, conv 16 4x4 relu, "
        "flatten, dense 10 softmax")
parse(line).trace().table("name", "output_shape", "weights", "biases")

# %%
unpooled = parse(line).trace()["dense"].weights
pooled = POST_TABLE.trace()["FC"].weights
print(f"{unpooled:,} / {pooled:,} = {unpooled / pooled}")


# %% [markdown]
# The convolutions keep their weights, since they come before.
# The dense layer now reads 28 · 28 · 16 = 12,544 numbers instead of 3,136, and has 125,440 weights instead of 31,360: four times as many.
# A pooling with a window of 2 by 2 leaves a quarter of the numbers, and the dense layer after it needs a quarter of the weights.

# %% [markdown]
# (exercise-4-5)=
# ### Exercise 4.5
#
# Write a function `conv_params(kernel_size, depth, filters)` that returns weights and biases of a convolution together.
# *Predict* what it gives for C1, C3 and C5 of modern LeNet-5.
# *Compute* that, and compare it with the trace.
# *Explain* why the function does not need the size of the image.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 4.5

# %%
def conv_params(kernel_size, depth, filters):
    return kernel_size * kernel_size * depth * filters + filters

trace = LENET5_MODERN.trace()
for name, depth, filters in (("C1", 1, 6), ("C3", 6, 16), ("C5", 16, 120)):
    print(name, f"{conv_params(5, depth, filters):,}",
          f"{trace[name].parameters:,}")

# %% [markdown]
# Every place uses the same kernels, so the number of places does not come into it.

# %% [markdown]
# (exercise-4-6)=
# ### Exercise 4.6
#
# One number of this table of modern LeNet-5 is wrong, and so is the sum.
#
# | layer | parameters |
# |---|---|
# | C1 | 156 |
# | C3 | 2,416 |
# | C5 | 48,120 |
# | F6 | 10,164 |
# | Output | 840 |
# | all | 61,696 |
#
# *Predict* which, without a computer.
# *Compute* it.
# *Explain* what was forgotten.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 4.6

# %%
print(84 * 10, "weights,", 84 * 10 + 10, "parameters")
print(f"{156 + 2_416 + 48_120 + 10_164 + 840:,}",
      f"and {LENET5_MODERN.trace().total.parameters:,}")

# %% [markdown]
# (In a number in code, `_` sets the thousands apart.)
# 840 are the weights of the output layer.
# Its 10 units have a bias each, which makes 850 parameters, and 61,706 in all.

# %% [markdown]
# (exercise-4-7)=
# ### Exercise 4.7
#
# A project: design a network for digits of 28 by 28 pixels with at most 10,000 parameters, two convolutions and two dense layers, in the notation of this chapter.
# *Predict* its parameters layer by layer on paper.
# *Compute* them with `parse`.
# *Explain* which layer has the most, and which number you would change first to save half of them.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 4.7

# %% [markdown]
# One way of many:

# %%
line = ("28x28x1: conv 6 5x5 relu, maxpool 2, conv 12 5x5 relu, "
        "maxpool 2, flatten, dense 32 relu, dense 10 softmax")
parse(line).trace().table("name", "output_shape", "parameters")

# %% [markdown]
# On paper: 5 · 5 · 6 + 6 = 156, then 5 · 5 · 6 · 12 + 12 = 1,812, then 4 · 4 · 12 · 32 + 32 = 6,176, then 32 · 10 + 10 = 330.
# The first dense layer has most of the 8,474, so its 32 units are the number to change.

# %%
for units in (32, 12, 11):
    dense = units * (4 * 4 * 12 + 1) + 10 * (units + 1)
    print(units, f"units: {156 + 1812 + dense:,}, half: {8474 // 2:,}")

# %% [markdown]
# With 11 units in place of 32 the network has 4,211 parameters, and 8,474 / 2 is 4,237.
