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
# # CNN against fully connected network
#
# After this chapter you can say what a convolutional network saves, what it costs, and why counting weights does not tell you how long it takes.
#
# ## The claim
#
# The post ends with a comparison {cite:p}`refstop`.
# Take the same image, 64×64×3, put its 12,288 numbers in a row and connect them to 10 units.
# That needs 122,880 weights, while the convolutional network of its table has 33,058.
# So, the post concludes, the fully connected network has about four times the computation, and the convolutional network is easier to train and faster.
#
# *Before you go on: which of these conclusions follows from a number of weights?*
#
# ## Count both

# %%
from lenet import POST_FNN, POST_TABLE

POST_FNN.trace().table("name", "output_shape", "weights", "macs")

# %%
POST_TABLE.trace().table("name", "output_shape", "weights", "macs")

# %% [markdown]
# *Predict both ratios before you look.*

# %%
cnn, fnn = POST_TABLE.trace().total, POST_FNN.trace().total
print(f"weights: CNN {cnn.weights:,}, FNN {fnn.weights:,},",
      f"FNN / CNN = {fnn.weights / cnn.weights:.1f}")
print(f"MACs: CNN {cnn.macs:,}, FNN {fnn.macs:,},",
      f"CNN / FNN = {cnn.macs / fnn.macs:.1f}")

# %% [markdown]
# The fully connected network has 3.7 times more weights.
# The convolutional network does 15.1 times more arithmetic.
# The post's "about four times the computation" is the first number, and for computation it points the wrong way.
#
# A **multiply-accumulate**, or MAC, is one product added to a sum: the elementary step of both kinds of layer.
# A dense layer uses each weight once for an image.
# A convolution uses each weight at every place where the kernel stands.

# %%
conv1 = POST_TABLE.trace()["Conv1"]
uses = conv1.macs // conv1.weights
print(f"{conv1.weights} weights, each used {uses:,} times: {conv1.macs:,}")

# %% [markdown]
# Do you remember 622,728 from [Building blocks](02_building_blocks.md)?
# There it was the number of weights without sharing.
# Sharing removed the weights, but the products have to be computed all the same.

# %%
from lenet import derive

derive(POST_TABLE)["Conv2"].only("weights", "MACs")

# %% [markdown]
# **A convolution saves weights, not computation.**
#
# ## A fairer rival
#
# The post's rival has no hidden layer.
# It can only weigh pixels, so it is not the network that anyone would use instead.
# And the post's program has dense layers of 120, 84 and 10 units at its end.
# So give the rival the same three layers, right on the image.
#
# *Predict: which of the two has more weights now, and which does more arithmetic?*

# %%
from lenet import FNN_LIKE_POST_CODE, POST_CODE, plots

plots.compare_bars([POST_TABLE, POST_CODE, POST_FNN, FNN_LIKE_POST_CODE])

# %%
code, rival = POST_CODE.trace().total, FNN_LIKE_POST_CODE.trace().total
print(f"parameters: rival / code = {rival.parameters / code.parameters:.2f}")
print(f"MACs:       rival / code = {rival.macs / code.macs:.3f}")
fnn_total = POST_FNN.trace().total.parameters
print(f"parameters: code / post's FNN = {code.parameters / fnn_total:.2f}")

# %% [markdown]
# The rival has 3.82 times the parameters and does a little less arithmetic, 0.855 times that of the code.
# Three pairs of networks, three different answers: "a CNN has fewer parameters" is not even true of the post's own program, which has 3.16 times as many as the post's rival.
# What a network saves depends on what you compare it with.
#
# ## Where the parameters and the arithmetic are

# %%
plots.layer_bars(POST_TABLE)

# %% [markdown]
# Nearly all weights of the table's network are in its dense layer, and nearly all arithmetic is in its convolutions.
# To make such a network smaller, work on the dense layers; to make it faster, work on the convolutions.
#
# ## Which learns better here?
#
# Counting cannot answer that, so train them: the post's program, the rival with the same dense layers, and the post's own rival.
# Data, recipe and seeds are those of [Training](06_training.md), and the test digits come from writers that no network has seen.
#
# *Predict the order.*

# %% tags=["nbval-ignore-output"]
from lenet import digits
from lenet.experiments import train_seeds

data = digits.load((64, 64, 3))
runs = [train_seeds(network, data)
        for network in (POST_CODE, FNN_LIKE_POST_CODE, POST_FNN)]
plots.error_spread(*runs)

# %% tags=["nbval-ignore-output"]
from lenet.results import spread

spread(*runs)

# %% [markdown]
# On the machine that made this page, the five runs of the convolutional network ended between 6.6% and 8.0%, those of the rival with the same dense layers between 9.1% and 11.7%, and those of the post's rival between 10.3% and 12.9%.
# The worst run of the convolutional network is better than the best run of either rival.
# The two rivals overlap: on these digits a hidden layer makes no difference that five runs could show.

# %%
from statistics import mean

cnn_error, *rivals = [mean(run.test_error for run in some) for some in runs]
for some, error in zip(runs[1:], rivals):
    print("the CNN beats", some[0].network, "on average:", cnn_error < error)

# %% [markdown]
# So the convolutional network does buy something here, and it is not speed.
# It is a better guess about images, built in before training starts: look nearby, and look the same way everywhere.

# %% tags=["nbval-ignore-output"]
for some in runs:
    seconds = mean(run.seconds for run in some)
    print(f"{some[0].network:16} {seconds:5.1f} s a run")

# %% [markdown]
# The seconds are those of one machine while other chapters were running, and they do not follow the MACs closely: memory and the overhead of each step count too.
# They do not say that the convolutional network is faster.
#
# ## What this does not show
#
# The digits are few and small, and each image is an 8 by 8 scan enlarged.
# Neither rival was tuned: a fully connected network with other layers, or with more data, may do better.
# An enlarged image is kind to a network that looks nearby.
# And an error is one axis of several; weights, arithmetic and time are others.
#
# | claim of the post | count or measurement | what is so |
# |---|---|---|
# | about four times the computation | 3.7 times the weights | it has fewer MACs: the CNN does 15.1 times more |
# | the CNN is faster | MACs, seconds | not shown; the CNN does more arithmetic |
# | the CNN learns more easily | test error, five runs | true here on average, on these digits |
#
# ## Exercises
#
# **Exercise 1.**
# *Predict* how weights and MACs of the post's first convolution change when the image is twice as high and twice as wide.
# *Compute* them.
# *Explain* the difference.
#
# <details class="solution"><summary>Solution 1</summary>

# %%
from lenet import Conv2D

layer = Conv2D(6, 3)
for side in (64, 128):
    image = (side, side, 3)
    print(layer.output_shape(image), layer.weights(image),
          f"{layer.macs(image):,}")

# %% [markdown]
# The weights stay at 162.
# The MACs grow a little more than fourfold, because there are 126 by 126 places instead of 62 by 62.
#
# </details>
#
# **Exercise 2.**
# *Predict* whether a convolution can have fewer MACs than a dense layer with the same output.
# *Compute* both for an output of 62×62×6.
# *Explain* what the dense layer would need.
#
# <details class="solution"><summary>Solution 2</summary>

# %%
from lenet import Dense

units = 62 * 62 * 6
dense_macs = Dense(units).macs((12288,))
print(f"{units:,} units: dense {dense_macs:,}, convolution {conv1.macs:,}")
print(f"dense / convolution = {dense_macs / conv1.macs:.0f}")

# %% [markdown]
# For the same output the convolution does 455 times less, because each unit reads 3 · 3 · 3 numbers and not 12,288.
# The post's rival is cheap for another reason: it puts out 10 numbers and not 23,064.
#
# </details>
#
# **Exercise 3.**
# You may change one number in the post's program to halve its parameters.
# *Predict* which.
# *Compute* the result.
# *Explain* what it does to the MACs.
#
# <details class="solution"><summary>Solution 3</summary>
#
# The first dense layer holds nearly everything, so halve its units.

# %%
from lenet import Flatten, MaxPooling2D, Network

slim = Network((64, 64, 3), [
    Conv2D(6, 3), MaxPooling2D(2), Conv2D(16, 3), MaxPooling2D(2),
    Flatten(), Dense(60), Dense(84), Dense(10)])
total = slim.trace().total
print(f"{total.parameters:,} parameters, {total.macs:,} MACs")
print(f"of the parameters {total.parameters / code.parameters:.2f},",
      f"of the MACs {total.macs / code.macs:.2f}")

# %% [markdown]
# Half the parameters are gone, and nine tenths of the arithmetic are still there: it is in the convolutions.
#
# </details>
