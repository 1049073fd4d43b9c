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
# The layer has 6 such kernels.

# %%
from lenet import POST_TABLE, derive

steps = derive(POST_TABLE)
steps["Conv1"].only("weights")

# %% [markdown]
# The letters: $K_h$ and $K_w$ are height and width of the kernel, $C$ the channels that come in, $F$ the filters, which is the channels that go out.
#
# The size of the image is not in the formula.
# The same 162 weights serve 62 by 62 places, and they would serve a thousand by a thousand.
#
# ## The bias
#
# Each kernel may have one number more, which is added to its sum wherever it stands.
# It is called the **bias**, and there is one a filter, not one a place.

# %%
steps["Conv1"].only("biases", "parameters")

# %% [markdown]
# The post counts weights only and arrives at 162.
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
#
# ## The dense layer
#
# A dense layer has a weight for every pair of input and unit.
# The maps that reach it are 14×14×16, so there are 3,136 inputs, and there are 10 units.

# %%
steps["FC"].only("weights", "biases", "parameters")

# %% [markdown]
# Here the size of the image does matter.
# Every place of every map has a weight of its own for each class, so a larger image makes a larger dense layer.
#
# ## The post's table, digit for digit
#
# These are the post's columns {cite:p}`refstop`, computed.

# %%
POST_TABLE.trace().table("name", "input_shape", "output_shape", "weights")

# %% [markdown]
# The last line is the post's own total, 33,058.
# With biases it grows by 32, one for each filter and each unit: 6 + 16 + 10.

# %%
POST_TABLE.trace().table("name", "weights", "biases", "parameters")

# %% [markdown]
# So a program in Keras with exactly these layers reports 33,090.
#
# ## The table's network is not the code's network
#
# The post also shows a program, and the program has a kernel of 3 in the second convolution and three dense layers at the end.
#
# *Predict: does it have more parameters or fewer?*

# %%
from lenet import POST_CODE

POST_CODE.trace().table("name", "output_shape",
                        "weights", "biases", "parameters")

# %% [markdown]
# The second convolution became smaller, 880 for 1,552, and the total became 388,502.
# That is nearly twelve times the table's.

# %%
table = POST_TABLE.trace().total.parameters
code = POST_CODE.trace().total.parameters
print(f"{code:,} / {table:,} = {code / table:.1f}")

# %% [markdown]
# Both flatten to 3,136 numbers, because pooling rounds 29 / 2 down to the same 14 that 28 / 2 gives exactly.
# The table sends them to 10 units and the code sends them to 120.
# A dense layer after a flatten is where the parameters are.

# %%
from lenet import plots

plots.layer_bars(POST_CODE)

# %% [markdown]
# One layer holds nearly all parameters, but the convolutions do most of the arithmetic.
# Parameters and arithmetic are two different things, and [CNN against fully connected network](07_cnn_vs_fnn.md) is about the difference.
#
# ## LeNet-5
#
# Now the modern LeNet-5, with the paper's layer names.
#
# *Predict C3: kernels of 5 by 5 that read 6 maps, 16 filters.*

# %%
from lenet import LENET5_MODERN

derive(LENET5_MODERN)["C3"].only("weights", "biases", "parameters")

# %%
LENET5_MODERN.trace().table("name", "output_shape",
                            "weights", "biases", "parameters")

# %% [markdown]
# The total is 61,706.
# The network of the paper has 60,000 {cite:p}`lecun1998`: its C3 reads only some of the maps, its subsampling learns a little, and its last layer is fixed.
#
# Notice C5: 5 · 5 · 16 · 120 weights, 48,120 with biases.
# Written as flatten and `Dense(120)` it would have the same number, because the maps are just as large as the kernel.
#
# ## What depends on the size of the image

# %%
from lenet import Network

for side in (64, 128, 256):
    trace = Network((side, side, 3), POST_TABLE.layers).trace()
    counts = [trace[name].weights for name in ("Conv1", "Conv2", "FC")]
    print(side, *(f"{count:>9,}" for count in counts))

# %% [markdown]
# The convolutions do not notice.
# The dense layer grows with the area, and a little faster: twice the side gives more than four times the weights, because the border that the convolutions lose weighs less on a large image.
#
# | layer | weights | biases |
# |---|---|---|
# | convolution | $K_h \cdot K_w \cdot C \cdot F$ | $F$ |
# | dense | inputs · units | units |
# | pooling, flatten, activation | 0 | 0 |
#
# ## Your own network
#
# Nothing above is special to LeNet.
# A network fits in one line: an input shape, a colon, and the layers.
#
# *Predict: which network of this chapter is this, and how many parameters has it?*

# %%
from lenet import notation

line = ("64x64x3: conv 6 3x3 relu, maxpool 2, conv 16 4x4 relu, "
        "maxpool 2, flatten, dense 10 softmax")
notation.parse(line).trace().table("name", "output_shape", "weights",
                                   "biases", "parameters")

# %% [markdown]
# It is the post's table, 33,090 parameters with biases.
# The same line works in a shell, where `python -m lenet show "64x64x3: conv 6 3x3 relu"` prints the table and every derivation, and `python -m lenet --help` has more.
#
# A model that you have in Keras is read as it is, with its branches.
# Here is a block of two convolutions with batch normalisation and a shortcut past both.
#
# *Predict: it reads and makes 16 maps, with kernels of 3 by 3 and without biases. How many parameters does training change, and what does the shortcut cost?*

# %%
from lenet.keras_bridge.model import from_keras
from lenet.keras_bridge.quiet import keras

kinds = keras.layers
image = made = keras.Input((32, 32, 16))
for n in (1, 2):
    made = kinds.Conv2D(16, 3, padding="same", use_bias=False,
                        name=f"conv{n}")(made)
    made = kinds.BatchNormalization(name=f"norm{n}")(made)
made = kinds.Add(name="add")([made, image])
block = from_keras(keras.Model(image, made))
block.trace().table("name", "layer", "weights", "biases",
                    "parameters", "fixed", "receptive_field")

# %% [markdown]
# A convolution has 3 · 3 · 16 · 16 = 2,304 weights.
# Batch normalisation scales and shifts each of the 16 maps, two numbers a map that are trained, and keeps a mean and a variance of each, two more that are not.
# So 4,672 are trained and 64 are fixed.
# The shortcut costs nothing, since a sum of two maps needs no weight.
# A unit after it sees 5 by 5 pixels, as far as the longer way reaches.

# %%
derive(block)["norm1"]

# %% [markdown]
# The counts are held to Keras's own, trainable and not, and an error is raised where they differ.
# A layer that this book does not derive, such as an LSTM, has the shape and the parameters that Keras gives it, and its row says so.
# Its multiply-accumulates are not known: a table has – for them and "at least" in the sum, never 0.
# What other tools would say of the same network is on the page [What each tool counts](b_conventions.md).
#
# ## Exercises
#
# **Exercise 1.**
# A layer has 64 filters of 3 by 3 and reads 32 maps.
# *Predict* its weights.
# *Compute* them, then again with `groups=2`, where each filter reads only half of the maps.
# *Explain* the factor.
#
# <details class="solution"><summary>Solution 1</summary>
#
# 3 · 3 · 32 · 64 = 18,432.
# With two groups a kernel is only 16 deep, so there are half as many weights.

# %%
maps = (28, 28, 32)
for groups in (1, 2):
    print(groups, f"{Conv2D(64, 3, groups=groups).weights(maps):,}")

# %% [markdown]
# In general $G$ groups divide the weights by $G$; the biases stay 64.
# Both channel counts must be multiples of $G$, or the package refuses.
#
# </details>
#
# **Exercise 2.**
# *Predict* the largest kernel with which the second convolution of the post's table still has fewer parameters than its dense layer has now.
# *Compute* it.
# *Explain* why the dense layer changes as well.
#
# <details class="solution"><summary>Solution 2</summary>
#
# The weights are $K \cdot K \cdot 6 \cdot 16 = 96 K^2$, and 31,370 / 96 is about 326, so $K$ can be at most 18.

# %%
from lenet import Dense, Flatten, MaxPooling2D

for kernel_size in (4, 17, 18, 19):
    trace = Network((64, 64, 3), [
        Conv2D(6, 3), MaxPooling2D(2), Conv2D(16, kernel_size),
        MaxPooling2D(2), Flatten(), Dense(10)]).trace()
    print(kernel_size, f"{trace['conv2d_1'].parameters:,}",
          f"{trace['dense'].parameters:,}")
print(31370 // 96)

# %% [markdown]
# A larger kernel leaves smaller maps, so the dense layer shrinks while the convolution grows.
# Against its own dense layer the convolution is ahead long before that.
#
# </details>
#
# **Exercise 3.**
# Someone reports 61,470 parameters for the modern LeNet-5.
# *Predict* what they forgot.
# *Compute* the difference.
# *Explain* how you can read it off without running anything.
#
# <details class="solution"><summary>Solution 3</summary>

# %%
total = LENET5_MODERN.trace().total
print(f"{total.weights:,} + {total.biases} = {total.parameters:,}")

# %% [markdown]
# They counted weights and left out the 236 biases.
# There is one bias for each filter and each unit: 6 + 16 + 120 + 84 + 10.
#
# </details>
