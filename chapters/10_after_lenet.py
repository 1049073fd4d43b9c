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
# # After LeNet
#
# After this chapter you can count a network of millions of parameters with the rules you already have, say where AlexNet, VGG-16, ResNet-50 and MobileNet keep their parameters and do their arithmetic, and tell which LeNet a total belongs to.
#
# These four look at a photograph in colour and choose among 1000 kinds of thing.
# Counting says how large they are and what they cost.
# It does not say how well they choose.
#
# ## AlexNet: 224 or 227 pixels?
#
# The first layer of AlexNet has 96 kernels of 11 by 11, which move by 4 pixels {cite:p}`krizhevsky2012`.
# The paper says that the image has 224 pixels a side.
#
# *Predict: at how many places along 224 pixels does such a kernel stand?*

# %%
from lenet.arithmetic import dropped, output_size

for side in (224, 227):
    print(side, "pixels:", output_size(side, 11, stride=4), "places,",
          dropped(side, 11, stride=4), "dropped,", (side - 11) / 4, "steps")
print(224 - 11, "pixels of room")

# %% [markdown]
# With 224 there are 213 pixels of room, and 213 / 4 is 53.25 steps.
# The quarter of a step is not taken, so there are 54 places, and one pixel is dropped.
# With 227 pixels nothing is left over.
#
# Which is it?
# In the code below, `_` sets numbers off as a comma does in the text, and `** 0.5` takes the square root.
# The paper prints how many numbers go in, 150,528, and how many units the layers have: 253,440 the first and 186,624 the second.

# %%
from math import ceil

print(f"{224 * 224 * 3:,} numbers go in")
for places in (54, 55):
    print(f"{places} places: {places * places * 96:,} units, then",
          output_size(places, 3, stride=2), "after pooling, or",
          ceil((places - 3) / 2) + 1, "if it rounds up")
print(f"{253_440 / 96:,.0f} a map, {(253_440 / 96) ** 0.5:.2f} a side")
print(f"{27 * 27 * 256:,} units in the second layer")

# %% [markdown]
# The first number says 224.
# The units of the first layer fit neither: 253,440 in 96 maps are 2,640 a map, and no square has so many places.
# Those of the second layer say more.
# It has 256 maps, so its 186,624 units stand 27 by 27.
# A pooling of 3 by 3 that moves by 2 comes before it, and of 54 and 55 only 55 gives 27, if pooling rounds down.
# If it rounds up, 54 gives 27 as well.
#
# *Predict: how many zeros of padding give 224 pixels 55 places?*

# %%
for zeros in range(12):
    places = output_size(224 + zeros, 11, stride=4)
    print(f"{zeros} zeros, {224 + zeros} pixels: {places} places, then",
          output_size(places, 3, stride=2), "after pooling")

# %% [markdown]
# 55 places give 27, and so do 56.
# So the image may have had 227 to 234 pixels, or 224 with 3 to 10 zeros of padding, or the pooling rounded up; the paper mentions none of these.
# This book takes 227.
#
# ## AlexNet: two halves
#
# The network was trained on two graphics cards, each with half of the maps, and in the second, fourth and fifth layer a kernel reads only the maps on its own card {cite:p}`krizhevsky2012`.
# `groups=2` says so: the maps are in two parts, and a kernel reads one of them.
#
# *Predict the weights of the second layer: 256 kernels of 5 by 5, and 96 maps that come in.*

# %%
from lenet import derive
from lenet.imagenet import ALEXNET

derive(ALEXNET)["conv2"].only("weights", "biases", "parameters")

# %% [markdown]
# A kernel is half of the 96 maps deep.
# These are the convolutions, and the window and the stride of the poolings; a loop in braces without a colon makes a set:

# %%
for layer in ALEXNET.layers:
    if layer.kind == "Conv2D":
        print(f"{layer.name}: {layer.filters} kernels {layer.kernel_size},",
              f"stride {layer.strides}, {layer.padding},",
              f"groups {layer.groups}")
print({(layer.pool_size, layer.strides) for layer in ALEXNET.layers
       if layer.kind == "MaxPooling2D"}, "in every pooling")

# %% [markdown]
# Every pooling is 3 by 3 and moves by 2.
# `conv2` reads maps of 27 by 27 and, with `same`, puts out as many places.
#
# *Predict the parameters of `conv3`, which reads all of the 256 maps of `conv2`.*

# %%
print(f"3 * 3 * 256 * 384 + 384 = {3 * 3 * 256 * 384 + 384:,}")

# %% [markdown]
# The whole network:

# %% caption="AlexNet, layer by layer" label="tab-alexnet"
ALEXNET.trace().table("name", "output_shape", "parameters", "macs")

# %% [markdown]
# The paper has 60,000,000 parameters; the sum is 60,965,224, which is more than rounding explains.
# And these are the units of the layers that learn; a row has their number as `activations`, and `if row.parameters` leaves out the other layers:

# %%
print(60_965_224 // 60_000, "times the parameters of LeNet-5")
[row.activations for row in ALEXNET.trace() if row.parameters]

# %% [markdown]
# From the second on, all of them are as the paper prints them.
#
# *Predict before you scroll back: which one layer has more parameters than all others together?*
#
# It is `fc6`, the first dense layer, with 37,752,832.

# %%
print(f"{60_965_224 - 37_752_832:,} in all others")

# %% [markdown]
# It reads every place of every map, as the first dense layer of the post's program did.
#
# ## VGG-16: small kernels only
#
# A unit may see 7 by 7 places through one kernel of 7 by 7, or through three layers of 3 by 3, one after another.
# Let 64 maps come in and 64 go out each time.
# The list below has `small` three times, and each time it is a layer with weights of its own.
#
# *Predict which way has more weights.*

# %%
from lenet import Conv2D, Network

small = Conv2D(64, 3, use_bias=False)
for layers in ([Conv2D(64, 7, use_bias=False)], [small, small, small]):
    trace = Network((32, 32, 64), layers).trace()
    print("layers:", len(layers), "sees:", trace[-1].receptive_field,
          f"weights: {trace.total.weights:,}")
print(7 * 7, "and", 3 * (3 * 3), "times C²")

# %% [markdown]
# Both see 7 by 7, and three small layers have fewer weights.
# With $C$ maps in and out:
#
# $$
# \begin{aligned}
# 7 \cdot 7 \cdot C \cdot C &= 49\,C^2 \\
# 3 \cdot (3 \cdot 3 \cdot C \cdot C) &= 27\,C^2
# \end{aligned}
# $$
#
# All kernels of VGG-16 are 3 by 3 {cite:p}`simonyan2015`, and the padding is `same`, so that only a pooling makes the maps smaller.
# Its convolutions stand in blocks, a pooling ends each block, and dense layers follow.

# %% caption="VGG-16, layer by layer" label="tab-vgg"
from lenet.imagenet import VGG16

VGG16.trace().table("name", "output_shape", "parameters", "macs")

# %% [markdown]
# The total is 138,357,544; the paper has 138,000,000, rounded.
# Where most of the parameters are, small kernels save nothing:

# %%
derive(VGG16)["fc1"].only("weights")

# %% [markdown]
# One dense layer has 102,760,448 weights, because 7 by 7 places in 512 maps all reach each of its 4,096 units.
#
# ## Global average pooling
#
# What if the dense layer read the mean of each map, and not every place?
# That is **global average pooling**: the window is the whole map, and 7×7×512 becomes 512 numbers {cite:p}`lin2014`.
#
# The first 18 layers of VGG-16 are its convolutions and poolings.
#
# *Predict what is left of 138,357,544 parameters when one dense layer of 1000 units reads the means of their maps.*

# %%
from lenet import Dense, GlobalAveragePooling2D

layers = list(VGG16.layers[:18])
layers += [GlobalAveragePooling2D(), Dense(1000)]
short = Network((224, 224, 3), layers)
for network in (VGG16, short):
    total = network.trace().total
    print(f"{total.parameters:,} parameters, {total.macs:,} MACs")

# %% [markdown]
# The parameters fall to a ninth, and the arithmetic hardly changes.
# The networks below all end like this.
#
# ## A kernel of 1 by 1
#
# A kernel of 1 by 1 looks at one place only, but at all maps there.
# Say a place has the values 2, 0 and 1 in three maps, and the kernel has the weights 1, −1 and 3.
#
# *Predict what comes out.*

# %%
print(1 * 2 + -1 * 0 + 3 * 1)
print(Conv2D(1, 1).weights((7, 7, 3)), "weights")

# %% [markdown]
# It mixes maps, and it is the dense layer of one place, used at every place {cite:p}`lin2014`.
# It has $C \cdot F$ weights for $C$ maps in and $F$ out.
#
# So it can turn many maps into a few before a larger kernel, and a few into many again after it.
# Such a sequence is called a **bottleneck** {cite:p}`he2016`.
#
# *Predict how many times fewer weights it has than one layer of 3 by 3 on 256 maps.*

# %%
wide = Network((56, 56, 256), [Conv2D(256, 3, padding="same")])
narrow = Network((56, 56, 256), [Conv2D(64, 1),
                                 Conv2D(64, 3, padding="same"),
                                 Conv2D(256, 1)])
for network in (wide, narrow):
    print(network.output_shape, f"{network.trace().total.weights:,}")
print(f"{589_824 / 69_632:.1f}")

# %% [markdown]
# Both give 56×56×256, and the bottleneck has 8.5 times fewer weights.
#
# ## Batch normalisation
#
# While a network trains, its weights change, and so do the mean and the spread, which is the standard deviation, of the values in each map.
# **Batch normalisation** takes the mean away and divides by the spread, then multiplies by one number and adds another, both of which are trained {cite:p}`ioffe2015`.
# In training, mean and spread are those of the batch, the images that are looked at together.
# For the time after, two averages over many batches are kept: one of the mean, and one of the variance, which is the square of the spread.
#
# *Predict for 64 maps: how many numbers are trained, and how many are kept but not trained?*

# %%
from lenet import BatchNormalization

alone = Network((56, 56, 64), [BatchNormalization(name="norm")])
derive(alone)["norm"].only("weights", "biases", "parameters", "fixed")

# %% [markdown]
# Two per map are trained, and two per map are `fixed`: no gradient changes them.
#
# After training all four stand still, and the layer's formula is that of a straight line.
# Say the mean is 4, the spread 2, the factor 6 and the summand 5, and the convolution before it makes $2p + 1$ of a pixel $p$.

# %%
for p in (0, 1, 2):
    x = 2 * p + 1
    print(6 * (x - 4) / 2 + 5, "and", 6 * p - 4)

# %% [markdown]
# $$
# 6 \cdot \frac{(2p + 1) - 4}{2} + 5 = 6p - 4
# $$
#
# So a norm can be absorbed into the weights and the bias of the convolution before it, and costs nothing when the network is used.
# Nor does the convolution before a norm need a bias: whatever a bias adds, the norm takes away again with the mean.
#
# ## A shortcut past two layers
#
# Until now each layer read the one before.
# A **residual block** has a shortcut: what came in is added to what a few layers made of it {cite:p}`he2016`.
#
# *Predict: the block reads and makes 16 maps, with two layers of 3 by 3 without biases, each with a norm. How many parameters are trained, and what does the shortcut cost?*

# %%
from lenet.layers import Add

conv = Conv2D(16, 3, padding="same", use_bias=False)
norm = BatchNormalization()
block = Network((32, 32, 16), [conv, norm, conv, norm, Add()],
                reads=[(-1,), (0,), (1,), (2,), (3, -1)])
block.trace().table("name", "weights", "biases", "parameters", "fixed",
                    "receptive_field")

# %% [markdown]
# `reads` says for each layer which ones it reads: layers are numbered from 0, and the image is −1.
# `Add` reads layer 3 and the image.
#
# A convolution has 3 · 3 · 16 · 16 = 2,304 weights and a norm 32 trained numbers, so 4,672 are trained and 64 are fixed.
# This shortcut costs nothing, for adding maps takes no weights.
# A unit after it sees 5 by 5, as far as the longer way reaches.
#
# ResNet-50 is a convolution and a max pooling, 16 bottlenecks with a shortcut past each, global average pooling and a dense layer {cite:p}`he2016`.
# Where a bottleneck changes the shape, what came in no longer fits what it is added to.
# The shortcut is then a convolution of 1 by 1 with a norm.
#
# *Predict how many weights it has in the bottleneck below, which reads 256 maps, works on 128 and makes 512.*

# %%
from lenet.imagenet import RESNET50

trace = RESNET50.trace()
for part in (1, 2, 3, 0):
    row = trace[f"conv3_block1_{part}_conv"]
    print(row.layer.kernel_size, "stride", row.layer.strides[0],
          row.input_shape, "→", row.output_shape, f"{row.weights:,} weights")
past = [row.weights for row in trace if row.name.endswith("_0_conv")]
print(f"{len(past)} such shortcuts, {sum(past):,} weights")

# %% [markdown]
# The last row is the shortcut: 256 · 512 = 131,072 weights.
# Both ways halve the height and the width with a stride of 2.
# 4 of the 16 shortcuts have weights, 2,768,896 in all; the others cost nothing.
#
# ResNet-50 is quoted with three different totals.
# The names of its convolutions end in `conv`, and `layer.kind` says what a layer is.
#
# *Predict: which numbers may one program count and another leave out?*

# %%
total = RESNET50.trace().total
biases = sum(row.biases for row in RESNET50.trace()
             if row.name.endswith("conv"))
print(sum(row.layer.kind == "Add" for row in RESNET50.trace()), "shortcuts")
print(f"{total.parameters + total.fixed:,} numbers, of which")
print(f"{total.parameters:,} are trained;")
print(f"{total.parameters - biases:,} without {biases:,} biases")

# %% [markdown]
# Keras counts 25,636,712 in all, with the means and variances that the norms keep, and says that 25,583,592 of them are trained.
# PyTorch is a library like Keras; its own model leaves out the biases before a norm, and [has 25,557,032](https://pytorch.org/vision/stable/models/generated/torchvision.models.resnet50.html).
# The number of weights is the same in each of them.

# %%
print(f"{total.macs:,} MACs")

# %% [markdown]
# The paper prints 3,800,000,000, a little less, and calls them FLOPs, floating-point operations: one for each MAC, as [What each tool counts](b_conventions.md) explains.
#
# ## Depthwise separable convolution
#
# An ordinary kernel looks around and mixes maps at once.
# MobileNet does one after the other: a **depthwise** layer has one kernel for each map, which reads that map alone, and a layer of 1 by 1 then mixes the maps {cite:p}`howard2017`.
# Together they are a **depthwise separable** convolution.
#
# *Predict the weights of both ways, with kernels of 3 by 3 from 64 maps to 128.*

# %%
from lenet import DepthwiseConv2D

full = [Conv2D(128, 3, padding="same", use_bias=False)]
apart = [DepthwiseConv2D(3, padding="same", use_bias=False),
         Conv2D(128, 1, use_bias=False)]
for layers in (full, apart):
    trace = Network((112, 112, 64), layers).trace()
    print([row.weights for row in trace], f"{trace.total.macs:,} MACs")

# %% [markdown]
# There are 73,728 weights in one layer, or 576 and 8,192 in a pair of layers.
# Every weight is used at the same number of places, so the MACs shrink by the same factor.
#
# $$
# \frac{K \cdot K \cdot C + C \cdot F}{K \cdot K \cdot C \cdot F} = \frac{1}{F} + \frac{1}{K^2}
# $$

# %%
print(f"{(576 + 8_192) / 73_728:.4f} {1 / 128 + 1 / 9:.4f}")

# %% [markdown]
# MobileNet is an ordinary convolution, 13 of these pairs, global average pooling and a dense layer, with a norm after each convolution.
# Here is one of the pairs:

# %%
from lenet.imagenet import FULL_MOBILENET, MOBILENET

trace = MOBILENET.trace()
for name in ("conv_dw_7", "conv_pw_7"):
    row = trace[name]
    print(row.layer.kernel_size, row.input_shape, "→", row.output_shape,
          f"{row.weights:,} weights, {row.macs:,} MACs")
pairs = sum(row.layer.kind == "DepthwiseConv2D" for row in trace)
print(pairs, "pairs")

# %% [markdown]
# They are 3 · 3 · 512 and 512 · 512 weights, each used at 14 · 14 places.
# Now the whole of MobileNet, and the same network with full convolutions.

# %%
for network in (MOBILENET, FULL_MOBILENET):
    total = network.trace().total
    print(f"{total.parameters:,} parameters, {total.macs:,} MACs")

# %% [markdown]
# The paper rounds to 4,200,000 parameters and 569,000,000 multiply-adds, and with full convolutions to 29,300,000 and 4,866,000,000.
# All but the last agree with our counts, rounded; that one would have to be 4,867,000,000.
# The dense layer does 1,024,000, so it may have been left out there, but the paper does not say so.

# %%
dense = MOBILENET.trace()["predictions"].macs
print(f"{total.macs:,} rounds to {round(total.macs, -6):,}")
print(f"less the {dense:,} of the dense layer it is",
      f"{round(total.macs - dense, -6):,}")

# %% [markdown]
# ## Keras counts the same
#
# Keras has all of these networks but AlexNet ready to use.
# `from_keras` reads any model of Keras as a `Network`, with its branches; `weights=None` asks for a model that has not been trained.
#
# *Predict: will Keras's own count and ours be equal?*

# %%
from lenet.keras_bridge.model import from_keras
from lenet.keras_bridge.quiet import keras

apps = keras.applications
for make, ours in ((apps.MobileNet, MOBILENET),
                   (apps.ResNet50, RESNET50), (apps.VGG16, VGG16)):
    model, total = make(weights=None), ours.trace().total
    print(f"{ours.name}: Keras {model.count_params():,},",
          f"here {total.parameters + total.fixed:,};",
          "equal MACs:", from_keras(model).trace().total.macs == total.macs)

# %% [markdown]
# The counts are equal, and so are the MACs of Keras's model and of our own.
#
# A model of yours is read in the same way, and each layer is compared with what Keras says of it: an error is raised where they differ.
# What this book does not derive has the shape and the parameters that Keras gives it.
# `LSTM` below is such a layer: it reads sequences, which this book does not treat.

# %%
model = keras.Sequential([keras.Input((28, 28)), keras.layers.LSTM(32),
                          keras.layers.Dense(10)])
from_keras(model).trace().table("name", "layer", "output_shape",
                                "parameters", "macs")

# %% [markdown]
# Its multiply-accumulates are not known, so a dash stands in their place, and the sum says "at least".
#
# In a terminal, `python -m lenet show resnet50` prints the table and every derivation, and `python -m lenet show model.keras` those of a model that you have saved.
#
# ## Where the numbers went
#
# *Predict for each network: are most of its parameters in convolutions or in dense layers? And most of its MACs?*

# %% tags=["hide-input"] caption="Parameters and multiply-accumulates, from LeNet-5 of 1998 to MobileNet" label="fig-shares"
from lenet import LENET5_1998, plots
from lenet.shares import share_table

networks = [LENET5_1998, ALEXNET, VGG16, RESNET50, MOBILENET]
plots.share_bars(networks)

# %% tags=["hide-input"] caption="The same in numbers" label="tab-shares"
share_table(networks)

# %% [markdown]
# In all of them the convolutions do nearly all of the arithmetic, from 91.91% in AlexNet to 99.95% in ResNet-50, for each of their weights is used at many places.
# The parameters moved.
# AlexNet and VGG-16 keep theirs in dense layers that read every place.
# Global average pooling took those layers away, and in ResNet-50 and MobileNet most parameters are in convolutions again.
# LeNet-5 looks like them, for C5 is a convolution; it stands at one place only, so that its 48,120 parameters are used once, as those of a dense layer are.
#
# VGG-16 has fewer than three times the parameters of AlexNet and more than twenty times its MACs.

# %%
one, other = ALEXNET.trace().total, VGG16.trace().total
print(f"{other.parameters / one.parameters:.1f} times the parameters,",
      f"{other.macs / one.macs:.1f} times the MACs")

# %% [markdown]
# So neither number stands for the other, as in [CNN against fully connected network](07_cnn_vs_fnn.md).
#
# ## Which LeNet is that?
#
# ResNet-50 has a total for each way of counting.
# LeNet has many more, because many networks go by that name.
# Programs print 44,426 or 61,706, the paper says 60,000, and readers ask which is right.
#
# *Predict: what could take 17,280 parameters away from modern LeNet-5's 61,706?*

# %%
from lenet import which

which(44426)

# %% [markdown]
# `which` knows the choices that make one LeNet out of another, and says which of them give a total, and what each adds.
# Look at these in a program: the side and the channels of the image, and its padding; whether C3 reads all maps; whether pooling has parameters; how many units each layer has; what the output is; and whether there are biases.
# Here the image has 28 pixels a side and no padding, so the maps before C5 are 4 by 4 and no longer 5 by 5.

# %%
print(5 * 5 * 16 * 120 - 4 * 4 * 16 * 120)

# %% [markdown]
# What `which` returns has `matches`, the networks that fit.
# The `quantities` of a match say what the total counts, and its `sentence` says how the network differs.
# `fill` breaks a text into short lines.

# %%
from textwrap import fill

match = which(44426).matches[0]
print(match.quantities)
print(fill(match.sentence, width=34))

# %% [markdown]
# Here are totals that one meets, each with its first match.

# %%
for total in (60_000, 61_706, 61_470, 62_006,
              44_426, 25_010, 3_246, 431_080):
    match = which(total).matches[0]
    counted = match.quantities[0]
    print(fill(f"{total:,} {counted}: {match.sentence}", width=34), "\n")

# %% [markdown]
# All of them are right, each for its own network; only 60,000 is the paper's {cite:p}`lecun1998`.
# 61,470 are the weights of a network that has 61,706 parameters.
# Caffe is an older library, with a LeNet of its own.
# In a terminal, `python -m lenet which 44426` gives the same answer.
# On the web page the last field of the builder gives it too, and opens the network that it names; try a depthwise convolution there, or global average pooling in place of the dense layers.
#
# ```{widget} builder
# The picture shows modern LeNet-5 and a fully connected network with no more parameters.
# In the page its layers can be changed, and a total that you type is looked up among all LeNets.
# ```
#
# | part | weights | what it changes |
# |---|---|---|
# | $G$ groups | $K \cdot K \cdot \frac{C}{G} \cdot F$ | a kernel reads one part of the maps |
# | kernel of 1 by 1 | $C \cdot F$ | mixes maps, sees one place |
# | depthwise | $K \cdot K \cdot C$ | looks around, mixes nothing |
# | batch normalisation | 2 per map, and 2 fixed | can be absorbed into the convolution before it |
# | shortcut | none, unless the shape changes | adds what came in |
# | global average pooling | none | one number per map, whatever its size |
#
# ## Exercises
#
# (exercise-10-1)=
# ### Exercise 10.1
#
# A depthwise layer with kernels of 5 by 5 reads 40 maps, and a layer of 1 by 1 makes 80 maps of what comes out.
# Neither has biases.
#
# *Predict with pencil and paper: how many weights do the two layers have, and one ordinary layer in their place?*
#
# *Compute* them.
# *Explain* which of the two halves grows when the kernels become 7 by 7.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 10.1

# %%
print(5 * 5 * 40, "and", 40 * 80, "or", 5 * 5 * 40 * 80)
print(7 * 7 * 40)

# %% [markdown]
# The pair has 1,000 and 3,200 weights, the ordinary layer 80,000.
# Only the depthwise half knows the side of the kernel: 7 by 7 makes 1,960 of its 1,000.

# %% [markdown]
# (exercise-10-2)=
# ### Exercise 10.2
#
# Give AlexNet's layers an image of 224 by 224 without padding.
# *Predict* which layers keep their parameters.
# *Compute* the total.
# *Explain* what the paper's 60,000,000 says about the 224 pixels.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 10.2

# %%
unpadded = Network((224, 224, 3), ALEXNET.layers).trace()
print(unpadded["pool5"].output_shape, "and",
      ALEXNET.trace()["pool5"].output_shape)
print(f"{unpadded['fc6'].parameters:,}")
print(f"{unpadded.total.parameters:,}")

# %% [markdown]
# Every layer but `fc6` keeps its parameters: no other one knows the size of the maps.
# The last pooling gives 5 by 5 and no longer 6 by 6, so `fc6` shrinks, and the total falls to 49,430,888.
# The paper has 60,000,000, so, if its pooling rounded down, its network cannot have read 224 pixels without padding.

# %% [markdown]
# (exercise-10-3)=
# ### Exercise 10.3
#
# Make C3 of modern LeNet-5 depthwise separable: kernels of 5 by 5, from 6 maps to 16, without biases.
# *Predict* with the rule $1/F + 1/K^2$ what part of the weights is left.
# *Compute* both.
# *Explain* which term is the larger one, and what more filters would change.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 10.3

# %%
maps = (14, 14, 6)
full = Conv2D(16, 5, use_bias=False).weights(maps)
apart = 5 * 5 * 6 + 6 * 16
print(f"{full:,} and {5 * 5 * 6} + {6 * 16} = {apart} weights")
print(f"{apart / full:.4f} {1 / 16 + 1 / 25:.4f}")

# %% [markdown]
# 2,400 weights become 246, about a tenth.
# The larger term is 1/16, the depthwise layer: here it costs more to look around, 150 weights, than to mix the maps, 96.
# With more filters 1/16 becomes smaller, and 1/25 stays, so what is left comes near to 1/25.

# %% [markdown]
# (exercise-10-4)=
# ### Exercise 10.4
#
# Show MobileNet and VGG-16 an image of 160 by 160.
# *Predict* for each whether its parameters and its MACs change.
# *Compute* them.
# *Explain* which layer makes the difference.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 10.4

# %%
for network in (MOBILENET, VGG16):
    for side in (224, 160):
        total = Network((side, side, 3), network.layers).trace().total
        print(network.name, side, f"{total.parameters:,} parameters,",
              f"{total.macs:,} MACs")
print(f"{(160 / 224) ** 2:.2f}")
print(MOBILENET.trace()["mean"].output_shape)

# %%
for side in (224, 160):
    trace = Network((side, side, 3), VGG16.layers).trace()
    print(side, "pixels:", trace["block5_pool"].output_shape,
          f"and {trace['fc1'].parameters:,} parameters in fc1")

# %% [markdown]
# The MACs fall to about half in both, as the number of places does.
# MobileNet keeps its parameters: after global average pooling, the layer `mean`, its dense layer reads 1,024 numbers, whatever the size of the image.
# VGG-16 falls from 138,357,544 to 88,025,896: `fc1` reads 5 by 5 places of each map and no longer 7 by 7, and about half of its parameters are left.

# %% [markdown]
# (exercise-10-5)=
# ### Exercise 10.5
#
# One number of this table is wrong.
# The layers read 32×32×3, the padding is `same`, and no convolution has a bias.
#
# | layer | output | trained parameters |
# |---|---|---|
# | 32 kernels of 3 by 3 | 32×32×32 | 864 |
# | batch normalisation | 32×32×32 | 128 |
# | depthwise, 3 by 3 | 32×32×32 | 288 |
# | 64 kernels of 1 by 1 | 32×32×64 | 2,048 |
#
# *Predict* which.
# *Compute* the table.
# *Explain* what was counted that should not be.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 10.5

# %%
Network((32, 32, 3), [
    Conv2D(32, 3, padding="same", use_bias=False), BatchNormalization(),
    DepthwiseConv2D(3, padding="same", use_bias=False),
    Conv2D(64, 1, use_bias=False),
]).trace().table("name", "output_shape", "parameters", "fixed")

# %%
print(2 * 32, "trained and", 2 * 32, "fixed:", 4 * 32)

# %% [markdown]
# The norm trains 64 numbers.
# The 128 of the table has its means and variances too, which are kept but not trained.

# %% [markdown]
# (exercise-10-6)=
# ### Exercise 10.6
#
# A project: design a network for colour images of 32 by 32 pixels and ten kinds of thing.
# It has at most 20,000 parameters, ends with global average pooling and a dense layer, and each unit that the pooling reads sees at least 32 pixels in a row.
# *Predict* on paper how many layers of 3 by 3 that takes, and where a stride of 2 helps.
# *Compute* the table with `Network`.
# *Explain* what you would have to give up with ordinary convolutions.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 10.6

# %% [markdown]
# One way of many: an ordinary layer first, then pairs, two of them with a stride of 2.

# %%
layers = [Conv2D(16, 3, padding="same")]
for maps, stride in ((32, 2), (64, 2), (64, 1), (64, 1), (64, 1)):
    layers.append(DepthwiseConv2D(3, strides=stride, padding="same"))
    layers.append(Conv2D(maps, 1))
layers += [GlobalAveragePooling2D(), Dense(10)]
Network((32, 32, 3), layers).trace().table(
    "layer", "output_shape", "parameters", "receptive_field")

# %%
print("sees", 1 + 2 + 2 + 2 * 2 + 3 * (2 * 4), "with 6 layers,",
      1 + 16 * 2, "with", 16, "that do not stride")
print("ordinary:", 3 * 3 * 64 * 64 + 64,
      "pair:", (3 * 3 * 64 + 64) + (64 * 64 + 64))

# %% [markdown]
# Each layer of 3 by 3 adds 2 jumps to the field.
# Without strides a jump is one pixel, and 16 layers would be needed to see 1 + 16 · 2 = 33 pixels.
# After two strides a jump is 4 pixels, and these 6 layers see 33; the earlier a stride comes, the more layers it helps.
# It has 18,634 parameters.
# An ordinary layer from 64 maps to 64 would have 36,928 where a pair has 4,800, so a single one would break the budget: you would have to give up maps.
