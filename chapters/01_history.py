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
# # How LeNet came about
#
# After this chapter you can tell the networks of the LeNet family apart, and keep three dates apart that are often mixed up.
#
# LeNet is not one network.
# Between 1989 and 1998 a group around Yann LeCun built several, to read digits that people had written by hand.
#
# ## A few words first
#
# The story needs a handful of words.
# A **network** is a program that takes numbers, here the pixels of an image, and gives an answer, here a digit.
# It is put together from **units**.
# A unit reads some numbers, multiplies each by a **weight**, and adds up the products.
# Units that do the same kind of work side by side form a **layer**, and each layer hands its numbers on to the next.
#
# Nobody types the weights in.
# The network is shown examples, each with the right answer, and after each the weights are changed a little so that the next answer is less wrong.
# That is **training**.
# The method that works out the changes for all layers together is called backpropagation; the chapter [Training](06_training.md) works it through by hand.
#
# Here is the story as a timeline.

# %% tags=["hide-input"] caption="From 1980 to 1998; the three dates to keep apart are filled" label="fig-story"
from lenet import plots
from lenet.paper import EVENTS

plots.timeline(EVENTS, marked=(1989, 1996, 1998))

# %% [markdown]
# ## Before LeNet
#
# In 1980 Kunihiko Fukushima described a network that recognises patterns wherever they stand {cite:p}`fukushima1980`.
# He called it the Neocognitron.
# It alternates two kinds of layers: one looks for features, such as a short stroke, and the next one tolerates small shifts.
# Today the first is called convolution and the second subsampling or pooling, and [Building blocks](02_building_blocks.md) builds both by hand.
# A network made of such layers is a convolutional network.
# The Neocognitron learnt without a teacher: nobody told it which pattern it was looking at.
# The long paper on LeNet-5, of 1998, says that at that time there was no method, like backpropagation, for training all of the layers together {cite:p}`lecun1998`.
#
# The idea that a unit looks only at a small part of the image is older still.
# The paper of 1998 traces it to the Perceptron of the early sixties, and names what Hubel and Wiesel found at about the same time: cells in the visual system of cats, each of which responds to one place and one direction {cite:p}`lecun1998`.
#
# There was a second idea.
# A unit that looks for a stroke in one corner can do the same work in every other place, so all such units may use the same weights.
# LeCun's paper of 1989, which comes below, credits this sharing of weights to Rumelhart and others, who had used it in 1986 {cite:p}`lecun1989`.
# The paper of 1998 also names time-delay networks, which share weights too {cite:p}`lecun1998`.
#
# So LeCun's group did not invent the convolutional network.
# What they did in 1989 was to train one by backpropagation on a real task, from end to end: all layers together.
#
# ## 1989: zip codes
#
# In June 1989 LeCun asked in a report how a network has to be built to get digits right that it has never seen {cite:p}`lecun1989strategies`.
# On a small task with handwritten digits, networks of a single layer did poorly.
# Networks of several layers did very well if they looked for the same features at every place.
# The chapter [CNN against fully connected network](07_cnn_vs_fnn.md), where CNN is short for convolutional network, makes such a comparison with today's tools.
#
# The real task was to read handwritten digits from the zip codes on American mail: 7,291 to learn from, and 2,007 others to test what was learnt {cite:p}`lecun1989`.
# This is the network.

# %% tags=["hide-input"] caption="The zip code network of 1989" label="fig-zip-code"
from lenet import ZIPCODE_1989

plots.network_maps(ZIPCODE_1989)

# %% [markdown]
# The image comes in on the left, and the answer goes out on the right, as ten numbers, one for each digit.
# Each stack is a layer, and each sheet of a stack is a square of units, called a **map**.
# Below a stack you read how high and how wide its maps are, and how many there are.
# The small frame is the window that one unit of the next layer reads.
# The layers between image and answer are called **hidden layers**, hence the names H1, H2 and H3.
#
# All 8 · 8 units of a map of H1 share their weights, so they all look for the same thing, each at a place of its own.
# To its sum each unit adds a number of its own, its **bias**.
# Weights and biases together, all that training finds, are the **parameters**; there are 9,760.
# The paper also counts **connections**: the lines along which a number reaches a unit, with a line for its bias.
# There are 64,660.
# Without sharing, each line would need a parameter of its own; what sharing saves is the difference.
#
# The network misread 5.0% of the test digits.
# A fully connected network, one in which every unit reads all numbers of the layer before, misread 8.1%; it had 40 hidden units.
#
# ## 1990: LeNet-1
#
# The next paper was presented at the NIPS conference of 1989 and printed in 1990 {cite:p}`lecun1990`.

# %% tags=["hide-input"] caption="LeNet-1, printed in 1990" label="fig-lenet1"
from lenet import LENET1

plots.network_maps(LENET1)

# %% [markdown]
# Its input is larger, 28 by 28 pixels, with a digit of the old size, 16 by 16, in the middle, and subsampling has become a layer of its own: H2 and H4 average small windows, and so shrink the maps.
# It has 2,578 parameters and 98,442 connections, so it shares far more than the network before it.
# The paper of 1998 calls it LeNet-1.
# Some programs give that name to the network of 1989, which is a different one.
#
# ## LeNet-4, and the year 1995
#
# LeNet-4 was compared with many other methods in 1994 {cite:p}`bottou1994`.
# The paper of 1998 does not say how large its maps are, so this book quotes LeNet-4 and does not build it; [The table of 1998, run again](09_reproduction.md) tries some sizes.
#
# In 1995 the group compared learning methods again, and by then LeNet-1, LeNet-4 and LeNet-5 were all among them {cite:p}`lecun1995`.
# So LeNet-5 and its name are older than the paper that made them known.
#
# ## 1998: LeNet-5
#
# LeNet-5 is the network of the long paper of 1998 {cite:p}`lecun1998`.
# It has 60,000 parameters and 340,908 connections, and [LeNet-5 as published](05_lenet5_1998.md) finds every one of them.
# Training took two to three days on one 200 MHz processor.
#
# The paper gives these errors on its 10,000 test digits: 1.7% for LeNet-1, 1.1% for LeNet-4, 0.95% for LeNet-5, and 0.8% for LeNet-5 when it also learnt from distorted digits.
# It says that each is uncertain by about 0.1%.
#
# ## Cheques
#
# The network did not stay in the laboratory.
# A system that reads cheques with it was put to work in several banks of the United States in June 1996, and read millions of cheques a day {cite:p}`lecun1998`.
# By the late 1990s it read over a tenth of all cheques in the country {cite:p}`lecun2015`.
#
# So keep three dates apart: the first of the family was trained in **1989**, cheques were read from **1996** on, and the paper through which LeNet-5 became known came out in **1998**.
# "LeNet was invented in 1998" mixes up the last date with the first.
#
# ## What stayed
#
# The digits stayed.
# The group had made a collection out of two older ones, with 60,000 digits to learn from and 10,000 to test, which the world knows as MNIST.
# The paper of 1998 describes it {cite:p}`lecun1998`.
# The test set had once been as large as the training set; its other 50,000 digits were lost, and put together again in 2019 {cite:p}`yadav2019`.
#
# The plan stayed too: convolve, subsample, convolve, subsample, then connect fully.
# Most parts were replaced one by one, and [LeNet-5 as published](05_lenet5_1998.md) has a ledger of those that change the number of parameters.
#
# | network | what tells it apart | parameters |
# |---|---|---|
# | zip code network of 1989 | no layer that only shrinks maps | 9,760 |
# | LeNet-1 of 1990 | the smallest | 2,578 |
# | LeNet-4 of 1994 | 120 fully connected units before the output | about 17,000 |
# | LeNet-5 of 1998 | one more layer, of 84 units, before the output | 60,000 |
#
# ## Exercises
#
# An exercise asks you to predict, then to compute, then to explain; its solution is closed until you open it.
# In each chapter they go from a count by hand to code of your own, and in some to a small project.
#
# (exercise-1-1)=
# ### Exercise 1.1
#
# All units of a map of H1, in the zip code network, share one window of 5 by 5 weights.
# Each unit has its own bias.
#
# *Predict: how many weights does H1 have, and how many biases?*
#
# The numbers below H1 in the picture are all that it takes.
# *Compute* both.
# *Explain* what would change if the units of a map shared their bias too, as they do in LeNet-1.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 1.1

# %% [markdown]
# There are 12 maps of 8 by 8 units.

# %%
weights = 12 * 5 * 5
biases = 12 * 8 * 8
print(weights, "weights,", biases, "biases,", weights + biases, "parameters")

# %% [markdown]
# There are more biases, because they are counted at every unit and the weights only once per map.
# With a shared bias H1 would have 12 biases instead of 768.

# %% [markdown]
# (exercise-1-2)=
# ### Exercise 1.2
#
# The fully connected network read all 256 pixels with 40 units, and ten more units read those 40.
# Each unit had a bias.
# *Predict* whether it had more parameters than the zip code network, which has 9,760.
# *Compute* them.
# *Explain* why it has exactly as many connections as parameters.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 1.2

# %%
hidden = 40 * 256 + 40
output = 10 * 40 + 10
print(f"{hidden:,} + {output:,} = {hidden + output:,}")

# %% [markdown]
# (An `f` before the quotes puts the value of what stands in braces into the text; `:,` sets commas in large numbers.)
#
# It had more, 10,690, and misread more.
# Nothing is shared, so each line needs a number of its own.

# %% [markdown]
# (exercise-1-3)=
# ### Exercise 1.3
#
# The text has the connections and the parameters of the zip code network, LeNet-1 and LeNet-5.
# *Predict* in which of the three a parameter serves the most lines.
# *Compute* how many lines a parameter serves on average.
# *Explain* what this number is in a network that shares nothing.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 1.3

# %%
print("zip code network", round(64660 / 9760, 1))
print("LeNet-1", round(98442 / 2578, 1))
print("LeNet-5", round(340908 / 60000, 1))

# %% [markdown]
# LeNet-1 shares most.
# In a network that shares nothing it is 1, as the exercise before this one shows.

# %% [markdown]
# (exercise-1-4)=
# ### Exercise 1.4
#
# Somebody writes: "LeNet, the first convolutional network, was invented in 1998.
# It was called LeNet-1 at first and read zip codes; later versions read cheques, from 1998 on."
# *Predict* how many mistakes you will find.
# *Compute* how many years lie between the first network of the family and the paper of 1998.
# *Explain* each mistake with a sentence of this chapter.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 1.4

# %%
1998 - 1989

# %% [markdown]
# There are four.
# The Neocognitron of 1980 was convolutional before LeNet.
# The first network of the family was trained in 1989, nine years before 1998.
# The name LeNet-1 belongs to the network of 1990; the first of the family, of 1989, is another one.
# Cheques were read from 1996 on.

# %% [markdown]
# (exercise-1-5)=
# ### Exercise 1.5
#
# This table of the zip code network has one wrong number.
# Each of its units has its own bias.
#
# | layer | units | weights | biases |
# |---|---|---|---|
# | H1 | 768 | 300 | 768 |
# | H2 | 192 | 2,400 | 12 |
# | H3 | 30 | 5,760 | 30 |
# | output | 10 | 300 | 10 |
#
# *Predict* which it is, without adding up.
# *Compute* all weights and biases together, and compare the sum with the 9,760 of the text.
# *Explain* what whoever wrote the table had in mind.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 1.5

# %%
written = 300 + 768 + 2400 + 12 + 5760 + 30 + 300 + 10
print(f"{written:,} as written, {9760 - written} are missing")
print(192 - 12)

# %% [markdown]
# H2 has 192 units and so 192 biases.
# 12 is the number of its maps: one bias for each map, as in the later networks of the family.
