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
# # How LeNet came about
#
# After this chapter you can tell the networks of the LeNet family apart, and keep three dates apart that are often mixed up.
#
# LeNet is not one network.
# Between 1989 and 1998 a group around Yann LeCun built several.

# %%
from lenet import plots
from lenet.paper import EVENTS

plots.timeline(EVENTS)

# %% [markdown]
# ## Before LeNet: the Neocognitron
#
# In 1980 Kunihiko Fukushima described a network that recognises patterns wherever they stand {cite:p}`fukushima1980`.
# It alternates two kinds of layers: one looks for features, the next one tolerates small shifts.
# That is convolution and subsampling, in today's words.
# It learnt without a teacher: nobody told it which pattern it was looking at.
# The paper on LeNet-5 says that the combination was implemented there, and that a procedure like backpropagation, which trains all layers together from examples with answers, was not available then {cite:p}`lecun1998`.
#
# So LeCun's group did not invent the convolutional network.
# What they did in 1989 was to train one from end to end by backpropagation on a real task.
#
# ## 1989: zip codes
#
# The task was to read handwritten digits from the zip codes on American mail, 7,291 to learn from and 2,007 to test {cite:p}`lecun1989`.
# The network had three hidden layers.
#
# *Predict: the first layer has 12 maps of 8 by 8 units. All units of a map share 5 · 5 weights, but each has a bias of its own. How many parameters is that?*

# %%
from lenet import ZIPCODE_1989, derive

derive(ZIPCODE_1989)["H1"].only("weights", "biases", "parameters")

# %%
plots.network_maps(ZIPCODE_1989)

# %%
ZIPCODE_1989.trace().table("name", "output_shape", "parameters", "connections")

# %% [markdown]
# There are 9,760 parameters but 64,660 **connections**: input lines, counted at every unit, a bias line included.
# The difference between the two is what sharing buys.
# The network has no pooling layer; its stride of 2 does the subsampling.
#
# It misread 5.0% of the test digits.
# A fully connected network with 40 hidden units, which has more parameters, misread 8.1%.

# %%
from lenet import Dense, Network

Network((256,), [Dense(40), Dense(10)]).trace().total.parameters

# %% [markdown]
# ## 1990: LeNet-1
#
# The next paper was read at the NIPS conference of 1989 and printed in 1990 {cite:p}`lecun1990`.
# Its network takes 28 by 28 pixels, and subsampling has become a layer of its own.
# The paper of 1998 calls it LeNet-1; some programs give that name to the zip code network, which is another one.

# %%
from lenet import LENET1

LENET1.trace().table("name", "output_shape", "parameters", "connections")

# %% [markdown]
# With 2,578 parameters it is the smallest of the family.
#
# ## LeNet-4, which cannot be rebuilt
#
# LeNet-4 was compared with many other methods in 1994 {cite:p}`bottou1994`.
# The paper of 1998 says that it has about 260,000 connections and about 17,000 parameters, and ends in 120 units that are fully connected to 16 maps {cite:p}`lecun1998`.
#
# *Predict: if those maps were 5 by 5, as one would expect, how many parameters would the 120 units have?*

# %%
print(f"{120 * (5 * 5 * 16 + 1):,}")

# %% [markdown]
# That layer alone would have 48,120, which is more than the 17,000 of the whole network.
# The description does not fit together, so this book quotes LeNet-4 and does not build it.
#
# ## 1998: LeNet-5
#
# LeNet-5 is the network of the long paper that everybody cites {cite:p}`lecun1998`.
# [LeNet-5 as published](05_lenet5_1998.md) takes it apart.
# Training took two to three days on one 200 MHz processor.

# %%
from lenet import LENET5_1998
from lenet.table import Table

family = [(1989, ZIPCODE_1989), (1990, LENET1), (1998, LENET5_1998)]
totals = [(year, net, net.trace().total) for year, net in family]
Table(("year", "network", "input", "parameters", "connections", "MACs"),
      tuple((str(year), net.name, net.input_shape, total.parameters,
             total.connections, total.macs) for year, net, total in totals))

# %% [markdown]
# The paper gives these errors on its own test digits: 1.7% for LeNet-1, 1.1% for LeNet-4, 0.95% for LeNet-5, and 0.8% for LeNet-5 when it also learnt from distorted digits.
#
# ## Cheques
#
# The network did not stay in the laboratory.
# A system that reads cheques with it was put to work in several banks of the United States in June 1996, and read millions of cheques a day {cite:p}`lecun1998`.
# By the late years of the decade such systems read over a tenth of all cheques in the country {cite:p}`lecun2015`.
#
# So keep three dates apart: the first of the family was trained in **1989**, cheques were read from **1996** on, and the paper through which LeNet-5 became known came out in **1998**.
# Its name is older than that paper: the group had compared LeNet-1, LeNet-4 and LeNet-5 before.
# "LeNet was invented in 1998" mixes up the last date with the first.
#
# ## What stayed
#
# The digits stayed.
# The group made a collection out of two older ones, with 60,000 digits to learn from and 10,000 to test, which the world knows as MNIST; the paper of 1998 describes it {cite:p}`lecun1998`.
# The test set had once been as large as the training set; its other 50,000 digits were lost, and put together again in 2019 {cite:p}`yadav2019`.
#
# The plan stayed too: convolve, subsample, convolve, subsample, then connect fully.
# Most parts were replaced one by one, and [LeNet-5 as published](05_lenet5_1998.md) ends with a ledger of them.
#
# ## Exercises
#
# **Exercise 1.**
# *Predict* how many parameters the zip code network would have if all units of a map shared one bias.
# *Compute* it.
# *Explain* which layers do not change.
#
# <details class="solution"><summary>Solution 1</summary>
#
# The maps of H1 and H2 would have 12 biases each instead of 768 and 192.

# %%
from dataclasses import replace

layers = [replace(layer, shared_bias=True) if hasattr(layer, "shared_bias")
          else layer for layer in ZIPCODE_1989.layers]
shared = Network((16, 16, 1), layers).trace().total.parameters
print(f"{shared:,} instead of {ZIPCODE_1989.trace().total.parameters:,}")

# %% [markdown]
# H3 and the output are fully connected: they have one unit where a map has many, so there is nothing to share.
#
# </details>
#
# **Exercise 2.**
# *Predict* the ratio of connections to parameters for the three networks of the table.
# *Compute* it.
# *Explain* why LeNet-1 has the largest.
#
# <details class="solution"><summary>Solution 2</summary>

# %%
for _, net, total in totals:
    print(net.name, round(total.connections / total.parameters, 1))

# %% [markdown]
# In LeNet-1 nearly all connections belong to convolutions, where one parameter serves many of them.
# Its dense output has 1,930 of the 2,578 parameters, each of which serves one connection, and still the ratio is the largest.
# LeNet-5 spends most of its parameters on C5 and F6; on an image of 32 by 32 C5 fits at one place only, so there too a parameter serves one connection.

# %%
for net, names in ((LENET1, ["Output"]), (LENET5_1998, ["C5", "F6"])):
    rows = [net.trace()[name] for name in names]
    print(net.name, *(f"{row.name}: {row.parameters:,}" for row in rows))

# %% [markdown]
# </details>
#
# **Exercise 3.**
# A convolution of LeNet-1 reads only some of the maps that come in.
# *Predict* how many parameters its H3 would have if it read all.
# *Compute* it.
# *Explain* why the number of links decides, and not which links they are.
#
# <details class="solution"><summary>Solution 3</summary>

# %%
from lenet import Conv2D

h3 = LENET1.trace()["H3"]
print(h3.layer.links, "links:", h3.parameters)
full = Network((12, 12, 4), [Conv2D(12, 5)]).trace().total
print(12 * 4, "links:", f"{full.parameters:,}")

# %% [markdown]
# Each link is a square of 5 · 5 weights, wherever it leads.
#
# </details>
