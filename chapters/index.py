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
# # LeNet by the Numbers
#
# This is a course about the convolutional network, a kind of program that learns to read images, and about how to count what is in it.
# It is for readers with school algebra and a little Python; nothing about networks is taken for granted.
#
# Start with [How LeNet came about](01_history.md), which tells the story, or with [Building blocks](02_building_blocks.md), where the counting begins.
#
# At the end you can take a small convolutional network that you have never seen and say, layer by layer, what shape comes out, how many numbers it learns, how much arithmetic one image costs, and how much of the image each part sees.
# You know what LeNet-5 really was, the network that this book is named after, and what a convolutional network gains over one in which everything is connected, and what it does not.
#
# ## Make a guess
#
# This is LeNet-5 in the form in which it is usually built today.
# An image comes in on the left, and a score for each of the ten digits goes out on the right.
# Below each stack stands how high and how wide it is, and how many sheets it has.

# %% tags=["hide-input"]
from lenet import LENET5_MODERN
from lenet.plots import network_maps

network_maps(LENET5_MODERN)

# %% [markdown]
# Before you read on, guess: how many numbers does it learn, and how many multiplications does one image cost?

# %% tags=["hide-input"]
LENET5_MODERN.trace().table("name", "output_shape", "parameters", "macs")

# %% [markdown]
# It learns 61,706 numbers, which are called its parameters.
# One image costs 416,520 multiplications, each with an addition; such a pair is called a multiply-accumulate, MAC for short.
# Most of the numbers sit in C5, and most of the arithmetic is done in C3.
# The row `Flatten` is not in the picture, because it only writes numbers into one row.
# Choose a layer, and its part of the table is worked out:

# %% tags=["hide-input"]
from lenet.plots import layer_work

layer_work(LENET5_MODERN)

# %% [markdown]
# When you have read the chapters on [shapes](03_output_shapes.md) and [parameters](04_parameters.md), you can write each of these lines by hand.
#
# ## The way through the book
#
# | chapter | what it does |
# |---|---|
# | [How LeNet came about](01_history.md) | tells where the network comes from |
# | [Building blocks](02_building_blocks.md) | takes it apart, on pictures small enough to compute by hand |
# | [Output shapes](03_output_shapes.md) | counts windows until the shape of every layer is plain |
# | [Parameters](04_parameters.md) | counts what is learnt, and ends with a network of your own |
# | [LeNet-5 as published](05_lenet5_1998.md) | does all of it for the network of 1998, which is not the one above |
# | [Training](06_training.md) | shows how a network learns, and looks at its mistakes |
# | [CNN against fully connected network](07_cnn_vs_fnn.md) | weighs the two kinds against each other |
# | [Inside LeNet-5](08_inside_lenet.md) | opens the trained network and looks at what its units respond to |
# | [The table of 1998, run again](09_reproduction.md) | trains the networks of the paper on the paper's digits |
# | [After LeNet](10_after_lenet.md) | counts larger networks of later years by the same rules |
# | [Playground](11_playground.md) | reads a digit that you draw |
#
# Every chapter asks you to predict numbers before it computes them, the first one in its exercises only.
# Write your guess down: a wrong guess that you remember teaches more than a right one that you only read.
# Each ends with exercises, and each exercise has a worked solution, which is closed until you open it.
# In a notebook, `from lenet.practice import ask, check, hint` brings the questions: `ask("04")` lists those of chapter 4, `check("04.3", 256)` says whether 256 is right or which slip leads to it, and `hint("04.3")` gives a hint.
#
# Words that you do not know are in the [Glossary](c_glossary.md).
# Where two tools count the same network differently, [What each tool counts](b_conventions.md) says why, and the [Reference](reference.md) has every function of the package.
# Teachers will find a plan and handouts [at the end](d_instructors.md).
# The chapters grew out of a blog post in Korean that explains LeNet-5 {cite:p}`refstop`.
# The book follows its order; what it got wrong, and why, is listed in [What the post said, and what is so](a_corrections.md).
#
# ## How to read it, run it and check it
#
# These pages work without the internet: open them from disk.
# The commands with `make` below are typed in a terminal, in the folder of the book; `make serve` serves the pages to a browser.
#
# Every chapter is also a notebook, in which each piece of code is a cell that you can run.
# `make lab` opens JupyterLab on the folder `chapters`, where each `.md` file runs as a notebook.
# The `.py` file beside it is the same notebook as a script.
# Change a number in a cell, run the cell again, and see which others move.
#
# No count in this book is taken on trust.
# Each comes from a paper that is named beside it, or from the package `lenet`, which is checked against Keras, a widely used library for networks, and against counting one by one.
# A number with dots under it is a link to the cell, the figure or the paper that it comes from.
# When a number in the text is not the number that the code gives, `make test` fails and names the line.
