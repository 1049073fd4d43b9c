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
# # LeNet by the Numbers
#
# A convolutional network is a machine that can be counted.
# This book teaches you to take any small one and say, layer by layer, what shape comes out, how many numbers it learns, how much arithmetic it costs and how much of the image each unit sees.
# You need school algebra and a little Python.
#
# Here is the network that the book is named after, in the form in which it is usually built today.

# %%
from lenet import LENET5_MODERN
from lenet.plots import network_maps

network_maps(LENET5_MODERN)

# %% [markdown]
# Before you read on, guess: how many numbers does it learn, and how many multiplications does one image cost?

# %%
LENET5_MODERN.trace()

# %% [markdown]
# It learns 61,706 numbers and spends 416,520 multiply-accumulates on an image.
# Most of the numbers sit in C5, and most of the arithmetic is done in C3.
# When you have read the chapters on shapes and parameters, you can write this table by hand.
#
# ## Where to begin
#
# [How LeNet came about](01_history.md) tells where it comes from; whoever wants to count at once can start after it.
# [Building blocks](02_building_blocks.md) takes a convolutional network apart on pictures small enough to compute by hand.
# [Output shapes](03_output_shapes.md) counts windows until the shape of every layer is plain.
# [Parameters](04_parameters.md) counts weights and biases.
# [LeNet-5 as published](05_lenet5_1998.md) does all of it for the network of 1998, which is not the one above.
# [Training](06_training.md) trains two of the networks on scanned digits and looks at their mistakes.
# [CNN against fully connected network](07_cnn_vs_fnn.md) weighs a convolutional network against a fully connected one.
# [Inside LeNet-5](08_inside_lenet.md) opens the trained network and looks at what its units answer to.
# [The table of 1998, run again](09_reproduction.md) trains the networks of the paper on the paper's digits.
#
# A network of your own is counted in the same way, from one line of text or from a Keras model: [Parameters](04_parameters.md) ends with it.
# Where two tools disagree about it, [What each tool counts](b_conventions.md) says why, and the [Reference](reference.md) has every function of the package.
#
# Every chapter asks you to predict a number before it computes it.
# Write your guess down: a wrong guess that you remember teaches more than a right one that you only read.
# Each ends with three exercises, and each exercise has a worked solution in a fold.
#
# The chapters grew out of a blog post in Korean that explains LeNet-5 {cite:p}`refstop`.
# Its path is kept; what it got wrong, and why, stands in [What the post said, and what is so](a_corrections.md).
# Words that you do not know stand in [Glossary](c_glossary.md).
#
# ## How to read it, run it and check it
#
# These pages need no network: open them from disk, or serve them with `make serve`.
#
# Every chapter is also a notebook.
# `make lab` opens JupyterLab on the folder `chapters`, where each `.md` file runs as a notebook.
# The `.py` file beside it is the same notebook as a script.
# Change a kernel size, run the cell again, and see which numbers move.
#
# No count in this book is typed and hoped for.
# Each comes out of the package `lenet`, which is held to Keras and to counting by brute force.
# When a number in the text is not the number that the code gives, `make test` fails and names the line.
