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
# # Training
#
# After this chapter you can build a counted network in Keras, check that it is the one you counted, train it on scanned digits, and say honestly how good it is.
#
# The post promised results and never showed them.
# Here they are.
#
# ## The digits
#
# The data come with scikit-learn, so nothing has to be downloaded.
# They are 1,797 digits that people wrote on forms, scanned and shrunk to 8 by 8 pixels {cite:p}`alpaydin1998`.
# They are not MNIST, and they are few.

# %%
from lenet import plots
from lenet.training import digits

data = digits.load((32, 32, 1))
data

# %%
plots.digit_grid(data.x_train[:16], data.y_train[:16])

# %% [markdown]
# Each of the 8 by 8 pixels has become a block of 4 by 4, because LeNet-5 wants 32 by 32.
# Enlarging invents no detail: you are looking at all there is.
#
# **Who wrote them matters.**
# The file names no writers, but its order gives them away: the digits of one hand stand together {cite:p}`inria-grouping`.
# Shuffle them before you split, and the test asks the network to read hands that it has already seen.
# So the split follows the order, and as far as that shows, whoever wrote a test digit wrote no training digit.
# Each class stands in the test equally often, 35 times; the 32 digits of the other writers that are left over are not used.

# %%
import numpy as np

print("test digits of each class:", np.bincount(data.y_test))
print("not used:", 1_797 - len(data.y_train) - len(data.y_test))

# %% [markdown]
# The split makes the errors below larger than those you find elsewhere for the same data, and closer to what a new reader of your handwriting would do.
#
# ## From a count to a model
#
# `to_keras` builds what you have counted.

# %%
from lenet import LENET5_MODERN, POST_CODE
from lenet.keras_bridge.model import to_keras

for network in (LENET5_MODERN, POST_CODE):
    counted, model = network.trace(), to_keras(network)
    print(f"{network.name}: counted {counted.total.parameters:,},",
          f"Keras {model.count_params():,}")

# %% [markdown]
# A total can agree by accident, so compare each layer of the second one: its shape, and its parameters.
#
# *Predict which of these rows could differ if someone forgot the biases.*

# %%
for layer, row in zip(model.layers, counted.rows):
    same_shape = layer.output.shape[1:] == row.output_shape
    same_count = layer.count_params() == row.parameters
    print(f"{row.name:12} shape {same_shape}  parameters {same_count}")

# %% [markdown]
# ## The recipe
#
# A network is trained by showing it digits, measuring how wrong it is, and moving every parameter a little in the direction that makes it less wrong.
# One pass over all training digits is an **epoch**.

# %%
from lenet.training.recipes import Recipe

Recipe()

# %% [markdown]
# The recipe was fixed on a part of the training digits, before anyone looked at the test digits.
# The error that counts is the one after the last epoch.
# Choosing the best epoch by its test error would be peeking.
#
# ## LeNet-5, five times
#
# Training starts from random parameters, so two runs differ.
# One run tells you what happened once.
# Five runs tell you how far apart runs lie.
#
# *Predict the error on the test digits. Chance would be wrong nine times out of ten.*

# %% tags=["nbval-ignore-output"]
from lenet.training.loop import train_seeds

lenet5 = train_seeds(LENET5_MODERN, data)
plots.training_curves(lenet5)

# %% [markdown]
# The dashed lines are the training digits: after a few epochs the network makes hardly a mistake on them.
# The solid lines are the test digits, written by others.
# The gap between the two is what the network learnt about its writers and not about digits.
#
# ## The post's network, five times
#
# The same for the post's program, whose images are 64 by 64 in three colours.
# Our digits have no colours, so the three channels are three copies.

# %% tags=["nbval-ignore-output"]
coloured = digits.load((64, 64, 3))
post = train_seeds(POST_CODE, coloured)
plots.training_curves(post)

# %% tags=["nbval-ignore-output"]
from lenet.training.runs import error_table

error_table([lenet5, post])

# %% tags=["nbval-ignore-output"]
plots.error_spread(lenet5, post)

# %% [markdown]
# On the machine that made this page, LeNet-5 ended between 8.0% and 9.4%, and the post's network between 6.3% and 7.4%.
# The ranges do not touch, so here the post's network reads these digits better.
# But they come close: one test digit of 350 is worth 0.29 percentage points, and a gap of half a point is a gap of two digits.
# Both networks read more than nine digits out of ten, written by hands that they have never seen.
#
# Whatever your machine makes of the last digits, these bounds should hold on it too.

# %%
one_digit = 100 / len(data.y_test)
print(f"one digit: {one_digit:.2f} points")
for record in (lenet5, post):
    print(record.experiment.title, "always below 15%:",
          max(record.test_errors) < 15)

# %% [markdown]
# ## Look at the mistakes
#
# A number says how many digits are misread.
# It does not say which.
# Here are the first two dozen mistakes of the first run of LeNet-5: the digit, then what the network read.

# %% tags=["nbval-ignore-output"]
first = lenet5.runs[0]
places, labels, answers = map(list, zip(*first.wrong[:24]))
plots.digit_grid(data.x_test[places], labels, answers)

# %% [markdown]
# Cover the captions and read them yourself.
# Some are hard at 8 by 8 pixels for anyone.

# %% tags=["nbval-ignore-output"]
plots.confusion(data.y_test, first.answers(data.y_test))

# %% [markdown]
# Each row holds the 35 test digits of one class.
# Mistakes are not spread evenly: a few pairs of digits make up most of them.
#
# ## What this does not show
#
# The digits are few, small and written by 13 people; no conclusion about handwriting in general follows from them.
# The post's network sees the same information as LeNet-5, only enlarged further, so the comparison is not about colour or detail.
# And five runs give a spread, not a law.
#
# ## Exercises
#
# **Exercise 1.**
# *Predict* what happens to training and test error with a single epoch.
# *Compute* it with `Recipe(epochs=1)`.
# *Explain* which of the two you would have believed without a test.
#
# <details class="solution"><summary>Solution 1</summary>

# %% tags=["nbval-ignore-output"]
once = train_seeds(LENET5_MODERN, data, Recipe(epochs=1), seeds=[0])
short = once.runs[0]
print(f"training {short.train_errors[-1]:.0f}%,",
      f"test {short.test_error:.0f}%")

# %% [markdown]
# After one epoch both are large, and the test error can even be the smaller one.
# The training error is an average over the epoch, in which the network started knowing nothing, while the test comes after it.
#
# </details>
#
# **Exercise 2.**
# *Predict* the error of a network whose labels were shuffled before training, so that there is nothing to learn.
# *Compute* it.
# *Explain* what the training error does.
#
# <details class="solution"><summary>Solution 2</summary>

# %% tags=["nbval-ignore-output"]
from dataclasses import replace

rng = np.random.default_rng(0)
nonsense = replace(data, y_train=rng.permutation(data.y_train))
run = train_seeds(LENET5_MODERN, nonsense, seeds=[0]).runs[0]
print(f"training {run.train_errors[-1]:.0f}%,",
      f"test {run.test_error:.0f}%")

# %%
print("test error near chance:", 75 < run.test_error <= 100)

# %% [markdown]
# On the test digits it is no better than guessing, which is wrong nine times out of ten.
# The training error falls below that all the same: with 61,706 parameters a network can begin to learn 1,415 labels by heart.
# A small training error alone proves nothing.
#
# </details>
#
# **Exercise 3.**
# *Predict* whether all five LeNet-5 runs misread the same digits.
# *Compute* how many test digits at least one run misreads, and how many all five do.
# *Explain* what a vote of the five would do.
#
# <details class="solution"><summary>Solution 3</summary>

# %% tags=["nbval-ignore-output"]
guesses = np.array([run.answers(data.y_test) for run in lenet5.runs])
misread = guesses != data.y_test
print("by at least one:", misread.any(axis=0).sum())
print("by all five:", misread.all(axis=0).sum())
votes = [np.bincount(column).argmax() for column in guesses.T]
print(f"error of the vote: {100 * np.mean(votes != data.y_test):.1f}%")

# %% [markdown]
# Some digits defeat every run: the writing is at fault, or no training writer wrote like that.
# Others are misread by one run and not by the next.
# A vote removes mistakes of the second kind only.
#
# </details>
