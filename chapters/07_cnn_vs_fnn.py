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
# After this chapter you can say what a convolutional network saves and what it costs, tell the two ideas in it apart, and name a measurement for each thing that it is better at, and for the things that it is not.
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
# Here they are again, as the MACs of the first convolution.

# %%
from lenet import derive

derive(POST_TABLE)["Conv2"].only("weights", "MACs")

# %% [markdown]
# **Sharing saves weights, not computation.**
#
# ## Two ideas, seen apart
#
# A convolution is a dense layer with two restrictions.
# **Locality**: a unit reads only pixels nearby.
# **Sharing**: all units of a map have the same weights.
# Take the first layer of LeNet-5, from 32×32 pixels to 28×28×6 units, and put the restrictions in one at a time.
#
# *Predict which of the two saves arithmetic.*

# %%
from lenet import Conv2D, Dense, LocallyConnected2D
from lenet.table import Table

units, image = 28 * 28 * 6, (32, 32, 1)
steps = (("dense", Dense(units), (32 * 32,)),
         ("nearby only", LocallyConnected2D(6, 5), image),
         ("nearby and shared", Conv2D(6, 5), image))
Table(("layer", "weights", "MACs"), tuple(
    (name, layer.weights(shape), layer.macs(shape))
    for name, layer, shape in steps))

# %%
print(f"inputs a unit: {32 * 32:,} dense, {5 * 5} nearby only")

# %% [markdown]
# Locality goes from 1,024 inputs a unit to 25, and takes weights and arithmetic down by the same factor, 1,024 / 25.
# Sharing takes 117,600 weights to 150, and leaves the arithmetic where it was.
#
# **Locality saves both. Sharing saves weights only.**
#
# ## The whole ledger
#
# Now whole networks: the post's two, their rivals without convolution, LeNet-5, LeNet-5 without sharing, and the fully connected network of 1998.

# %%
from lenet import (FNN_784_300_100_10, FNN_12288_120_84_10,
                   LENET5_MODERN, LENET5_UNSHARED, POST_CODE)

networks = (POST_TABLE, POST_FNN, POST_CODE, FNN_12288_120_84_10,
            LENET5_MODERN, LENET5_UNSHARED, FNN_784_300_100_10)
totals = [network.trace().total for network in networks]
Table(("network", "weights", "biases", "MACs", "activations"), tuple(
    (network.name, total.weights, total.biases, total.macs,
     total.activations) for network, total in zip(networks, totals)))

# %% [markdown]
# `activations` are the values that the layers put out for one image, which is what has to be kept in memory to train on it.
# That column belongs to the fully connected networks: they have few units, and each has many weights.
#
# The post's rival has no hidden layer, so it is not the network that anyone would use instead.
# The post's program ends in dense layers of 120, 84 and 10 units; give the rival the same three, right on the image.

# %%
code, rival = POST_CODE.trace().total, FNN_12288_120_84_10.trace().total
print(f"parameters: rival / code = {rival.parameters / code.parameters:.2f}")
print(f"MACs:       rival / code = {rival.macs / code.macs:.3f}")
fnn_total = POST_FNN.trace().total.parameters
print(f"parameters: code / post's FNN = {code.parameters / fnn_total:.2f}")

# %% [markdown]
# The rival has 3.82 times the parameters and does a little less arithmetic, 0.855 times that of the code.
# Three pairs of networks, three different answers: "a CNN has fewer parameters" is not even true of the post's own program, which has 3.16 times as many as the post's rival.
# What a network saves depends on what you compare it with.

# %%
from lenet import plots

plots.layer_bars(POST_TABLE)

# %% [markdown]
# Nearly all weights of the table's network are in its dense layer, and nearly all arithmetic is in its convolutions.
# To make such a network smaller, work on the dense layers; to make it faster, work on the convolutions.
#
# ## Seconds
#
# Arithmetic is not time either.
# Here all seven networks take turns on the machine that made this page, on noise; LeNet-5 is 1.
#
# *Predict: LeNet-5 has about 1.6 times the MACs of 784-300-100-10. Will it take 1.6 times as long?*

# %% tags=["nbval-ignore-output"]
import numpy as np
from lenet.training.loop import seconds_an_image

seconds = seconds_an_image(networks)
base = seconds[LENET5_MODERN.name]
ratios = [np.divide(seconds[n.name], base).tolist() for n in networks]
Table(("network", "MACs", "time to train", "to answer"), tuple(
    (network.name, total.macs, *ratio)
    for network, total, ratio in zip(networks, totals, ratios)))

# %%
train = {n.name: ratio[0] for n, ratio in zip(networks, ratios)}
print("LeNet-5 takes more than 1.6 times as long as 784-300-100-10:",
      1 / train[FNN_784_300_100_10.name] > 1.6)
print("without sharing it takes longer still:",
      train[LENET5_UNSHARED.name] > 1)
print("the post's network takes longer than the post's rival:",
      train[POST_TABLE.name] > train[POST_FNN.name])

# %% [markdown]
# It takes much longer than that.
# A dense layer is one large product of matrices, which processors do best; a convolution moves the same numbers about many times.
# And without sharing, the same arithmetic takes longer than with it, because every weight has to be fetched and is used once.
#
# So the sentence of the post has no leg left to stand on: the convolutional network does more arithmetic *and* takes longer.
#
# ## What it buys
#
# Not speed, then.
# From here on we measure errors on MNIST, on digits that no network has trained on.
# The runs were made beforehand, five seeds each, with recipes fixed on a part of the training digits; [The table of 1998](09_reproduction.md) says how.
# All networks read the same 32×32 pixels, but for LeNet-1, which reads 28×28.
# A network is called better only if its worst run is better than the other's best.
#
# ### With the same budget
#
# Three fully connected networks: one with LeNet-5's number of parameters, one with its MACs, and one larger than either.

# %%
from lenet.training.runs import error_table, load_records

records = load_records()
lenet5, *rivals = (records[name] for name in (
    "lenet5-modern", "fnn-1024-58-32-10", "fnn-1024-380-70-10",
    "fnn-1024-500-150-10"))
error_table([lenet5, *rivals], "parameters", "MACs")

# %%
from lenet.training.runs import apart

for rival in rivals:
    print(f"LeNet-5 better than {rival.experiment.title}:",
          apart(lenet5, rival))
print("the largest better than the one with the same MACs:",
      apart(rivals[2], rivals[1]))

# %% [markdown]
# With the same parameters the fully connected network misreads 2.59% on average and LeNet-5 0.87%.
# With the same MACs it is 1.79%, and the larger one, with 589,160 parameters, has 1.77%: their runs overlap.
# So at an equal budget of weights and at an equal budget of arithmetic, LeNet-5 wins.
#
# The other way round: how small may a convolutional network be and still reach *their error*?
# LeNet-1 has 2,578 parameters and reads digits shrunk to 16 by 16.

# %%
error_table([records["lenet1"], *rivals[1:]], "parameters", "MACs")

# %%
for rival in rivals[1:]:
    print(f"LeNet-1 better than {rival.experiment.title}:",
          apart(records["lenet1"], rival))

# %% [markdown]
# LeNet-1 misreads fewer digits than fully connected networks with more than a hundred times its parameters, and does less than a quarter of their arithmetic.
# **To reach their error the convolutional network needs less of both.**
# More care went into its recipe than into theirs, so the size of the gap says little; its direction is what counts.
#
# ### Locality and sharing
#
# Which of the two ideas does it?
# Three networks with five epochs each: dense layers only, LeNet-5 without sharing, LeNet-5.
#
# *Predict where the middle one comes out.*

# %%
dense, nearby, shared = (records[name] for name in (
    "fnn-1024-300-100-10-5421-a-class", "lenet5-unshared",
    "lenet5-modern-5421-a-class"))
error_table([dense, nearby, shared], "parameters", "MACs")

# %%
print("nearby only better than dense:", apart(nearby, dense))
print("shared better than nearby only:", apart(shared, nearby))

# %% [markdown]
# Each step helps, and no runs overlap.
# To look nearby is worth most of a point, and sharing takes off nearly half a point more, with a seventh of the parameters and the same arithmetic.
#
# ### With fewer digits
#
# *Predict: with ten digits of each class to learn from, who is better, and by how much?*

# %%
from statistics import mean

from lenet.training.experiments import SIZES

kinds = ("lenet5-modern", "fnn-1024-300-100-10")
fewer = {records[kind].experiment.title:
         [records[f"{kind}-{size}-a-class"] for size in SIZES]
         for kind in kinds}
lines = {title: [record.test_errors for record in some]
         for title, some in fewer.items()}
plots.error_lines(lines, SIZES, "training digits of each class",
                  log=True)

# %%
for size, *both in zip(SIZES, *fewer.values()):
    lenet, fnn = (mean(record.test_errors) for record in both)
    print(f"{size:>5} a class: {lenet:5.2f}% and {fnn:5.2f}%,",
          "apart" if apart(*both) else "they overlap")

# %% [markdown]
# At every size the worst run of LeNet-5 is better than the best run of the fully connected network.
# How many digits does the fully connected network need to misread as few on average?
# Between two sizes we read its error off a straight line on the picture above.

# %%
lenet, fnn = ([mean(record.test_errors) for record in some]
              for some in fewer.values())
for size, error in zip(SIZES[:5], lenet):
    needed = np.exp(np.interp(-np.log(error), -np.log(fnn), np.log(SIZES)))
    enough = error >= fnn[-1]
    print(f"LeNet-5 {size:>4} a class, FNN",
          f"{needed:.0f}, {needed / size:.1f} times as many" if enough
          else f"more than {SIZES[-1]:,}, all there are")

# %% [markdown]
# From 10 to 300 digits a class it needs 2.2 to 4.3 times as many, and what LeNet-5 reaches with 1,000 a class it does not reach with all of them.
# **This is the sense in which a CNN is easier to train.**
#
# ### When digits move
#
# *Predict: the networks were trained on centred digits. Move the test digits by four pixels. Who still reads them?*

# %%
trained = [records[kind + how] for how in ("", "-moved") for kind in kinds]
moves = {record.experiment.title: record.shift_errors for record in trained}
plots.error_lines(moves, range(9), "pixels by which the test digits moved")

# %% [markdown]
# "moved" was trained on digits moved at random by up to 8 pixels.

# %%
Table(("pixels moved", *moves), tuple(
    (str(far), *(mean(errors[far]) for errors in moves.values()))
    for far in range(9)))

# %% [markdown]
# One pixel: 1.41% against 3.65%.
# Four pixels: LeNet-5 misreads 41.24%, and that is the better of the two.
# So a convolutional network is not blind to moves.
# C1 to S4 move with the digit, as [the next chapter](08_inside_lenet.md) shows, but C5 has a weight for each place.
# The further a digit moves, the more often a part of it leaves the image, so the last rows ask for more than can be seen.
#
# Training on moved digits teaches both: LeNet-5 then misreads 1.35% where the digits stand still, and 1.38% at four pixels.
# The fully connected network has to learn every place by itself and pays more for it, with 3.74% instead of 1.81% on digits that do not move.
#
# ### When pixels are shuffled
#
# Here is a test of the idea itself.
# Put the pixels of every image, training and test, into one other order, the same for all.
# Nothing is lost: the old order could be restored.
#
# *Predict what the new order does to each network.*

# %%
from lenet.training import digits, mnist

examples = mnist.prepare(mnist.like_mnist(digits.load((8, 8, 1)).x_test[:4]))
both = np.concatenate([examples, digits.shuffled(examples)])
plots.digit_grid(both / 1.275 + 0.1, [*range(4), *range(4)], columns=4)

# %%
cnn, cnn_shuffled, fnn, fnn_shuffled = (
    records[kind + how] for kind in kinds for how in ("", "-shuffled"))
error_table([cnn, cnn_shuffled, fnn, fnn_shuffled], "parameters")

# %%
print("FNN better than LeNet-5 when shuffled:",
      apart(fnn_shuffled, cnn_shuffled))
print("FNN better in order than shuffled:", apart(fnn, fnn_shuffled))

# %% [markdown]
# The fully connected network does not care: 1.81% in order, 1.80% shuffled.
# Nor can it, since a dense layer has no idea which pixels are neighbours.
# The error of LeNet-5 rises from 0.87% to 2.32%, and LeNet-5 is now the worse of the two.
#
# So what a convolution gains here depends on the order of the pixels: it is a bet that neighbours belong together.
# On these pictures the bet wins.
# The paper of 1998 had the idea for a method without such a bet: a support vector machine, it remarks, would do as well if the pixels were permuted {cite:p}`lecun1998`.
#
# ## On your own machine
#
# The measurements above came from records.
# This one runs here: the post's program, the rival with the same dense layers, and the post's own rival, on the bundled digits.
# Data, recipe and seeds are those of [Training](06_training.md), and the test digits come from writers that no network has seen.
#
# *Predict the order.*

# %% tags=["nbval-ignore-output"]
from lenet.training import digits
from lenet.training.loop import train_seeds

data = digits.load((64, 64, 3))
trained = [train_seeds(network, data)
           for network in (POST_CODE, FNN_12288_120_84_10, POST_FNN)]
plots.error_spread(*trained)

# %% tags=["nbval-ignore-output"]
error_table(trained)

# %% [markdown]
# On the machine that made this page, the five runs of the convolutional network ended between 6.3% and 7.4%, those of the rival with the same dense layers between 7.4% and 10.0%, and those of the post's rival between 10.3% and 12.3%.
# The worst run of the convolutional network is better than the best run of the post's rival, and just as good as the best run of the other.
# Between the two rivals there is a single digit: so little do five runs say about hidden layers on these digits.

# %%
cnn, *rivals = trained
for rival in rivals:
    print("the CNN beats", rival.experiment.title, "on average:",
          mean(cnn.test_errors) < mean(rival.test_errors))

# %% [markdown]
# Few digits, another collection, and the same answer as above.
#
# ## The conclusion
#
# | claim of the post | count or measurement | what is so |
# |---|---|---|
# | about four times the computation | 3.7 times the weights, 15.1 times fewer MACs | it has more weights and does less |
# | the CNN is faster | MACs, and seconds in turns | it does more and takes longer |
# | the CNN is easier to train | errors with few digits, moved digits, equal budgets | it needs fewer digits for the same error |
#
# Against a dense layer with the same outputs a convolution computes less, because each unit reads a few numbers only.
# Against the small dense network that the post compares it with, it computes more.
# What sets it apart is neither: it *assumes* more: that what matters is nearby, and that it looks the same wherever it stands.
# Where that is true, as with digits, it learns more from the same examples.
# Where it is not, as with shuffled pixels, the assumption is in the way.
#
# ## What this does not show
#
# MNIST is small, clean and centred; on harder pictures the gaps are others.
# The fully connected networks were given one recipe, chosen on the validation digits, and no tricks; with distorted digits they do better, as the paper's own rows say: the smallest with a hidden layer goes from 4.7% to 3.6% there {cite:p}`lecun1998`.
# The seconds are those of one kind of processor; on another, the ratios change.
# And the comparison is between two kinds of network of 1998.
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
