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
# # What each tool counts
#
# After this page you can say why tools count one network differently, and write down a number that others can recompute.
#
# ## One layer, three numbers
#
# C1 of LeNet-5 reads 32×32×1 with 6 kernels of 5 by 5 and puts out 28×28×6.
# Take one of its units.
# It multiplies 25 pixels by 25 weights, adds the products up, and adds a bias.
#
# *Predict: how many operations is that?*
#
# It depends on what an operation is.
# There are 25 products, 24 sums of products, and one sum more with the bias.
# Counted as multiply-accumulates they are 25.
# Counted as lines into the unit, as the paper of 1998 does {cite:p}`lecun1998`, they are 26, for the bias has a line.
# Counted one by one they are 50.

# %%
units = 28 * 28 * 6
print(f"{units:,} units")
for each, word in ((25, "MACs"), (25 + 1, "connections"),
                   (25 + 24 + 1, "FLOPs")):
    print(f"{each} · {units:,} = {each * units:,} {word}")

# %% [markdown]
# So C1 has 117,600 MACs, 122,304 connections and 235,200 FLOPs, and each number is right.
#
# For a unit that adds $n$ products and a bias:
#
# $$
# \begin{aligned}
# \text{MACs} &= n \\
# \text{connections} &= n + 1 \\
# \text{FLOPs} &= n + (n - 1) + 1 = 2n
# \end{aligned}
# $$
#
# A FLOP is a product or a sum, so a layer with biases has exactly two for each MAC.
# Without the bias a unit has one sum fewer, which a plain factor of two does not show.
#
# ## The same network, tool by tool
#
# torchinfo, fvcore and thop count networks that are written in PyTorch, a library like Keras.
#
# *Predict: which of the tools below give modern LeNet-5 more than its 416,520 MACs?*

# %%
from lenet import LENET5_MODERN
from lenet.counting import by_layer, count, counted

counted(LENET5_MODERN)

# %% [markdown]
# Each number follows from a rule that stands in the tool's source.
# The package repeats the rule, and its tests hold it to what the tool prints.
# torchinfo and thop give more, and so do three lines of other words: with biases, FLOPs and connections.
# A table of the layers shows where the numbers part.

# %%
by_layer(LENET5_MODERN, "macs", "torchinfo", "fvcore", "thop",
         "connections")

# %% [markdown]
# **fvcore** has our MACs, in every layer.
#
# **torchinfo** adds the biases: it multiplies every parameter of a convolution by the places where it is used.
# That is one more for each unit, 6,518 in all.
#
# **thop** leaves the biases out, but counts a mean as one operation for each value that comes out, and a softmax of $n$ values as $3n - 1$: $n$ powers, $n - 1$ sums and $n$ quotients.
# For S2, S4 and the ten outputs that is 1,176 and 400 and 29.
#
# **The paper of 1998** counts the lines into pooling units as well: four for each here, where pooling has no bias, and five in [LeNet-5 as published](05_lenet5_1998.md), where it has one.

# %%
macs = count("macs", LENET5_MODERN)
for tool in ("torchinfo", "thop", "connections"):
    more = count(tool, LENET5_MODERN) - macs
    print(f"{tool}: {more:,} more than {macs:,}")
print("biases:", 28 * 28 * 6 + 10 * 10 * 16 + 120 + 84 + 10)
print("means:", 14 * 14 * 6 + 5 * 5 * 16, "softmax:", 3 * 10 - 1)
print("pooling lines:", 4 * (14 * 14 * 6 + 5 * 5 * 16))

# %% [markdown]
# The connections exceed the MACs by the biases and the pooling lines: 6,518 and 6,304 make 12,822.
#
# In print most of this vanishes.
# torchinfo shows millions with two decimals, and then it cannot be told from the others.

# %%
for tool in ("torchinfo", "fvcore", "thop"):
    number = count(tool, LENET5_MODERN)
    print(f"{tool}: {number:,} is {number / 1_000_000:.2f} million")

# %% [markdown]
# ## One word, two meanings
#
# What fvcore calls a flop is a multiply-accumulate.
# [Its maintainers say so](https://github.com/facebookresearch/fvcore/issues/69), and that changing it would break the programs of others.
# thop once called the same number FLOPs, and [has called it MACs](https://github.com/Lyken17/pytorch-OpCounter/issues/90) since.
# Whoever reads "FLOPs" in a paper therefore has to ask which.
#
# *Predict: by which factor can honest reports of LeNet-5 differ?*

# %%
for tool in ("fvcore", "flops"):
    print(f"{count(tool, LENET5_MODERN):,}")

# %% [markdown]
# By a factor of two, and no layer has changed.
#
# An old answer may also describe an old version.
# torchinfo's author wrote that [it ignores the bias](https://github.com/TylerYep/torchinfo/issues/14); the version here counts it.
#
# ## What else is counted
#
# | | torchinfo | fvcore | thop |
# |---|---|---|---|
# | its word | Total mult-adds | flops | macs |
# | product with a weight | 1 | 1 | 1 |
# | bias of a unit | 1 | – | – |
# | maximum, ReLU, tanh, dropout, addition | – | – | – |
# | mean of a window, each value out | – | – | 1 |
# | mean of a whole map of $n$ values | – | $n$ | $n + 1$ |
# | batch norm, each value | – | 2 | 4 |
# | layer norm, each value | – | 5 | 4 |
# | softmax of $n$ values | – | – | $3n - 1$ |
#
# A dash says that the tool counts nothing.
#
# Dropout switches off units at random while a network is trained, and does nothing when it is used.
#
# *Predict: which tool gives batch norm on a map of 14×14×6 the most?*

# %%
from lenet import Network
from lenet.layers import BatchNormalization, GlobalAveragePooling2D

norm = Network((14, 14, 6), [BatchNormalization(name="norm"),
                             GlobalAveragePooling2D(name="mean")])
by_layer(norm, "macs", "torchinfo", "fvcore", "thop")

# %% [markdown]
# It is thop, with 4 for each of the 14 · 14 · 6 = 1,176 values.
# Batch norm is explained in [After LeNet](10_after_lenet.md); layer norm takes mean and spread from the values of one image alone.
# torchinfo gives a norm its parameters, once for each image, and nothing for each value.
# The numbers for norms are for those with weights, in evaluation mode: as the network is used, and not as it is trained.
# fvcore counts the mean of a whole map where it has a height and a width; the mean of a line of values costs nothing there.

# %%
from lenet.layers import GlobalAveragePooling1D

line = Network((14, 6), [GlobalAveragePooling1D(name="mean")])
by_layer(line, "macs", "torchinfo", "fvcore", "thop")

# %% [markdown]
# Activations are seen where they are layers of their own, modules in PyTorch's words: thop passes over a softmax that is written as a function, and a network that is trained with PyTorch's cross-entropy has none at the end.
#
# A tool that has no rule for a layer gives it 0.
# fvcore warns of that, thop only when it is asked to.
# This package refuses instead, with an error, which `except` catches so that it can be printed.

# %%
from lenet import LENET5_1998

try:
    count("thop", LENET5_1998)
except ValueError as error:
    print(error)

# %% [markdown]
# PyTorch has no such layer.
#
# ## The batch
#
# *Predict: which numbers change when 32 images go in at once?*

# %%
counted(LENET5_MODERN, batch_size=32)

# %% [markdown]
# All the counts of work change, because the work is done 32 times.
# The connections and the parameters are those of the network, and stay.
# So a report of 13,328,640 may be LeNet-5, with a batch in it that nobody mentions.
#
# ## Parameters
#
# Tools agree on parameters more often, and still not always.
#
# *Predict: a program prints 61,706 for LeNet-5 in Keras. It trains for one epoch with Adam and prints again. What does it say?*

# %%
from lenet.counting import keras_params

for optimizer in (None, "sgd", "momentum", "adam"):
    params = keras_params(LENET5_MODERN, optimizer)
    print(f"{optimizer}: {params.trainable:,} + {params.optimizer:,}",
          f"= {params.total:,} total")

# %% [markdown]
# The **optimizer** is what takes the steps of training, and some optimizers remember earlier steps.
# Keras's "Total params" has the optimizer in it, as soon as [the optimizer is built](https://github.com/keras-team/keras-core/pull/885).
# Adam keeps two numbers for each parameter.
# Momentum adds a part of the last step to the new one, and so keeps one; SGD, the plain step against the gradient, keeps none.
# The step and the rate are two more.
#
# $$
# \begin{aligned}
# 61{,}706 + (2 \cdot 61{,}706 + 2) &= 61{,}706 + 123{,}414 \\
# &= 185{,}120
# \end{aligned}
# $$
#
# The network has not grown.
# The line to quote is "Trainable params".
#
# Numbers that are not trained make the second difference.
# Keras counts them as non-trainable.
# PyTorch's tools leave out what batch norm keeps without training it, and count parameters that someone has chosen not to train.
# In the LeNet-5 of 1998 the numbers that are not trained are the codes of the output.

# %%
params = keras_params(LENET5_1998)
print(f"{params.trainable:,} + {params.non_trainable}",
      f"= {params.total:,}")

# %% [markdown]
# Batch norm is the usual case: for each channel it trains two numbers and keeps two running ones.
#
# ## The LeNet-5 of 1998

# %%
counted(LENET5_1998)

# %% [markdown]
# The paper has 340,908 connections {cite:p}`lecun1998`, and so have we.
# The FLOPs here are twice the MACs, and that leaves some things out: the difference that an RBF unit takes before each square, and all of the subsampling.
# A sum too many is counted in each unit of the output, which has no bias: it is as if its first square were added to nothing.

# %%
by_layer(LENET5_1998, "macs", "flops")

# %% [markdown]
# The multiply-accumulates that the paper prints follow from none of the rules above; [LeNet-5 as published](05_lenet5_1998.md) says what is known of it.
#
# ## What to write
#
# Say which operation: "multiply-accumulates", or "FLOPs, two for each multiply-accumulate".
#
# Say for how many images of which shape.
#
# Say what is left out: biases, pooling, norms, activations.
#
# Say which parameters: trainable, without the optimizer.
#
# Say which tool and which version, since the rule depends on both.
#
# For LeNet-5 that is one sentence: 61,706 trainable parameters and 416,520 multiply-accumulates for one image of 32×32×1, without biases, pooling and activations, as fvcore 0.1.5 counts in evaluation mode.
#
# ## Exercises
#
# (exercise-b-1)=
# ### Exercise B.1
#
# *Predict* by how much torchinfo exceeds the MACs of the post's table.
# *Compute* it.
# *Explain* it without the weights.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution B.1

# %%
from lenet import POST_TABLE

torchinfo, macs = (count(t, POST_TABLE) for t in ("torchinfo", "macs"))
print(f"{torchinfo:,} - {macs:,} = {torchinfo - macs:,}")
print(62 * 62 * 6 + 28 * 28 * 16 + 10)

# %% [markdown]
# It is the number of units that have a bias: those of both convolutions and of the dense layer.
# A bias is one parameter per filter, but it is added once at every place.

# %% [markdown]
# (exercise-b-2)=
# ### Exercise B.2
#
# People report 833,040 and 423,038 and 13,328,640 for the same LeNet-5.
# *Predict* what each of them counted.
# *Compute* each number from 416,520.
# *Explain* which of them can be turned into the others without the network.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution B.2

# %%
macs, biased_units = 416_520, 4_704 + 1_600 + 120 + 84 + 10
print(f"{2 * macs:,}, {macs + biased_units:,}, {32 * macs:,}")

# %% [markdown]
# The first counts product and sum apart, the second adds the biases, the third has a batch of 32.
# Factors can be taken out again by anyone who knows them.
# The biases cannot: one has to know how many units there are.

# %% [markdown]
# (exercise-b-3)=
# ### Exercise B.3
#
# *Predict* thop's number for LeNet-5 with max pooling instead of average pooling.
# *Compute* it: type the layers out with `MaxPooling2D`, and write the last one as `Dense(10, activation="softmax")`.
# *Explain* what is left of the difference to fvcore.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution B.3

# %%
from lenet import Conv2D, Dense, Flatten, MaxPooling2D

layers = [Conv2D(6, 5), MaxPooling2D(2), Conv2D(16, 5), MaxPooling2D(2),
          Conv2D(120, 5), Flatten(), Dense(84),
          Dense(10, activation="softmax")]
pooled = Network((32, 32, 1), layers)
for tool in ("thop", "fvcore"):
    print(f"{tool}: {count(tool, pooled):,}")

# %% [markdown]
# The other activations count 0, so they are left out here.
# A maximum multiplies and adds nothing, so it counts 0.
# The softmax is left, with ten powers, nine sums and ten quotients.
