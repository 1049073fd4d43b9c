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
# # Glossary
#
# Look a word up here; the chapter in brackets explains it.
# On the pages of the book the first use of each word leads here, and says the same when you point at it.
#
# ```{glossary}
# activation
#   The bent function through which a unit passes its sum, such as tanh or ReLU.
#   In a table, `activations` are the values that a layer puts out for one image. ([Building blocks](02_building_blocks.md))
#
# Adam
#   A way to train that gives each parameter a step of its own, which depends on its recent gradients. ([Training](06_training.md))
#
# backpropagation
#   The way to all gradients of a network at once: from the loss backwards, layer by layer. ([Training](06_training.md))
#
# batch
#   The training images that are looked at together before the parameters move once. ([Training](06_training.md))
#
# batch normalisation
# batch norm
#   A layer that brings the values of each map to a common mean and spread, and then scales and shifts the map by trained numbers. ([After LeNet](10_after_lenet.md))
#
# bias
#   One number for each filter or unit, which is added to its sum. ([Building blocks](02_building_blocks.md))
#
# bottleneck
#   Convolutions in a row, the first of which makes the channels few, so that the costly one in the middle works on few. ([After LeNet](10_after_lenet.md))
#
# C1
# S2
# C3
# S4
# C5
# F6
#   The layers of LeNet-5 as its paper names them: C is convolution, S subsampling, F fully connected. ([LeNet-5 as published](05_lenet5_1998.md))
#
# ceiling
#   Rounding up to a whole number, written ⌈ ⌉. ([Output shapes](03_output_shapes.md))
#
# channel
#   One of the maps that a layer reads or puts out.
#   A picture in colour has a channel each for red, green and blue. ([Building blocks](02_building_blocks.md))
#
# class
#   One of the answers that a network chooses from; for digits, which digit it is. ([Parameters](04_parameters.md))
#
# code (of a digit)
#   The drawing of a digit in black and white with which an output unit of LeNet-5 compares what it reads. ([LeNet-5 as published](05_lenet5_1998.md))
#
# coefficient
#   In the subsampling of 1998, the trained number by which the sum of a window is multiplied. ([LeNet-5 as published](05_lenet5_1998.md))
#
# connection
#   A line into a unit.
#   The paper of 1998 counts one for each input of every unit, and one for its bias. ([How LeNet came about](01_history.md))
#
# convolution
#   A layer that lays a kernel on every place of its input, multiplies what lies on top of each other and adds up.
#   In textbooks the kernel is flipped first; networks do not flip it, which is strictly called a cross-correlation. ([Building blocks](02_building_blocks.md))
#
# cross-entropy
#   A loss for shares: the smaller the share that the right class gets, the larger it is. ([Training](06_training.md))
#
# curvature
#   How sharply the loss bends when one weight changes.
#   Where it bends sharply, a long step overshoots. ([The table of 1998, run again](09_reproduction.md))
#
# dense
# fully connected
#   A layer whose units each read every input. ([Building blocks](02_building_blocks.md))
#
# depthwise
# depthwise separable
#   A convolution with one kernel for each map, which reads that map alone; with a convolution of single places after it, which mixes the maps, it is depthwise separable. ([After LeNet](10_after_lenet.md))
#
# derivation
#   A number with the work shown: the formula, the numbers put in, the result. ([Parameters](04_parameters.md))
#
# dilation
# dilated
#   The distance from one tap of a kernel to the next; what lies between them is not read. ([Output shapes](03_output_shapes.md))
#
# dropped
#   Said of rows or columns at the far end that no window reaches, because the stride does not come out even. ([Output shapes](03_output_shapes.md))
#
# epoch
#   One pass over all training images. ([Training](06_training.md))
#
# equivariance
# translation equivariance
#   When the input moves, the output moves with it, as in a convolution. ([Inside LeNet-5](08_inside_lenet.md))
#
# error rate
# test error
#   The share of the test images that a network gets wrong. ([Training](06_training.md))
#
# feature map
# map
#   What one filter puts out: a number for each place. ([Building blocks](02_building_blocks.md))
#
# filter
#   A kernel with its bias; each filter of a layer puts out one map. ([Building blocks](02_building_blocks.md))
#
# flatten
#   Writing all maps into one row of numbers. ([Building blocks](02_building_blocks.md))
#
# floor
#   Rounding down to a whole number, written ⌊ ⌋. ([Output shapes](03_output_shapes.md))
#
# FLOP
#   Short for floating-point operation: a product or a sum, counted by itself; some tools mean a multiply-accumulate by it. ([What each tool counts](b_conventions.md))
#
# FNN
# fully connected network
#   A network of dense layers only. ([CNN against fully connected network](07_cnn_vs_fnn.md))
#
# global average pooling
#   Pooling whose window is the whole map: one number remains of each map. ([After LeNet](10_after_lenet.md))
#
# gradient
#   For each parameter, how fast the loss grows when that parameter grows a little.
#   Training moves the other way. ([Training](06_training.md))
#
# groups (of channels)
#   Parts into which a convolution divides its channels: a kernel reads the channels of one group only. ([After LeNet](10_after_lenet.md))
#
# hidden layer
#   A layer between the input and the output layer. ([How LeNet came about](01_history.md))
#
# jump
#   The distance, in pixels of the image, from where the field of a unit begins to where its neighbour's begins. ([Output shapes](03_output_shapes.md))
#
# kernel
#   The weights that are laid on a window: as high and wide as the window, and as deep as the channels it reads. ([Building blocks](02_building_blocks.md))
#
# layer
#   One stage of a network: it reads what the stage before puts out. ([How LeNet came about](01_history.md))
#
# learning rate
# rate (of learning)
#   How far training moves the parameters for a given gradient. ([Training](06_training.md))
#
# link
# table of links
#   One map reading one map of the layer before, through one square of weights.
#   In C3 not every pair of maps has one. ([LeNet-5 as published](05_lenet5_1998.md))
#
# locality
#   Reading only what is nearby; with sharing, it makes a dense layer a convolution. ([Building blocks](02_building_blocks.md))
#
# logarithm
# natural logarithm
#   What undoes a power of e: the number that e was raised to. ([Building blocks](02_building_blocks.md))
#
# loss
#   One number that says how wrong a network is; training makes it smaller. ([Training](06_training.md))
#
# MAC
# multiply-accumulate
#   One product with a weight, added to a sum; in an RBF unit, one squared difference.
#   Biases, maxima and activations are not counted; what other tools count is on [What each tool counts](b_conventions.md). ([Building blocks](02_building_blocks.md))
#
# McNemar's test
#   A test of whether one network is better than another by more than chance: it looks only at the images that one of them reads rightly and the other wrongly. ([Training](06_training.md))
#
# MNIST
#   A collection of handwritten digits, already split into training and test digits, on which the networks of 1998 were compared. ([How LeNet came about](01_history.md))
#
# network
#   Layers, each of which reads what the one before it puts out. ([How LeNet came about](01_history.md))
#
# one-cycle
# one cycle
#   A plan for the learning rate: it rises first, and then falls to almost nothing at the end. ([The table of 1998, run again](09_reproduction.md))
#
# padding
#   Zeros put around an input, so that windows can reach over its edge. ([Output shapes](03_output_shapes.md))
#
# parameter
#   A number that training changes by its gradient.
#   Weights and biases are parameters; this book counts them apart before it adds them up. ([Parameters](04_parameters.md))
#
# pass (over the digits)
#   One time over all training digits, which is an epoch. ([The table of 1998, run again](09_reproduction.md))
#
# pooling
#   Making one number of each window: the largest or the mean. ([Building blocks](02_building_blocks.md))
#
# RBF unit
#   An output unit of LeNet-5 that measures how far its inputs are from a fixed code, instead of weighing them. ([LeNet-5 as published](05_lenet5_1998.md))
#
# receptive field
#   The stretch of the image from the first to the last pixel that can change a unit. ([Output shapes](03_output_shapes.md))
#
# recipe
#   All that is decided before training: the loss, the rate, the epochs and the rest. ([Training](06_training.md), and [The table of 1998, run again](09_reproduction.md))
#
# ReLU
#   An activation that keeps what is positive and makes everything else zero. ([Building blocks](02_building_blocks.md))
#
# residual block
#   Layers with a shortcut past them: what came in is added to what they made of it. ([After LeNet](10_after_lenet.md))
#
# `same`
#   Padding with as many zeros as give N / S windows, rounded up: at a stride of one, as many as there are pixels. ([Output shapes](03_output_shapes.md))
#
# saturation
# saturated
#   A unit is saturated where its activation is nearly flat: then its inputs hardly change it, and it hardly learns. ([LeNet-5 as published](05_lenet5_1998.md))
#
# scores (of classes)
#   The scores of the last layer, before softmax makes shares of them. ([Building blocks](02_building_blocks.md))
#
# seed
#   The number from which all chance in a training run is drawn; the same seed gives the same start. ([Training](06_training.md))
#
# shape
#   Height, width and channels of what a layer reads or puts out; after flatten, only how many numbers there are.
#   How many images there are is not part of it. ([Building blocks](02_building_blocks.md))
#
# sharing
#   Having the same weights at every place of a map. ([Building blocks](02_building_blocks.md))
#
# softmax
#   Turns scores into positive shares that add up to one. ([Building blocks](02_building_blocks.md))
#
# squashing function
#   The activation of 1998: a stretched tanh. ([LeNet-5 as published](05_lenet5_1998.md))
#
# standard deviation
#   How far numbers typically lie from their mean. ([Training](06_training.md))
#
# step (of training)
#   One change of all parameters, against the gradient. ([Training](06_training.md))
#
# stride
#   How far a window moves to its next place. ([Output shapes](03_output_shapes.md))
#
# subsampling
#   The pooling of 1998: the sum of a window, times a trained number, plus another, and then squashed. ([LeNet-5 as published](05_lenet5_1998.md))
#
# tanh
#   An S-shaped activation, whose values lie between minus one and one. ([Building blocks](02_building_blocks.md))
#
# tap
#   One place of a kernel along a line, with its weight. ([Output shapes](03_output_shapes.md))
#
# test digits
# test set
#   Images that are used only to find the error, never to train or to choose. ([Training](06_training.md))
#
# trainable
#   Said of a number that training changes by its gradient; the others are fixed, batch norm's averages among them. ([LeNet-5 as published](05_lenet5_1998.md))
#
# training
#   Showing a network examples and changing its parameters, step by step, so that it makes fewer mistakes. ([How LeNet came about](01_history.md))
#
# training digits
# training set
#   Images from which a network learns: by them its parameters are moved. ([Training](06_training.md))
#
# unit
#   One number that a layer puts out, and what computes it: a weighted sum of its inputs, a bias and an activation. ([How LeNet came about](01_history.md))
#
# `valid`
#   No padding: windows lie on real pixels only. ([Output shapes](03_output_shapes.md))
#
# validation digits
# validation set
#   A part of the training digits that is set aside to choose by, so that the test digits stay unseen. ([The table of 1998, run again](09_reproduction.md))
#
# weight
#   A parameter by which an input is multiplied.
#   Biases are not weights. ([How LeNet came about](01_history.md))
#
# window
#   The part of an input that a kernel lies on at one place. ([Output shapes](03_output_shapes.md))
# ```
#
# The words are those of the package: a row of a trace has one column for each of them.

# %%
from lenet import LENET5_MODERN

LENET5_MODERN.trace().table("name", "output_shape", "parameters",
                            "connections", "macs", "activations",
                            "receptive_field")
