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
# # Training
#
# After this chapter you can find the gradient of a weight by hand and take a step downhill with it, train a network that you have counted on scanned digits, and say how far its error can be trusted.
#
# ## One weight and its loss
#
# Take the smallest network there is: one unit with one input, one weight and no bias.
# The input is 2, and the unit should give 6.
# Its weight starts at 1, so it gives 2 · 1 = 2, which is 4 too little.
#
# A **loss** is one number that says how wrong an output is.
# Here it is the square of the error, $(2 - 6)^2 = 16$.
# The square makes too much as bad as too little, and a large error worse than several small ones.
#
# *Predict: for which weight is the loss 0, and is it larger at weight 0 or at weight 5?*

# %%
for weight in range(7):
    output = 2 * weight
    print("weight", weight, "output", output, "loss", (output - 6) ** 2)

# %% [markdown]
# At weight 3 it is 0, and at weight 0 it is 36, more than the 16 at weight 5.
# The losses for all values of the weight make a curve, and to learn is to walk down that curve.
# The package has this unit as an object that knows its loss.

# %% caption="The loss of one weight, and its slope at weight 1" label="fig-loss-curve"
from lenet import plots
from lenet.descent import OneWeight

unit = OneWeight(input=2, wanted=6)
plots.loss_curve(unit, range(7), slopes_at=[1])

# %% [markdown]
# For one weight we can draw it.
# Modern LeNet-5 has 61,706 parameters, and nobody can try all their values.
# So we stand at one place of the curve and ask only: which way is down, and how steep is it?
#
# ## The gradient is a slope
#
# Make the weight a little larger, by $h$, and see by how much the loss changes.
# Divide the change by $h$: that is the slope of the dashed line in [the figure](#fig-loss-curve), nearly.
#
# *Predict its sign at weight 1.*

# %%
for h in (0.1, 0.01, 0.001):
    change = (2 * (1 + h) - 6) ** 2 - (2 * 1 - 6) ** 2
    print("h", h, "slope", round(change / h, 3))

# %% [markdown]
# It is negative: a larger weight makes the loss smaller.
# The smaller $h$ is, the closer the quotient comes to −16.
# This slope is called the **gradient** of the loss.
#
# School algebra finds it without trying.
# Write $a$ for the error, output minus wanted, and $x$ for the input.
# A weight that grows by $h$ makes the error grow by $hx$, so the loss goes from $a^2$ to $(a + hx)^2 = a^2 + 2ahx + h^2x^2$.
# Take away $a^2$ and divide by $h$: what is left is $2ax + hx^2$, and the second part vanishes with $h$.
#
# $$\text{gradient} = 2 \cdot \text{error} \cdot \text{input}$$
#
# With our numbers it is $2 \cdot (-4) \cdot 2 = -16$.
#
# *Predict the gradient at weight 3 and at weight 5.*

# %%
for weight in (1, 3, 5):
    error = 2 * weight - 6
    print("weight", weight, "error", error, "gradient", 2 * error * 2)

# %% [markdown]
# At weight 3 there is no error and no slope.
# At weight 5 the error is 4, the gradient is 16, and down is to the left.
#
# ## A step downhill
#
# A negative gradient says: go right.
# A positive one says: go left.
# So go *against* the gradient, and choose how far with a number called the **rate**:
#
# $$\text{new weight} = \text{weight} - \text{rate} \cdot \text{gradient}$$
#
# One such change is a **step**.
#
# *Predict the weight after one step with a rate of 0.05.*

# %%
weight, rate = 1, 0.05
for step in range(1, 6):
    gradient = 2 * (2 * weight - 6) * 2
    weight = weight - rate * gradient
    print("step", step, "weight", round(weight, 3),
          "loss", round((2 * weight - 6) ** 2, 3))

# %% [markdown]
# The first step goes from 1 to $1 - 0.05 \cdot (-16) = 1.8$.
# Where the curve gets flatter the steps get shorter, and the weight comes closer and closer to 3.
#
# *Predict what a rate of 0.3 does, before you look.*

# %% tags=["hide-input"] caption="The same start with a small rate and with one that is too large" label="fig-rates"
plots.walks(unit, start=1, rates=[0.05, 0.3], steps=3)

# %% [markdown]
# `walk` gives the weight before the first step and after each.

# %%
for weight in unit.walk(start=1, rate=0.3, steps=3):
    print("weight", round(weight, 3), "loss", round(unit.loss(weight), 2))

# %% [markdown]
# With 0.3 the first step jumps over the lowest point, to 5.8, where the loss is larger than at the start.
# There the curve is steeper, so the next leap is longer still: the weight runs away.
# A rate that is too small costs many steps, and with one that is too large the weight never arrives.
#
# ## Two layers
#
# A network has many weights, and each has a gradient of its own: how the loss changes if this weight alone grows a little.
# How can a weight of the first layer have one, when other layers come after it?
#
# Put a second unit behind the first.
# The input is 2, the first weight is 1, and the second weight is 3.
# The output is 3 · (1 · 2) = 6.
# We want 4, so the error is 2.
#
# The second weight has the input 1 · 2 = 2, and its gradient is 2 · 2 · 2 = 8.
# For the first weight the output is (3 · 2) · weight, as if its input were 6: its gradient is 2 · 2 · 6 = 24.
# So the second weight, 3, comes in as a factor.

# %%
x, first, second, wanted, h = 2, 1, 3, 4, 0.0001
loss = (second * first * x - wanted) ** 2
print("output", second * first * x, "error", second * first * x - wanted)
more_first = (second * (first + h) * x - wanted) ** 2
more_second = ((second + h) * first * x - wanted) ** 2
print("second weight: gradient", round((more_second - loss) / h, 2))
print("first weight: gradient", round((more_first - loss) / h, 2))

# %% [markdown]
# Trying it with a small $h$ gives the same two gradients.
# That is how a network of any depth finds its gradients: begin with the error at the end, go back layer by layer, and multiply by each weight on the way.
# The procedure is called **backpropagation**.
# An activation on the way is one more factor: its slope at the place where the unit stands.
# Far from its middle a tanh is nearly flat: this factor is then next to nothing, and the weights before the unit hardly learn; such a unit is called **saturated**.
#
# ## A shared weight
#
# A convolution uses the same weight at many places, so its gradient is no longer one product.
# Here is a convolution on a line: five pixels, a kernel of three weights, one for each tap, and so three outputs.
#
# `np.correlate` does on a line what `correlate2d` did on a picture in [Building blocks](02_building_blocks.md).

# %%
import numpy as np

pixels, weights = [1, 2, 0, 3, 1], [1, 2, -1]
outputs = np.correlate(pixels, weights, "valid")
outputs

# %% [markdown]
# We want 4, 0 and 3, so the errors are 1, −1 and 2.
# The loss of all three is the sum of their squares, 1 + 1 + 4 = 6.
#
# Look at the weight of the second tap, which is 2.
# At the first place it meets pixel 2, and the error there is 1.
# If it were used at this place only, its gradient would be 2 · 1 · 2 = 4.
# At the second place it would be 2 · (−1) · 0 = 0, and at the third 2 · 2 · 3 = 12.
# But it is one weight: when it grows, it grows at all three places at once, and the loss changes by all three parts together.
# So they add up, to 16.
#
# **The gradient of a shared weight is the sum over its places.**
#
# *Predict the gradients of the other two weights.*

# %% caption="What each place adds to the gradient of each tap's weight" label="tab-shared-gradient"
from lenet.descent import tap_gradients

tap_gradients(pixels, weights, wanted=[4, 0, 3])

# %% [markdown]
# Both are −2.
#
# On the web page you can take the steps yourself, of one weight and of three that are shared.
#
# ```{widget} step
# The picture shows steps of one weight on its loss curve, once with a small rate and once with a rate that is too large.
# ```
#
# TensorFlow, which does the arithmetic for Keras, has to agree.
# It notes every operation on a *tape*, and then goes back along it.
# The numbers whose gradient is wanted go into a `tf.Variable`.
# `reshape` adds the axes that TensorFlow asks for: images, places and channels for the line; taps, channels and maps for the kernel.
# What stands under `with tf.GradientTape() as tape:` is noted: the convolution, `conv1d`, and the sum of the squared errors, `reduce_sum`, where `[0, :, 0]` takes all places of the one image and map.
# Then `tape.gradient(loss, kernel)` goes back from the loss to the kernel, and `ravel` puts what it finds in one row.

# %%
from lenet.keras_bridge.quiet import tf

line = np.float32(pixels).reshape(1, 5, 1)
kernel = tf.Variable(np.float32(weights).reshape(3, 1, 1))
with tf.GradientTape() as tape:
    outputs = tf.nn.conv1d(line, kernel, stride=1, padding="VALID")
    loss = tf.reduce_sum((outputs[0, :, 0] - [4, 0, 3]) ** 2)
print("loss", loss.numpy())
tape.gradient(loss, kernel).numpy().ravel()

# %% [markdown]
# The three gradients are those of the table.
#
# ## The loss of one digit
#
# A network that reads digits puts out ten scores, and softmax makes shares of them.
# To keep the numbers few, take three classes and the scores of [Building blocks](02_building_blocks.md).
# `zip` goes through several rows side by side, here the letters and the shares.

# %%
scores = np.array([2.0, 1.0, -1.0])
shares = np.exp(scores) / np.exp(scores).sum()
for name, share in zip("ABC", shares):
    print(name, "share", round(share, 3), "loss", round(-np.log(share), 2))

# %% [markdown]
# The loss looks at one share only: that of the class which is right.
# It is minus the natural logarithm of that share, and is called **cross-entropy**.
# The logarithm, from [Building blocks](02_building_blocks.md), undoes the exponential: it is 0 for a share of 1, and negative for every smaller share.
# With the minus in front, the loss is larger the smaller that share is.
# If A is right, the network was quite sure of the right thing, and the loss is 0.35.
# If C is right, it gave the right class a share of 0.035, and the loss is 3.35.
#
# *Predict the loss of a network that knows nothing and gives each of ten digits the same share.*

# %%
print(round(-np.log(1 / 10), 2))

# %% [markdown]
# It is 2.30, and a network that has not been trained should be near it.
#
# The gradients of the scores come out simple: for the right class its share minus 1, and for every other class its share.
# Let C be the right one, and compare that with TensorFlow.

# %%
variable = tf.Variable(scores)
with tf.GradientTape() as tape:
    loss = -tf.math.log(tf.nn.softmax(variable)[2])
slopes = tape.gradient(loss, variable).numpy()
print("shares minus (0, 0, 1):", (shares - [0, 0, 1]).round(3))
print("TensorFlow:", slopes.round(3))

# %% [markdown]
# A step against them pushes the scores of A and B down, and that of C up by as much as both together.
#
# ## Batch, epoch, Adam
#
# The loss of one digit says what is best for that digit.
# So a network takes the mean of the gradients of several digits for one step; such a handful is a **batch**.
# One pass over all training digits, batch by batch, is an **epoch**.

# %%
digits_to_learn, batch = 1415, 32
print(digits_to_learn // batch, "steps an epoch,",
      digits_to_learn % batch, "digits left over")

# %% [markdown]
# 1,415 are the training digits of the next section, here in batches of 32.
# Each epoch takes the digits in a new order, so others are left over each time.
#
# **Adam** is the step used below: it goes by a running mean of the last gradients instead of the newest one, and divides that by their usual size, so that a weight with small gradients moves about as far as one with large ones.
# Most runs on MNIST in the next chapters use AdamW, which does the same and also pulls every weight a little towards 0.
#
# ## The digits
#
# Now to real digits.
# They come with scikit-learn, so nothing has to be downloaded: 1,797 digits that people wrote on forms, scanned and shrunk to 8 by 8 pixels {cite:p}`alpaydin1998`.
# They are not MNIST, and they are few.

# %%
from lenet.training import digits

data = digits.load((32, 32, 1))
data

# %% tags=["hide-input"] caption="The first sixteen training digits" label="fig-bundled-digits"
plots.digit_grid(data.x_train[:16], data.y_train[:16])

# %% [markdown]
# Each of the 8 by 8 pixels has become a block of 4 by 4, because LeNet-5 wants 32 by 32.
# Enlarging invents no detail: you are looking at all there is.

# %%
side = data.x_train.shape[1]
print(side, "pixels a side, in", side // 4, "blocks of 4 pixels")

# %% [markdown]
# The network learns from the **training digits**.
# Its error is counted on the **test digits**, which it has never seen.
# In `data`, `x_train` holds the pixels of the training digits and `y_train` the right answers, the labels; `x_test` and `y_test` are those of the test digits.
#
# **Who wrote them matters.**
# The file names no writers, but its order gives them away: the digits of one hand stand together {cite:p}`inria-grouping`.
# Shuffle them before you split, and the test asks the network to read hands that it has already seen.
# So the split follows the order.
# The first 1,415 digits are for training, and the 382 after them are by other hands, as far as the order shows.
# The order does not show all: it falls into 14 stretches, and the description of the data names 13 writers, so one of them may stand in two places.
# Of these stretches three are after the first 1,415 digits, so the test is by about three hands.
#
# Of those 382 digits 350 make the test, 35 of each class, so that every class counts the same.
# The other 32 are not used.
# In a number in code, `_` sets the thousands apart, as a comma does in the text.

# %%
print("after the training digits:", 1_797 - len(data.y_train))
print("test digits of each class:", np.bincount(data.y_test))
print("not used:", 1_797 - len(data.y_train) - len(data.y_test))

# %% [markdown]
# ## From a count to a model
#
# `to_keras` builds what you have counted.
# Here are LeNet-5 and a fully connected network for the same image: 1,024 pixels in, two layers of 300 and 100 units in between, 10 outputs.

# %%
from lenet import FNN_1024_300_100_10, LENET5_MODERN
from lenet.keras_bridge.model import to_keras

for network in (FNN_1024_300_100_10, LENET5_MODERN):
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
# (`[1:]` leaves out the first axis of Keras, along which the images of a batch lie; `:12` leaves room for as many characters, so that the lines stand in columns.)
#
# Only the parameters of C1, C3, C5, F6 and the output could: those layers have biases.
# Pooling and flatten have none, and no shape depends on a bias.
#
# ## The recipe

# %%
from lenet.training.recipes import Recipe

Recipe()

# %% [markdown]
# Every word of it is known by now: 12 epochs, batches of 32 digits, steps of Adam with a rate of 0.001, and cross-entropy as the loss.
# It was fixed on a part of the training digits, before anyone looked at the test digits.
# The error that counts is the one after the last epoch.
# Choosing the best epoch by its test error would be peeking.
#
# ## LeNet-5, five times
#
# Training starts from random parameters, so no run is like another.
# The number from which all chance in a run is drawn is its **seed**.
# One run tells you what happened once; five runs, with five seeds, tell you how far apart runs lie.
#
# *Predict the error on the test digits. Guessing would be wrong nine times out of ten.*

# %% tags=["nbval-ignore-output"] caption="LeNet-5 on the bundled digits, five runs" label="fig-lenet5-curves"
from lenet.training.loop import train_seeds

lenet5 = train_seeds(LENET5_MODERN, data)
plots.training_curves(lenet5)

# %% [markdown]
# The dashed lines are the training digits: after a few epochs the network makes hardly a mistake on them.
# The solid lines are the test digits.
# In the first epoch the dashed line can be the higher one, because a training error is a mean over the epoch, in which the network began knowing nothing, and the test comes after it.
#
# How much of the gap between the two is the writers' doing?
# Mix training and test digits, and split them again by chance: now every hand is on both sides.
#
# *Predict the test error.*

# %% tags=["nbval-ignore-output"]
mixed = train_seeds(LENET5_MODERN, digits.mixed(data), seeds=[0, 1])
print("other writers, mean:", round(np.mean(lenet5.test_errors), 1))
print("mixed, each run:", mixed.test_errors)

# %%
print("mixed, below half of the error on other writers:",
      max(mixed.test_errors) < np.mean(lenet5.test_errors) / 2)

# %% [markdown]
# Most of the error is gone.
# That fits a network that has learnt how its writers write.
# But the test digits are different too, and the last hands of the file may be harder in themselves: one split cannot tell the two apart.
# So the errors of this page are larger than with a split by chance, and should be closer to what the network would do with a hand that it has never seen.
#
# ## A fully connected network, five times
#
# The same digits, recipe and seeds.
#
# *Predict which of the two reads better: LeNet-5 with its 61,706 parameters, or the fully connected network with 338,610.*

# %% tags=["nbval-ignore-output"]
dense = train_seeds(FNN_1024_300_100_10, data)

# %% tags=["nbval-ignore-output"] caption="Test errors in percent on the bundled digits" label="tab-bundled-errors"
from lenet.training.runs import error_table

error_table([lenet5, dense], "parameters")

# %% tags=["nbval-ignore-output", "hide-input"] caption="The error of each run as a dot, the mean as a bar" label="fig-bundled-spread"
plots.error_spread(lenet5, dense)

# %% [markdown]
# On the machine that made this page, LeNet-5 ended between 8.00% and 9.43%, and the fully connected network between 8.00% and 8.86%.
# The ranges overlap.
# So these runs do not say which of the two is better on these digits.
# What would it take to say so?
# That is the next section.
#
# Whatever your machine makes of the last decimals, these bounds should hold on it too.

# %%
print(f"one test digit: {100 / len(data.y_test):.2f} points")
for record in (lenet5, dense):
    print(record.experiment.title, "always below 15%:",
          max(record.test_errors) < 15)

# %% [markdown]
# ## How sure is that?
#
# Two kinds of chance are in these numbers.
#
# **Which digits are in the test.**
# Let a network misread each digit with probability 0.08, and test it on 350 digits, a thousand times over.
#
# For each digit the computer draws a number from 0 to 1, and the digit counts as misread if that is below 0.08.
#
# The **standard deviation** of the thousand counts is their usual distance from the mean.
#
# *Predict how large it is.*

# %%
draws = np.random.default_rng(0).random((1000, 350))
counts = (draws < 0.08).sum(axis=1)
print("mean", counts.mean().round(1), "of 350")
print("standard deviation", counts.std().round(1), "digits,",
      (100 * counts.std() / 350).round(1), "percentage points")

# %% [markdown]
# (`draws < 0.08` is true for each misread digit, and `.sum(axis=1)` counts them in each row, which is one test.)

# %% tags=["hide-input"] caption="A thousand tests of a network that misreads each digit with probability 0.08" label="fig-count-spread"
plots.count_spread(counts, "digits misread of 350")

# %% [markdown]
# A formula gives the standard deviation without drawing, for $n$ digits that are each misread with probability $p$.
# It is quoted here and not derived:
#
# $$\sqrt{n \cdot p \cdot (1 - p)} = \sqrt{350 \cdot 0.08 \cdot 0.92}$$
#
# In the cell below, `True` counts as 1 and `False` as 0, so the mean is the share of the draws for which it is true.

# %%
print(round(np.sqrt(350 * 0.08 * 0.92), 1), "digits by the formula")
within = np.mean(abs(counts - 28) < 2 * 5.1)
print(f"within twice that of the mean: {within:.0%} of the draws")

# %% [markdown]
# So by the choice of its digits alone, an error measured on 350 of them is off by about 1.5 points as a rule, and 96% of the draws lie within twice that.
# This takes the digits as independent: that one is misread says nothing about whether another is.
# They come from a few hands, and the digits of one hand are likely to be misread together, so for new hands the true uncertainty is larger, and the chances below are too small.
# More runs do not help against it: they are all tested on the same 350 digits.
#
# Networks that read the *same* digits can be compared more closely.
# A digit that both read, or that both misread, does not say which is better.
# Count only the digits that one of them misreads and the other does not.
# If neither is better, each of these falls to one side or the other like a coin.

# %% tags=["nbval-ignore-output"]
from lenet.training.chance import paired

chances = []
for one, other in zip(lenet5.runs, dense.runs):
    only_one, only_other, chance = paired(one, other)
    chances.append(chance)
    print(f"only LeNet-5 {only_one:2}, only the other {only_other:2}:",
          f"{only_one + only_other:2} coins, chance {chance:.2f}")

# %%
print("each chance above 0.01:", min(chances) > 0.01)

# %% [markdown]
# Each line is one run of LeNet-5 and the run of the other network with the same seed.
# On the machine that made this page 6 digits tell the first pair apart, 4 of them misread by LeNet-5 only, and the chance that 6 coins fall so unevenly or more is 0.69.
# In none of the pairs is the chance small.
# This comparison is called **McNemar's test**.
#
# **Where training starts.**
# That is what the five runs are for.
# Suppose that it made no difference which network a run belongs to.
# Then any five of the ten errors could be those of the one, and the rest those of the other.

# %%
from math import comb

ways = comb(10, 5)
print("ways to choose five of ten:", ways)

# %% [markdown]
# `comb` counts the choices, and all 252 are equally likely.
# In how many of them do those of the fully connected network, which came out lower, have a sum as low as the one we saw?

# %% tags=["nbval-ignore-output"]
from lenet.training.chance import dealt_as_low

low = min(dealt_as_low(dense.test_errors, lenet5.test_errors),
          dealt_as_low(lenet5.test_errors, dense.test_errors))
print(f"for the lower one: {ways * low:.0f} ways of {ways}")
print(f"for either one: {2 * ways * low:.0f} ways, {2 * low:.2f}")

# %%
print("for either one, more than 2 ways:", round(2 * ways * low) > 2)

# %% [markdown]
# It was 21 ways of 252 here.
# But which network came out lower we saw only afterwards, and as many ways would put the other one as far below: 42 of 252, or 0.17.
# That is nothing to build on.
# Had all five runs of either network been better than all five of the other, it would have been 2 ways of 252.
# The book calls a network *better* than another only where their runs lie apart like that.
# And even then the word holds for those test digits: about other digits the runs say nothing.
#
# ## Look at the mistakes
#
# A number says how many digits are misread.
# It does not say which.
# Here are the first 24 mistakes of the first run of LeNet-5: the digit, then what the network read.

# %% tags=["nbval-ignore-output"] caption="Digits that LeNet-5 misreads" label="fig-mistakes"
first = lenet5.runs[0]
plots.misread(data.x_test, first, most=24)

# %% [markdown]
# Cover the captions and read them yourself.
# Some are hard at 8 by 8 pixels for anyone.

# %% tags=["nbval-ignore-output"] caption="Which digit was read as which" label="fig-confusion"
plots.confusion(data.y_test, first.answers(data.y_test))

# %% [markdown]
# Each row holds the 35 test digits of one class, and the column says what they were read as.
# Those from the upper left to the lower right are digits that were read correctly; the other 90 fields are for mistakes.
# How many of these 90 have a mistake in them?
# A `set` keeps whatever is added to it, each thing once; `_` takes what is not needed, here the digit's place in the test.

# %% tags=["nbval-ignore-output"]
fields = set()
for _, digit, read in first.wrong:
    fields.add((digit, read))
print(len(first.wrong), "mistakes on", len(fields), "of 90 fields")

# %%
print("fewer than half of the fields:", len(fields) < 45)

# %% [markdown]
# Deal 31 mistakes out to 90 fields by chance, a thousand times over.
# `integers(0, 90, size=31)` draws 31 whole numbers from 0 up to, but without, 90.
#
# *Predict on how many fields they fall.*

# %%
numbers, touched = np.random.default_rng(0), []
for _ in range(1000):
    touched.append(len(set(numbers.integers(0, 90, size=31))))
print("fields by chance: mean", round(np.mean(touched), 1),
      "fewest", min(touched))

# %% [markdown]
# On the machine that made this page the 31 mistakes of this run stand on 17 fields, and by chance they would stand on 26.4 on average, and in none of the thousand trials on fewer than 20.
# So they are not spread evenly: in these few hands some digits are taken for certain others again and again.
#
# ## What this does not show
#
# The digits are few, small and written by 13 people {cite:p}`alpaydin1998`, about three of them in the test; no conclusion about handwriting in general follows from them.
# Each network had one recipe, and another might suit it better.
# [The next chapter](07_cnn_vs_fnn.md) compares the two kinds of network on MNIST, which has 60,000 digits to learn from {cite:p}`lecun1998`.
#
# | word | what it is |
# |---|---|
# | loss | one number that says how wrong the outputs are |
# | gradient | the slope of the loss along a weight |
# | rate | how far a step goes for a gradient of 1 |
# | step | weight minus rate times gradient, for all weights at once |
# | batch | the digits whose mean gradient makes one step |
# | epoch | one pass over all training digits |
#
# ## Exercises
#
# (exercise-6-1)=
# ### Exercise 6.1
#
# A unit has the input 3 and the weight 2, and should give 9.
#
# *Predict with pencil and paper: what are its loss, its gradient, and its weight after one step with a rate of 0.01?*
#
# *Compute* the step with `OneWeight`.
# *Explain* why the weight grows.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 6.1

# %% [markdown]
# The output is 6, so the loss is $(6 - 9)^2 = 9$ and the gradient $2 \cdot (6 - 9) \cdot 3 = -18$.

# %%
print((3 * 2 - 9) ** 2, 2 * (3 * 2 - 9) * 3)
print(OneWeight(input=3, wanted=9).walk(start=2, rate=0.01, steps=1))

# %% [markdown]
# A step goes against the gradient, and the gradient is negative: the weight becomes 2.18.

# %% [markdown]
# (exercise-6-2)=
# ### Exercise 6.2
#
# The unit at the top of this page has the input 2, should give 6, and starts at weight 1.
# *Predict* with which rate it arrives at weight 3 in a single step, and with which rate it jumps to and fro for ever.
# *Compute* both walks with `unit.walk(start=1, rate=…, steps=4)`.
# *Explain* what is special about the second rate.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 6.2

# %% [markdown]
# The gradient at the start is −16, and the weight has to grow by 2: the rate is 2 / 16 = 0.125.
# To jump to the other side, as far from 3 as it was, the weight has to grow by 4: the rate is 4 / 16 = 0.25.

# %%
for rate in (0.125, 0.25):
    print(rate, unit.walk(start=1, rate=rate, steps=4))

# %% [markdown]
# At 0.25 the weight is always 2 away from 3, on one side and then on the other.
# With any smaller rate it comes nearer, with any larger one it runs away.

# %% [markdown]
# (exercise-6-3)=
# ### Exercise 6.3
#
# Four pixels, 0, 1, 0 and 2, are convolved with a kernel of two weights, both 1.
# At all three places the output should be 1.
# *Predict* the gradient of each weight.
# *Compute* them.
# *Explain* which weight stays where it is, though there is an error left, and why.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 6.3

# %% [markdown]
# The outputs are 1, 1 and 2, so the errors are 0, 0 and 1, and only the third place has a say.

# %%
tap_gradients([0, 1, 0, 2], [1, 1], wanted=[1, 1, 1])


# %% [markdown]
# There the first weight meets a pixel that is 0, so its gradient is 0 and it stays.
# However large it is, it adds nothing to that output, so it cannot mend it.

# %% [markdown]
# (exercise-6-4)=
# ### Exercise 6.4
#
# Write `gradients(pixels, weights, wanted)` for a shared kernel on a line.
# At each place the error is the output less what is wanted, and each weight gets twice the error times the pixel that it met there.
# *Predict* what it returns for the pixels, the weights and the wanted outputs of the section on shared weights.
# *Compute* it, and compare it with what `tap_gradients` gives.
# *Explain* where in your code the sharing is.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 6.4

# %%
def output_at(place, pixels, weights):
    output = 0
    for tap in range(len(weights)):
        output += weights[tap] * pixels[place + tap]
    return output


# %%
def gradients(pixels, weights, wanted):
    found = [0] * len(weights)
    for place in range(len(wanted)):
        error = output_at(place, pixels, weights) - wanted[place]
        for tap in range(len(weights)):
            found[tap] += 2 * error * pixels[place + tap]
    return found


# %%
print(gradients(pixels, weights, [4, 0, 3]))
tap_gradients(pixels, weights, wanted=[4, 0, 3])

# %% [markdown]
# The sharing is the `+=`: each place adds to the same three numbers.
# Without sharing each place would have a list of its own.

# %% [markdown]
# (exercise-6-5)=
# ### Exercise 6.5
#
# Here are digits whose training labels were shuffled, so that there is nothing to learn.

# %%
from dataclasses import replace

shuffled = np.random.default_rng(0).permutation(data.y_train)
nonsense = replace(data, y_train=shuffled)

# %% [markdown]
# *Predict* what LeNet-5 makes of them: its error on the training digits, and on the test digits.
# *Compute* both with one seed; a run has them as `train_errors[-1]` and `test_error`.
# *Explain* what a falling training error proves.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 6.5

# %% tags=["nbval-ignore-output"]
run = train_seeds(LENET5_MODERN, nonsense, seeds=[0]).runs[0]
print(f"training {run.train_errors[-1]:.0f}%,",
      f"test {run.test_error:.0f}%")

# %%
print("test error near chance:", 75 < run.test_error <= 100)
print("training error lower:", run.train_errors[-1] < run.test_error)

# %% [markdown]
# On the test digits it is no better than guessing, which is wrong nine times out of ten.
# The training error is lower all the same: with 61,706 parameters a network can begin to learn 1,415 labels by heart.
# So a falling training error does not prove that anything has been learnt which holds for other digits.

# %% [markdown]
# (exercise-6-6)=
# ### Exercise 6.6
#
# A project: design a network with at most 10,000 parameters for these digits of 32 by 32 pixels, train it with three seeds, and report its error with the spread.
# *Predict* which layer of modern LeNet-5 you have to make smaller.
# *Compute* parameters and errors.
# *Explain* what your three errors say about it and LeNet-5, and what they do not.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 6.6

# %% [markdown]
# C5 has 48,120 of the 61,706 parameters, so it has to go.
# One way of many: fewer maps, and a single hidden layer of 16 units.

# %%
from lenet import parse

tiny = parse("32x32x1: conv 4 5x5 relu, maxpool 2, conv 8 5x5 relu, "
             "maxpool 2, flatten, dense 16 relu, dense 10 softmax")
print(f"{tiny.trace().total.parameters:,} parameters")

# %% tags=["nbval-ignore-output"]
ours = train_seeds(tiny, data, seeds=[0, 1, 2])
print("errors:", [round(error, 1) for error in ours.test_errors])
print(f"LeNet-5: {min(lenet5.test_errors):.1f}",
      f"to {max(lenet5.test_errors):.1f}")

# %%
print("each run below half of guessing's 90%:",
      max(ours.test_errors) < 45)

# %% [markdown]
# It has 4,298 parameters and has learnt something: every run is far below guessing.
# On the machine that made this page its runs ended between 10.3% and 12.0%, and those of LeNet-5 between 8.0% and 9.4%: they lie apart, so LeNet-5 seems the better one on these 350 digits, though so few runs do not settle it.
# Your network may do better.
# The errors say nothing about other digits or another recipe.
