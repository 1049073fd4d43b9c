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
# # What the post said, and what is so
#
# After this page you know where this book departs from the post that it grew out of, and why.
#
# The post is a clear and short introduction {cite:p}`refstop`, and all of its arithmetic on weights is right.
# Some of what it says is wrong, some of it does not fit together, and some is left out.
# Each point has the statement first, then what is so and how one can see it.
#
# ## The history
#
# **The post:** LeNet-5 comes from the team that first developed CNNs.
#
# **What is so:** the combination of convolution and subsampling was there before, in Fukushima's Neocognitron {cite:p}`fukushima1980`, which learnt without a teacher; the paper on LeNet-5 says so itself {cite:p}`lecun1998`.
# What LeCun and others did in 1989 was to train a convolutional network from end to end with backpropagation on a real task, zip codes {cite:p}`lecun1989`.
#
# **The post:** its example is called LeNet-5.
#
# **What is so:** LeNet-5 reads 32×32×1 with kernels of 5 by 5, connects C3 by a table, has a trainable subsampling and an output of RBF units {cite:p}`lecun1998`.
# The post's program keeps the order of the layers and the sizes 6, 16, 120, 84 and 10; its table has only one dense layer.
#
# ## C5 is not a flatten layer
#
# **The post, in its section 1:** LeNet-5 has a flatten layer, C5.
#
# **The post, in its section 2.3:** the original convolves there with a filter of the size of what comes in, and makes a row of numbers in that way; flatten is good enough for that.
#
# **What is so:** the second sentence is right about the original.
# C5 is a convolution with 120 kernels of 5 by 5 by 16, the size of what comes in.
# It puts out 1×1×120 and has 48,120 parameters, while flatten has none.

# %%
from lenet import LENET5_MODERN, Network

c5 = LENET5_MODERN.trace()["C5"]
print("weights:", c5.layer.kernel_size, "and", c5.input_shape[2], "deep")
print(c5.input_shape, "→", c5.output_shape, f"{c5.parameters:,} parameters")

# %% [markdown]
# So flatten makes the row, but what C5 has learnt is then missing.
# Today's programs, the post's among them, put a dense layer of 120 units after flatten in its place.
# That is the same as long as each kernel fits at one place only; [Inside LeNet-5](08_inside_lenet.md) shows C5 on an image that is too wide for it.
#
# ## Pooling moves by 2
#
# **The post:** the tables give the pooling layers a stride of 1.
#
# **What is so:** the shapes 62 → 31 and 28 → 14 need a stride of 2, which is also what Keras does when the stride is left out.
# With a stride of 1 the table's network would flatten to 51,984 numbers and not to 3,136.

# %%
from lenet import POST_TABLE, Conv2D, Flatten, MaxPooling2D

print(MaxPooling2D(2).strides)
literal = [Conv2D(6, 3), MaxPooling2D(2, strides=1), Conv2D(16, 4),
           MaxPooling2D(2, strides=1), Flatten()]
print(f"{Network((64, 64, 3), literal).output_shape[0]:,}")

# %% [markdown]
# ## The counts are weights only
#
# **The post:** 162, 1,536, 31,360, together 33,058 parameters.
#
# **What is so:** these are the weights.
# Keras gives each filter and each unit a bias unless told otherwise, which makes 168, 1,552 and 31,370, together 33,090.

# %%
POST_TABLE.trace().table("name", "weights", "biases", "parameters")

# %% [markdown]
# ## The table and the code are two networks
#
# **The post:** one example, shown as a program and as a table.
#
# **What is so:** the table's second convolution has a kernel of 4 and one dense layer follows; the program's has a kernel of 3, and three dense layers follow.
# The total of 33,058 does not describe the program, which has 388,266 weights and 388,502 parameters with its biases.
#
# *Predict which layer makes the difference.*

# %%
from lenet import POST_CODE

POST_CODE.trace().table("name", "output_shape",
                        "weights", "biases", "parameters")

# %%
table, code = POST_TABLE.trace(), POST_CODE.trace()
print(f"{code.total.parameters / table.total.parameters:.1f} times as many")
for name, trace in (("Conv2", table), ("Conv2", code),
                    ("FC", table), ("FC1", code)):
    print(f"{name}: {trace[name].parameters:,} parameters,",
          "output", trace[name].output_shape)

# %% [markdown]
# It is the first dense layer.
# The second convolution of the program is even smaller, with 880 parameters for the table's 1,552.
# Both networks flatten to 3,136 numbers, though their maps differ: [Output shapes](03_output_shapes.md) shows how 29 and 28 both become 14.
# The table sends those numbers to 10 units and the program sends them to 120, so the program has 11.7 times as many parameters.
#
# ## Fewer weights is not less computation
#
# **The post:** the fully connected network has about four times the computation, so the CNN is faster.
#
# **What is so:** it has 3.7 times the weights.
# In multiply-accumulates it is the CNN that does more: 15.1 times as many with the layers of the table, and 14.1 times as many with those of the program.
# [CNN against fully connected network](07_cnn_vs_fnn.md) has the whole comparison.

# %%
from lenet import POST_FNN

fnn = POST_FNN.trace().total
for name, network in (("table", POST_TABLE), ("code", POST_CODE)):
    total = network.trace().total
    print(f"{name}: weights FNN / CNN = {fnn.weights / total.weights:.1f},",
          f"MACs CNN / FNN = {total.macs / fnn.macs:.1f}")

# %% [markdown]
# **The post:** the rival is a single dense layer.
#
# **What is so:** a network without a hidden layer can only weigh pixels.
# A fairer rival has the dense layers of the program, 120, 84 and 10 units, on the bare image.

# %%
from lenet import FNN_12288_120_84_10

for network in (POST_CODE, FNN_12288_120_84_10):
    total = network.trace().total
    print(f"{network.name}: {total.parameters:,} parameters,",
          f"{total.macs:,} MACs")

# %% [markdown]
# Against that one the program has fewer parameters and a little more arithmetic.
#
# ## Left out
#
# **The depth of a kernel.**
# The post writes filters as (3,3) and (4,4).
# They are 3·3·3 and 4·4·6: a kernel is as deep as what it reads.
# The post's numbers have the depth in them.
#
# **Padding.**
# It is not mentioned.
# 64 → 62 needs `valid`, which is Keras's default.
#
# **The results.**
# They were to follow later; [CNN against fully connected network](07_cnn_vs_fnn.md) trains the post's networks.
#
# **The program does not run as it stands.**
# It uses `keras` and `layers` without importing them, and it imports from `keras.layers.convolutional`, a module that Keras no longer has.

# %%
from lenet.keras_bridge.quiet import keras

print(hasattr(keras.layers, "convolutional"), hasattr(keras.layers, "Conv2D"))

# %% [markdown]
# `from keras.layers import Conv2D` is what works today.
#
# ## Exercises
#
# (exercise-a-1)=
# ### Exercise A.1
#
# *Predict* the total of the post's table if the second convolution had a kernel of 3, as in the program, but one dense layer.
# *Compute* it.
# *Explain* why the dense layer does not change.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution A.1

# %%
from lenet import Dense

layers = [Conv2D(6, 3), MaxPooling2D(2), Conv2D(16, 3), MaxPooling2D(2),
          Flatten(), Dense(10)]
Network((64, 64, 3), layers).trace().table("name", "output_shape", "weights")

# %% [markdown]
# The total falls from 33,058 to 32,386.
# Only the convolution shrinks, from 1,536 weights to 864.
# Pooling turns 29 and 28 alike into 14, so 3,136 numbers reach the dense layer either way.

# %% [markdown]
# (exercise-a-2)=
# ### Exercise A.2
#
# *Predict* how many of the post's three parameter counts change when its images are grey.
# *Compute* them.
# *Explain* why the others stay.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution A.2

# %%
Network((64, 64, 1), POST_TABLE.layers).trace().table("name", "weights")

# %% [markdown]
# Only the first: its kernels are now 3·3·1.
# Every later layer reads maps, and there are as many maps as before.

# %% [markdown]
# (exercise-a-3)=
# ### Exercise A.3
#
# *Predict* for which number of classes the post's rival would have exactly the weights of the post's table.
# *Compute* both for a few numbers of classes.
# *Explain* why the rival grows faster.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution A.3

# %%
for classes in (1, 2, 10, 100):
    head = [*POST_TABLE.layers[:5], Dense(classes)]
    cnn = Network((64, 64, 3), head).trace().total.weights
    flat = [Flatten(), Dense(classes)]
    rival = Network((64, 64, 3), flat).trace().total.weights
    print(f"{classes} classes: CNN {cnn:,}, FNN {rival:,}")

# %% [markdown]
# With one class the rival already has more, and it grows faster, so no number of classes makes them equal.
# A class costs the rival 12,288 weights and the CNN 3,136, because convolution and pooling have made the row shorter before the classes come.
