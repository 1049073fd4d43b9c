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
# # Glossary
#
# Look a word up here; the chapter in brackets explains it.
#
# ```{glossary}
# activation
#   A bent function applied to each unit's sum, such as tanh or ReLU ([Building blocks](02_building_blocks.md)).
#   In a table, `activations` are the values that a layer holds for one image.
#
# bias
#   One number a filter or a unit, added to its sum ([Parameters](04_parameters.md)).
#
# C1, S2, C3, S4, C5, F6
#   The layers of LeNet-5 as the paper names them: C convolution, S subsampling, F fully connected.
#   C5 is a convolution.
#
# channels
#   The maps that a layer reads or writes; the colours of an image are its channels.
#
# connections
#   The measure of the paper of 1998: every input line of every output unit, bias lines included.
#
# convolution
#   A kernel laid on every place of its input; products added up.
#   Without flipping the kernel it is a cross-correlation, which is what networks compute.
#
# dense, fully connected
#   A layer whose units each read every input.
#
# dilation
#   The step between two taps of a kernel.
#
# dropped
#   Rows or columns at the far end that no window reaches because the stride does not divide ([Output shapes](03_output_shapes.md)).
#
# epoch
#   One pass over all training images.
#
# equivariance
#   When the input moves, the output moves with it: what a convolution does ([Inside LeNet-5](08_inside_lenet.md)).
#
# feature map
#   What one filter puts out: a number for each place.
#
# filters
#   The kernels of a layer, and so the number of maps it puts out.
#
# flatten
#   Writing maps into one row.
#   It has no parameters.
#
# FNN
#   A fully connected network.
#
# groups
#   Parts into which a convolution divides its channels; a kernel reads one part only.
#
# jump
#   The distance, in pixels of the image, between what two neighbouring units see.
#
# kernel
#   The weights of one filter: height · width · channels that it reads.
#
# locality
#   Reading only what is nearby; one of the two restrictions that make a dense layer a convolution ([CNN against fully connected network](07_cnn_vs_fnn.md)).
#
# MAC
#   A multiply-accumulate: one product with a weight, added to a sum.
#   Biases, maxima and activations are not counted.
#   Some tools print two FLOPs for each, others call the MAC itself a FLOP: see [What each tool counts](b_conventions.md).
#
# padding
#   Zeros around the input.
#   `valid` is none, `same` as many as give N / S windows, rounded up.
#
# parameters
#   Trainable numbers: weights and biases together.
#
# pooling
#   Keeping one number of each window: the maximum or the mean.
#
# receptive field
#   How far the pixels of the image reach that can change a unit, from the first to the last; under dilation not each pixel in between matters.
#
# recipe
#   Everything that is decided before training: epochs, rates, loss ([The table of 1998, run again](09_reproduction.md)).
#
# RBF unit
#   An output unit of the LeNet-5 of 1998 that measures a distance instead of a weighted sum.
#
# same, valid
#   See padding.
#
# seed
#   The number from which all chance in a run is drawn.
#   Two seeds make two runs of the same recipe.
#
# shape
#   (height, width, channels), or (features,) after flatten.
#   The number of images is not part of it.
#
# sharing
#   The same weights at every place; the other restriction.
#
# softmax
#   Turns scores into positive shares that add up to 1.
#
# stride
#   The step of a window.
#
# unit
#   One number that a layer puts out.
#
# weights
#   Parameters that are multiplied with inputs; biases are not weights.
# ```
#
# The words are those of the package: a row of a trace has one column for each of them.

# %%
from lenet import LENET5_MODERN

LENET5_MODERN.trace().table("name", "output_shape", "parameters",
                            "connections", "macs", "activations",
                            "receptive_field")
