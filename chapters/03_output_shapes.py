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
# # Output shapes
#
# After this chapter you can write down the output shape of any convolution or pooling layer, say where the +1 comes from, and say what is lost when the numbers do not fit.
#
# ## Windows on a line
#
# Forget the image for a moment and take a line of 7 pixels.
# A kernel of 3 pixels lies on the first three, then moves on by one pixel at a time.
#
# *Predict: at how many places does it fit?*

# %%
from lenet import plots
from lenet.arithmetic import dropped, output_size

plots.windows_on_line(7, 3)

# %% [markdown]
# Look at the first pixel of each window.
# It can be pixel 1, and it can be as far right as pixel 5, because two more pixels of the window need a place to its right.
# So there are 7 − 3 + 1 = 5 windows.
# The +1 is there because both ends count: from 1 to 5 the kernel takes 4 steps, but it stands at 5 places.
#
# The rule, with $N$ pixels and a kernel of $K$:
#
# $$O = N - K + 1$$
#
# ## Stride: longer steps
#
# Let the kernel move by 2 pixels at a time.
# The step is called the **stride**, $S$.
#
# *Predict the number of windows before you count them.*

# %%
plots.windows_on_line(7, 3, stride=2)

# %% [markdown]
# The kernel has 7 − 3 = 4 pixels of room, takes 4 / 2 = 2 steps, and stands at 3 places.
#
# Now the same kernel on a line that is one pixel longer.

# %%
plots.windows_on_line(8, 3, stride=2)

# %% [markdown]
# There are 5 pixels of room, and 5 / 2 is two and a half steps.
# Half a step would take the window over the edge, so it is not taken.
# Pixel 8 is never looked at: it is **dropped**.
# Rounding down is written with a floor, $\lfloor\ \rfloor$:
#
# $$O = \left\lfloor\frac{N - K}{S}\right\rfloor + 1$$
#
# Some courses call such a stride invalid.
# Keras and PyTorch round down and say nothing, so it is you who has to know what was dropped.

# %%
for size in (7, 8, 9):
    print(size, "pixels:", output_size(size, 3, stride=2), "windows,",
          dropped(size, 3, stride=2), "dropped")

# %% [markdown]
# ## Padding: room at the edges
#
# A line of 5 pixels and a kernel of 3 give 3 windows.
# Nine such layers shrink a line of 20 pixels to 2, and a tenth does not fit.
# **Padding** puts zeros around the input to make room.

# %%
plots.windows_on_line(5, 3, padding="same")

# %% [markdown]
# One zero on either side, and 5 pixels give 5 windows.
# Keras knows two kinds of padding by name.
# `valid` means none: only windows that lie on real pixels.
# `same` means as many zeros as it takes to get $\lceil N / S \rceil$ windows, which at stride 1 is the same size as before.
#
# With $P$ zeros on both sides together, the rule becomes
#
# $$O = \left\lfloor\frac{N + P - K}{S}\right\rfloor + 1$$
#
# The zeros do not always divide evenly between the two sides.
# Then the odd one goes to the far end.

# %%
plots.windows_on_line(6, 3, stride=2, padding="same")

# %% [markdown]
# ## Dilation: a kernel with holes
#
# A kernel can leave pixels out.
# With a **dilation** of 2 it reads every second pixel: 3 taps then span 5 pixels.

# %%
plots.windows_on_line(7, 3, dilation_rate=2)

# %% [markdown]
# Between $k$ taps there are $k - 1$ gaps, so the kernel spans $K = D(k - 1) + 1$ pixels.
# Put that $K$ into the rule, and nothing else changes.
# The rules for `valid`, for stride and for dilation are in a guide by Dumoulin and Visin, each found by counting where the kernel can stand {cite:p}`dumoulin2016`.
#
# ## The rule against counting
#
# A rule is worth checking against something that does not know it.
# `range` can list the first pixel of every window; its length is the number of windows.

# %%
cases = [(n, k, s) for n in range(1, 40)
         for k in range(1, n + 1) for s in range(1, 8)]
agree = sum(output_size(n, k, s) == len(range(0, n - k + 1, s))
            for n, k, s in cases)
print(f"{agree:,} of {len(cases):,} cases agree")

# %% [markdown]
# ## Two dimensions, and channels
#
# An image has two axes, and each is a line of its own.
# Height follows from height, width from width, and neither needs to know of the other.
# Neither does the image need to be square, nor the kernel.

# %%
from lenet import Conv2D

Conv2D(filters=8, kernel_size=(3, 5), strides=(1, 2)).output_shape((20, 31, 3))

# %% [markdown]
# *Explain to yourself where each of the three numbers comes from.*
# The height is 20 − 3 + 1.
# The width is (31 − 5) / 2 + 1.
# The channels are the number of filters, whatever came in.
#
# A pooling layer follows the same rule, with its window as the kernel, and leaves the channels alone.
# In Keras its stride is the size of its window unless you say otherwise.
#
# ## The post's network, layer by layer
#
# The blog post behind this book takes an image of 64 by 64 pixels in 3 colours through two convolutions and two poolings {cite:p}`refstop`.
# Its table lists them; padding is not mentioned, but its numbers are those of `valid`.
# Let us derive each shape: formula, numbers, result.

# %%
from lenet import POST_TABLE, derive

steps = derive(POST_TABLE)
steps["Conv1"].only("output height", "output width")

# %% [markdown]
# Six filters make 6 channels: 62×62×6.

# %%
steps["MaxPooling1"].only("output height", "output width")

# %% [markdown]
# *Predict the next two before you run them: a kernel of 4 on 31 pixels, then a window of 2 on what comes out.*

# %%
steps["Conv2"].only("output height", "output width")

# %%
steps["MaxPooling2"].only("output height", "output width")

# %%
steps["Flatten"].only("output features")

# %% [markdown]
# The post has the same shapes.
# Here they are in one table.

# %%
POST_TABLE.trace().table("name", "layer", "input_shape", "output_shape")

# %% [markdown]
# ## What the post's code drops
#
# The post's program differs from its table in one place: its second convolution has a kernel of 3, not of 4.
#
# *Predict the shapes after `Conv2` and after `MaxPooling2`.*

# %%
from lenet import POST_CODE

steps = derive(POST_CODE)
steps["Conv2"].only("output height", "output width")

# %%
steps["MaxPooling2"].only("output height", "output width",
                          "dropped rows", "dropped columns")

# %% [markdown]
# The map is now 29 by 29, which 2 does not divide.
# The floor rounds 29 / 2 down to 14, and the last row and the last column of every map are dropped.
# They were computed all the same.

# %%
computed, kept = 29 * 29, 28 * 28
per_output = 3 * 3 * 6
print(f"{computed - kept} of {computed} places in each of 16 maps,")
wasted = (computed - kept) * 16 * per_output
print(f"{wasted:,} multiply-accumulates for nothing")

# %% [markdown]
# And because 28 / 2 and the rounded 29 / 2 are both 14, both networks flatten to 3,136 numbers.
# Looking at the last shape alone, nobody would notice that they are two different networks.
#
# ## What one unit sees
#
# A unit of the first convolution sees 3 by 3 pixels of the image.
# A unit of the next layer sees a window of such units, and so a little more.
# How far these pixels reach, from the first to the last, is the unit's **receptive field** {cite:p}`araujo2019`.
# Under dilation not every pixel in between matters: 3 taps at a dilation of 2 reach over 5 pixels and read 3 of them.
# It grows by $(K - 1) \cdot j$, where the **jump** $j$ is the distance, in pixels of the image, between two neighbours of the layer below.
# The jump is 1 until a stride multiplies it.

# %%
steps["MaxPooling1"].only("jump, height", "jump, width")

# %%
steps["Conv2"].only("receptive field, height", "receptive field, width")

# %%
POST_CODE.trace().table("name", "output_shape", "receptive_field")

# %% [markdown]
# The dense layers see 62 by 62 pixels, though the image has 64.
# The rest fell to the dropped row and column: the last two pixels on the right and at the bottom cannot change the answer.
#
# ## 16·5·5: which 5 is that?
#
# In programs for LeNet-5 one meets a line like `Dense(120)` on 16·5·5 = 400 inputs, and readers ask which 5 this is.
# Every kernel of LeNet-5 is 5 by 5, so it looks like the kernel.
# It is not: it is the side of the maps that S4 puts out, and 16 is their number.

# %%
from lenet import AveragePooling2D, Flatten, Network

for side, kernel_size in ((32, 5), (36, 5), (32, 3)):
    front = Network((side, side, 1), [
        Conv2D(6, kernel_size), AveragePooling2D(2),
        Conv2D(16, kernel_size), AveragePooling2D(2), Flatten(name="row")])
    print("image", side, "kernel", kernel_size, "gives",
          front.trace()["row"].input_shape, "flat", front.output_shape)

# %% [markdown]
# A larger image with the same kernels gives 6·6·16, and smaller kernels on the same image give 6·6·16 too.
# That both 5s are 5 is a coincidence of the image being 32 pixels wide.
#
# | what changes | rule |
# |---|---|
# | kernel $K$, stride 1, no padding | $N - K + 1$ |
# | stride $S$ | $\lfloor (N - K) / S \rfloor + 1$, the remainder is dropped |
# | padding $P$ in all | $\lfloor (N + P - K) / S \rfloor + 1$ |
# | `same` | $\lceil N / S \rceil$ |
# | dilation $D$, $k$ taps | put $K = D(k - 1) + 1$ |
# | channels | the number of filters; pooling keeps them |
#
# ## Exercises
#
# **Exercise 1.**
# *Predict* the output shape of `MaxPooling2D(3, strides=2)` on maps of 13 by 13, and how many rows are dropped.
# Do the same for 12 by 12.
# *Compute* both.
# *Explain* what the windows share.
#
# <details class="solution"><summary>Solution 1</summary>
#
# 13 − 3 = 10 pixels of room make 5 steps, so 6 windows and nothing dropped.
# 12 − 3 = 9 make four and a half steps, so 5 windows and one row dropped.

# %%
for size in (13, 12):
    print(size, output_size(size, 3, stride=2), dropped(size, 3, stride=2))

# %% [markdown]
# The window is longer than the stride, so neighbours overlap by one row.
# Overlapping does not change the rule.
#
# </details>
#
# **Exercise 2.**
# In the post's tables the column "stride" says 1 for the pooling layers too.
# *Predict* the shapes of the post's table with a pooling stride of 1.
# *Compute* them.
# *Explain* how one sees that the post cannot have meant it.
#
# <details class="solution"><summary>Solution 2</summary>
#
# With stride 1 a window of 2 takes only one pixel off each side.

# %%
from lenet import MaxPooling2D

literal = Network((64, 64, 3), [
    Conv2D(6, 3), MaxPooling2D(2, strides=1),
    Conv2D(16, 4), MaxPooling2D(2, strides=1), Flatten()])
literal.trace().table("name", "output_shape")

# %% [markdown]
# The post goes from 62 to 31 and from 28 to 14, which is stride 2.
# Taken literally, its network would flatten to 51,984 numbers and not to 3,136.
#
# </details>
#
# **Exercise 3.**
# Find a convolution with a kernel of 5 that turns 32 pixels into 16.
# *Predict* stride and padding.
# *Compute*.
# *Explain* on which side the extra zero goes.
#
# <details class="solution"><summary>Solution 3</summary>
#
# Stride 2 and `same`: the rule for `same` is 32 / 2 = 16, whatever the kernel.

# %%
from lenet.arithmetic import pad_widths

print(output_size(32, 5, stride=2, padding="same"),
      pad_widths(32, 5, stride=2, padding="same"))
print("pixels that 16 windows need:", (16 - 1) * 2 + 5)

# %% [markdown]
# The 16 windows need (16 − 1) · 2 + 5 = 35 pixels, so 3 zeros are missing: one goes before and two after.
# Symmetric padding of 2 on either side also gives 16, but its windows lie one pixel further left; that is why weights copied between PyTorch and Keras can disagree although all shapes are right.
#
# </details>
