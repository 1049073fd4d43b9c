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
# # LeNet-5 as published
#
# After this chapter you can reproduce the 60,000 parameters and 340,908 connections of LeNet-5 layer by layer, and say what today's versions have changed.
#
# Most pages about LeNet-5 teach a network with 61,706 parameters.
# That is a later one.
# This is the network of the paper {cite:p}`lecun1998`.

# %%
from lenet import LENET5_1998, derive, plots

plots.network_maps(LENET5_1998)

# %%
LENET5_1998.trace().table("name", "output_shape", "parameters", "fixed",
                          "connections")

# %% [markdown]
# The paper counts **connections**: every input line of every unit, the bias line included.
# The totals in its text are these: 340,908 connections, 60,000 parameters.
# Let us see where they come from.
#
# ## The input: why 32 by 32?
#
# A digit is at most 20 pixels large and stands in the middle of 28 by 28.
# The network reads 32 by 32, so there is a margin all around.
#
# *Predict: C3's units each see 14 by 14 pixels, and neighbours are 2 pixels apart. Where do the centres of their fields lie?*

# %%
field = LENET5_1998.trace()["C3"].receptive_field[0]
centres = [(field - 1) / 2 + 2 * place for place in range(10)]
print(field, centres)

# %% [markdown]
# Counting pixels from 0, they lie from 6.5 to 24.5: in both directions they span the 20 pixels in which the digit stands.
# So the end of a stroke at the edge of a digit can still be in the middle of a field.
# That is what the margin is for.
#
# White paper is −0.1 and ink is 1.175, which brings the mean of the pixels near 0.
# A border that is added has to be −0.1 as well, not 0.
#
# ## C1 and S2
#
# C1 is a convolution like any other.

# %%
derive(LENET5_1998)["C1"].only("weights", "biases", "connections")

# %% [markdown]
# S2 is not the pooling of today.
# It adds the four numbers of a window, multiplies the sum by a **coefficient**, and adds a **bias**; both are learnt, one of each a map.
#
# *Predict its parameters, and its connections: how many lines does a unit have?*

# %%
derive(LENET5_1998)["S2"].only("weights", "biases", "connections")

# %% [markdown]
# A unit has four input lines and a bias line, and there are 14 · 14 · 6 units.
#
# ## C3: not every map reads every map
#
# Each map of C3 reads only some of the six maps of S2.
# This is the paper's Table I.

# %%
from lenet import TABLE_I

plots.connection_table(TABLE_I, channels=6)

# %% [markdown]
# The first six maps read three neighbours each, in a ring; the next six read four neighbours; three more read two pairs; the last reads all.
# Every row adds up to 10, so every map of S2 is used equally often, and no two columns are alike.
#
# Why leave links out?
# The paper gives two reasons: it keeps the number of connections within bounds, and it breaks the symmetry, since maps that read different things must learn different things.

# %%
derive(LENET5_1998)["C3"].only("weights", "parameters", "MACs",
                               "connections")

# %% [markdown]
# There are $L$ = 60 links, and each is a square of 5 · 5 weights.
#
# ```{warning}
# One finds 1,516 explained as 5 · 5 · 6 · 10 + 16, as if there were 10 filters.
# The number is right and the reason is wrong: there are 16 filters, and 6 · 10 happens to be 60, six maps used ten times each.
# ```
#
# One also finds tables that are wrong and have 60 links all the same.
# Their total gives nothing away, but the rows do.

# %%
wrong = [*TABLE_I[:11], (0, 1, 3, 5), (0, 1, 2, 4), (0, 3, 4, 5),
         (1, 2, 4, 5), TABLE_I[15]]
print(sum(map(len, wrong)), "links")
print([sum(m in reads for reads in wrong) for m in range(6)])

# %% [markdown]
# ## C5 is a convolution
#
# S4 works like S2 and leaves 16 maps of 5 by 5.
# C5 has kernels of 5 by 5, which fit at one place only.

# %%
derive(LENET5_1998)["C5"].only("weights", "parameters")

# %% [markdown]
# One could call it fully connected, and the paper says why it does not: on a larger image its maps would be larger than 1 by 1.
#
# *Predict the output of C5 for an image of 32 by 48.*

# %%
from lenet import Network

wide = Network((32, 48, 1), LENET5_1998.layers[:5])
wide.trace().table("name", "output_shape", "parameters")

# %% [markdown]
# Five places side by side, and not one parameter more: the network reads a row of digits by sliding over it.
#
# ## F6 and the output
#
# F6 has 84 units, an odd number until you see what they are for.
# They are the dots of a bitmap of 7 by 12, and the output units each hold one such bitmap, drawn by hand: ink is +1 and paper −1.

# %%
import numpy as np
from lenet.keras_bridge.early import CODES

dots = np.pad(CODES.reshape(10, 12, 7, 1), ((0, 0), (1, 1), (1, 1), (0, 0)),
              constant_values=-1)
plots.digit_grid((dots + 1) / 2, range(10), columns=5)

# %% [markdown]
# These were drawn for this book, and are shown like all its digits, ink in white; the paper's look much the same.
# An output unit measures how far F6 is from its bitmap, as a sum of squares:
#
# $$y_i = \sum_{j=1}^{84} (x_j - w_{ij})^2$$
#
# The smallest $y_i$ wins.
# The 84 · 10 dots are fixed, so they are connections but not parameters.
# Such a unit is called an **RBF unit**, for radial basis function.
#
# ## Squashing and loss
#
# All units up to F6 pass their sums through $f(a) = 1.7159 \tanh(\tfrac{2}{3} a)$.
# The odd numbers make $f(1) = 1$ and $f(-1) = -1$, which is where the bitmaps want the units to be, and keep them away from the flat ends of the curve.

# %%
from lenet.keras_bridge.early import scaled_tanh

print([round(float(scaled_tanh(a)), 4) for a in (-1.0, 0.0, 1.0)])

# %% [markdown]
# Weights start out uniformly between −2.4 / F and 2.4 / F, where F is the number of inputs of a unit.
# So appendix A prints it; [the table of 1998, run again](09_reproduction.md) has what the paper's own training makes of this start, and of wider ones.
#
# The loss of an image of digit $D$ is the paper's equation 9:
#
# $$E = y_D + \log\Bigl(e^{-j} + \sum_i e^{-y_i}\Bigr)$$
#
# The first part pulls the right output down.
# The second pushes the others up, and $e^{-j}$ keeps it from pushing without end: it stands for a rubbish class, for images that are no digit at all.
#
# All of it exists as Keras layers.

# %%
from lenet.keras_bridge.model import to_keras

model = to_keras(LENET5_1998)
trained = sum(weight.numpy().size for weight in model.trainable_weights)
print(f"{trained:,} trained, {model.count_params() - trained} fixed")

# %% [markdown]
# ## From 60,000 to 61,706
#
# Today's LeNet-5 differs in three places that change the count.

# %%
from lenet import LENET5_LEDGER
from lenet.table import Table

counts = [network.trace().total.parameters for network in LENET5_LEDGER]
steps = ["", *(f"{b - a:+}" for a, b in zip(counts, counts[1:]))]
Table(("what changes", "step", "parameters"),
      tuple((network.name, step, count) for network, step, count
            in zip(LENET5_LEDGER, steps, counts)))

# %% [markdown]
# Pooling without parameters takes away 44, a C3 that reads everything adds 900, and a dense output in place of the fixed bitmaps adds 850.
# Other changes leave the count alone: a plain tanh or ReLU, softmax with cross-entropy, pixels from 0 to 1.
#
# ## Slips in the literature
#
# ```{warning}
# **401,000 multiply-accumulates.**
# A figure of the paper gives LeNet-5 that many.
# They are more than its own 340,908 connections, and nothing in the text explains them.
# Counted from the layers, weights only, there are 326,520.
# ```

# %%
LENET5_1998.trace().table("name", "macs", "connections")

# %% [markdown]
# ```{warning}
# **345,308 connections.**
# The number is quoted from the printed journal.
# The authors' own copy says 340,908, and so does the arithmetic; the two differ by 4,400.
# ```

# %%
print(f"{345308 - 340908:,}", f"{345308:,}")

# %% [markdown]
# ## Exercises
#
# **Exercise 1.**
# *Predict* the connections of C3 if it read all six maps everywhere.
# *Compute* them.
# *Explain* what part of the paper's reason this supports.
#
# <details class="solution"><summary>Solution 1</summary>

# %%
from lenet import Conv2D

full = Conv2D(16, 5).connections((14, 14, 6))
partial = LENET5_1998.trace()["C3"].connections
print(16 * 6, "links", f"{full:,}")
print(60, "links", f"{partial:,}, which is {full - partial:,} fewer")

# %% [markdown]
# 96 links instead of 60: the full layer would have 90,000 connections more, in a network that has 340,908.
# In 1998 that was time.
#
# </details>
#
# **Exercise 2.**
# *Predict* which share of the parameters C5 and F6 have together, and which share of the connections.
# *Compute* both.
# *Explain* the difference.
#
# <details class="solution"><summary>Solution 2</summary>

# %%
trace = LENET5_1998.trace()
for key in ("parameters", "connections"):
    part = sum(getattr(trace[name], key) for name in ("C5", "F6"))
    print(f"{key}: {part:,}, {100 * part / getattr(trace.total, key):.1f}%")

# %% [markdown]
# Nearly all parameters, but a small part of the connections: in C5 and F6 each parameter is used once, in C1 it is used at 28 · 28 places.
#
# </details>
#
# **Exercise 3.**
# Someone replaces C5 by flatten and `Dense(120)`.
# *Predict* the parameters for an image of 32 by 32, and for one of 36 by 36.
# *Compute* both, for C5 and for the dense layer.
# *Explain* when the two are the same.
#
# <details class="solution"><summary>Solution 3</summary>

# %%
from lenet import Dense, Flatten

for side in (32, 36):
    front = LENET5_1998.layers[:4]
    c5 = Network((side, side, 1), [*front, Conv2D(120, 5, name="C5")])
    flat = Network((side, side, 1), [*front, Flatten(), Dense(120, name="D")])
    print(side, f"C5 {c5.trace()['C5'].parameters:,}",
          f"dense {flat.trace()['D'].parameters:,}")

# %% [markdown]
# The same at 32, where the maps are exactly as large as the kernel.
# On a larger image C5 keeps its parameters and puts out a map; the dense layer grows, and has to be trained anew.
#
# </details>
