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
# # Output shapes
#
# After this chapter you can write down the output shape of any convolution or pooling layer, say where the +1 comes from, say what is lost when the numbers do not fit, and say how much of the image one unit sees.
#
# ## Windows on a line
#
# Forget the image for a moment and take a line of 7 pixels.
# A kernel of 3 pixels lies on the first three, then moves on by one pixel at a time.
#
# *Predict: at how many places does it fit?*

# %% tags=["hide-input"]
from lenet import plots

plots.windows_on_line(7, 3)

# %% [markdown]
# Look at the first pixel of each window.
# It can be pixel 1, and it can be as far right as pixel 5, because two more pixels of the window need a place to its right.
# So there are 7 − 3 + 1 = 5 windows.
# The +1 is there because both ends count: from 1 to 5 the kernel takes 4 steps, but it stands at 5 places.
#
# Call the number of pixels $N$, and the number of pixels that the kernel spans $K$.
# Each window gives one number of the output, so call the number of windows $O$:
#
# $$O = N - K + 1$$
#
# Here $N$ = 7 and $K$ = 3, which makes $O$ = 7 − 3 + 1 = 5.
# In the first layer of LeNet-5 a kernel of 5 moves over 32 pixels, and 32 − 5 + 1 is 28.

# %%
print(7 - 3 + 1, 32 - 5 + 1)

# %% [markdown]
# ## Stride: longer steps
#
# Let the kernel move by 2 pixels at a time.
# The step is called the **stride**, $S$.
#
# *Predict the number of windows before you count them.*

# %% tags=["hide-input"]
plots.windows_on_line(7, 3, stride=2)

# %% [markdown]
# The kernel has 7 − 3 = 4 pixels of room, takes 4 / 2 = 2 steps, and stands at 3 places.

# %%
print(7 - 3, "pixels of room,", (7 - 3) / 2, "steps")

# %% [markdown]
# Now the same kernel on a line that is one pixel longer.
#
# *Predict: does one more window fit?*

# %% tags=["hide-input"] caption="A line of 8 pixels, a kernel of 3 and a stride of 2, which leave the last pixel in no window" label="fig-dropped"
plots.windows_on_line(8, 3, stride=2)

# %% [markdown]
# There are 5 pixels of room, and 5 / 2 is 2.5 steps.
# Half a step would take the window over the edge, so it is not taken, and there are 3 windows as before.
# Pixel 8 is never looked at: it is **dropped**.
# How many are dropped can be counted: the last window begins 2 steps of 2 pixels after the first and is 3 long, so it ends at pixel 2 · 2 + 3 = 7, and 8 − 7 = 1 is left over.

# %%
print(8 - 3, "pixels of room,", (8 - 3) / 2, "steps")
print("the last window ends at pixel", 2 * 2 + 3)

# %% [markdown]
# Rounding down is called the **floor** and written with corners at the bottom: $\lfloor 3.5 \rfloor = 3$.
# A whole number stays as it is.
# With it, one rule serves both lines:
#
# $$O = \left\lfloor\frac{N - K}{S}\right\rfloor + 1$$
#
# For 8 pixels that is ⌊(8 − 3) / 2⌋ + 1 = ⌊2.5⌋ + 1 = 3.

# %%
from math import floor

print(floor(3.5), floor(2.5) + 1, floor((8 - 3) / 2) + 1)

# %% [markdown]
# Python can divide and round down in one go, with `//`.
# The package has the rule as `output_size`, and `dropped` says what is left over.

# %%
from lenet.arithmetic import dropped, output_size

for size in (7, 8, 9):
    print(size, "pixels:", (size - 3) // 2 + 1, "windows, or",
          output_size(size, 3, stride=2), "by the package,",
          dropped(size, 3, stride=2), "dropped")

# %% [markdown]
# Stanford's [course CS231n](https://cs231n.github.io/convolutional-networks/) calls a stride that drops pixels invalid.
# The libraries Keras and PyTorch round down and say nothing, so you have to find out for yourself what was dropped.
#
# ## Pooling: windows that touch
#
# A pooling layer moves a window too, and each window gives one number.
# Its windows usually touch: the stride is as long as the window.
#
# *Predict: how many windows of 2 fit on 6 pixels, and how many on 7?*

# %% tags=["hide-input"]
plots.windows_on_line(6, 2, stride=2)

# %% [markdown]
# On 6 pixels there are 3, half as many as there are pixels.

# %% tags=["hide-input"]
plots.windows_on_line(7, 2, stride=2)

# %% [markdown]
# On 7 pixels there are 3 as well, and the last pixel is dropped.
# The rule is the one above, with the window as the kernel: ⌊(7 − 2) / 2⌋ + 1 = 3.
# Where window and stride are both $K$, it is shorter, since $(N - K) / K + 1$ is $N / K$: the output is $\lfloor N / K \rfloor$, here ⌊7 / 2⌋ = 3.
#
# In Keras, and in this package, the stride of a pooling layer is its window unless you say otherwise, and it has one step down and one across.

# %%
from lenet import MaxPooling2D

print(MaxPooling2D(2).strides, 7 // 2)

# %% [markdown]
# ## Padding: room at the edges
#
# A kernel of 3 makes a line 2 pixels shorter.
#
# *Predict: a line has 20 pixels. How many layers with a kernel of 3 can follow one another?*

# %%
sizes = [20]
while sizes[-1] >= 3:
    sizes.append(sizes[-1] - 3 + 1)
print(sizes)
print(len(sizes) - 1, "layers")

# %% [markdown]
# After 9 layers 2 pixels are left, and no kernel of 3 fits on them.
# **Padding** puts zeros around the input to make room.
# Here is a line of 5 pixels.

# %% tags=["hide-input"]
plots.windows_on_line(5, 3, padding="same")

# %% [markdown]
# With one zero on either side, 5 pixels give 5 windows, where they would give 3 without.
# Let $P$ be the number of zeros on both sides together.
# To the kernel the line is $N + P$ long, and the rule becomes
#
# $$O = \left\lfloor\frac{N + P - K}{S}\right\rfloor + 1$$
#
# Here that is (5 + 2 − 3) / 1 + 1 = 5.

# %%
print(5 - 3 + 1, (5 + 2 - 3) // 1 + 1)

# %% [markdown]
# For images, Keras knows two kinds of padding by name.
# `valid` means none: only windows that lie on real pixels.
# `same` means as many zeros as it takes to get, at stride 1, as many windows as there are pixels.
# That is what the figure shows, and it needs $P = K - 1$.
#
# With a stride, `same` means one window for every $S$ pixels, and one more where some are left over.
# So it divides by the stride and rounds up.
# Rounding up is called the **ceiling** and written with the corners at the top: $\lceil 3.5 \rceil = 4$.
#
# *Predict for a kernel of 3, a stride of 2 and `same`: how many windows do 7 pixels give, and how many zeros does that take?*
#
# There are ⌈7 / 2⌉ = ⌈3.5⌉ = 4 windows.
# The last begins 3 steps of 2 pixels after the first and is 3 long, so they need (4 − 1) · 2 + 3 = 9 places.
# There are 7 pixels, so 2 zeros are missing, one on either side.
#
# On 6 pixels there are ⌈6 / 2⌉ = 3 windows, which need (3 − 1) · 2 + 3 = 7 places, and one zero is missing.
# One zero cannot be split; it goes to the far end.

# %% tags=["hide-input"] caption="A line of 6 pixels, a kernel of 3, a stride of 2 and `same`, which put one zero at the far end" label="fig-odd-zero"
plots.windows_on_line(6, 3, stride=2, padding="same")

# %% [markdown]
# In letters, and with no zeros where $P$ comes out negative:
#
# $$
# \begin{aligned}
# O &= \left\lceil\frac{N}{S}\right\rceil \\
# P &= (O - 1) \cdot S + K - N
# \end{aligned}
# $$

# %%
from math import ceil

from lenet.arithmetic import pad_widths

for size in (7, 6):
    windows = ceil(size / 2)
    print(size, "pixels:", windows, "windows on",
          (windows - 1) * 2 + 3, "places, zeros before and after:",
          pad_widths(size, 3, stride=2, padding="same"))

# %% [markdown]
# $P$ can come out negative where the stride is longer than the kernel.
# Take a kernel of 1 with a stride of 2, which has 3 windows on 6 pixels:

# %%
print((3 - 1) * 2 + 1 - 6, pad_widths(6, 1, stride=2, padding="same"))

# %% [markdown]
# The windows need one pixel less than there are, so no zeros are added.
#
# ## Dilation: a kernel with holes
#
# A kernel can leave pixels out.
# The pixels that it reads in one place are its **taps**.
# With a **dilation** of 2, one tap stands 2 pixels after the other: 3 taps read pixels 1, 3 and 5.
#
# *Predict: at how many places does such a kernel fit on 7 pixels?*

# %% tags=["hide-input"]
plots.windows_on_line(7, 3, dilation_rate=2)

# %% [markdown]
# The 3 taps span 5 pixels, so there are 7 − 5 + 1 = 3 windows.
#
# Write $k$ for the number of taps and $D$ for the dilation.
# From the first tap to the last there are $k - 1$ steps of $D$ pixels, and both ends count again:
#
# $$K = D \cdot (k - 1) + 1$$
#
# Here that is 2 · (3 − 1) + 1 = 5.
# Put this $K$ into the rule, and nothing else changes.
# Without dilation $D$ is 1, and $K$ is $k$.

# %%
print(2 * (3 - 1) + 1, output_size(7, 3, dilation_rate=2))

# %% [markdown]
# The rules for `valid`, for stride and for dilation are in a guide by Dumoulin and Visin, each found by counting where the kernel can stand {cite:p}`dumoulin2016`.
#
# ## Checking the rule by counting
#
# A rule is worth checking against something that does not know it.
# `range(0, n - k + 1, s)` lists the first pixel of every window, from 0 on, as far as the kernel fits; its length is the number of windows.

# %%
agree, cases = 0, 0
for n in range(1, 40):
    for k in range(1, n + 1):
        for s in range(1, 8):
            cases += 1
            if output_size(n, k, s) == len(range(0, n - k + 1, s)):
                agree += 1
print(f"{agree:,} of {cases:,} cases agree")

# %% [markdown]
# ## Two dimensions, and channels
#
# An image has a height and a width, and each is a line of its own.
# Height follows from height, width from width, and neither needs to know of the other.
# The image need not be square, and neither need the kernel.
#
# *Predict the three numbers: 8 filters of 3 by 5 that move by 1 down and by 2 across, on 20 by 31 pixels in 3 colours.*

# %%
from lenet import Conv2D

Conv2D(filters=8, kernel_size=(3, 5), strides=(1, 2)).output_shape((20, 31, 3))

# %% [markdown]
# The height is 20 − 3 + 1.
# The width is (31 − 5) / 2 + 1.
# The channels are the number of filters, whatever came in.
#
# A pooling layer leaves the channels alone.

# %%
MaxPooling2D(2).output_shape((18, 14, 8))

# %% [markdown]
# On the web page you can change every number of such a layer; it asks for your guess first.
#
# ```{widget} windows
# The picture is that of a stride which drops the last pixels.
# In the page sliders change the layer, and below it stand its windows, the pixels that one unit reads, and the work of each count.
# ```
#
# ## The post's network, layer by layer
#
# The blog post behind this book takes an image of 64 by 64 pixels in 3 colours through two convolutions and two poolings {cite:p}`refstop`.
# Its table lists them; padding is not mentioned, but its numbers are those of `valid`.
# The package has this network as `POST_TABLE`, with layers called `Conv1`, `MaxPooling1`, `Conv2`, `MaxPooling2`, `Flatten` and, fully connected, `FC`.
# `derive` shows the work for each layer of a network, with the letters of this chapter.
# In `steps["Conv1"]` the brackets pick a layer by its name, and `only` picks some of its lines.
#
# *Predict the shapes after the first convolution, with 6 kernels of 3 by 3, and after a pooling with a window of 2.*

# %%
from lenet import POST_TABLE, derive

steps = derive(POST_TABLE)
steps["Conv1"].only("output height", "output width")

# %% [markdown]
# Six filters make 6 channels: 62×62×6.

# %%
steps["MaxPooling1"].only("output height", "output width")

# %% [markdown]
# *Predict what follows before you run it: a kernel of 4 on 31 pixels, then a window of 2 on what comes out.*

# %%
steps["Conv2"].only("output height", "output width")

# %%
steps["MaxPooling2"].only("output height", "output width")

# %% [markdown]
# Flatten writes all of it into one row.
# With $H$ for the height, $W$ for the width and $C$ for the channels that come in, the row has $H \cdot W \cdot C$ numbers.

# %%
steps["Flatten"].only("output features")

# %% [markdown]
# The post arrives at the same shapes {cite:p}`refstop`.
# `trace` has the numbers of all layers.

# %% caption="The shapes of the post's network" label="tab-post-shapes"
POST_TABLE.trace().table("name", "layer", "input_shape", "output_shape")

# %% [markdown]
# ## When it does not divide
#
# Up to the flatten layer, the program that the post shows differs from its table in one number: the second convolution has a kernel of 3, not of 4.
# [What the post said, and what is so](a_corrections.md) compares table and program; here is what becomes of the shapes.
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
# The floor rounds 29 / 2 down to 14, and the last row and the last column of every map are dropped: of the $N + P$ places that there are, the 14 windows need all but one.
#
# The dropped places were computed all the same, at 3 · 3 · 6 = 54 multiply-accumulates each.

# %%
computed, kept = 29 * 29, 28 * 28
print(f"{computed - kept} of {computed} places in each of 16 maps,")
print(f"{3 * 3 * 6} multiply-accumulates each:")
print(f"{(computed - kept) * 16 * 3 * 3 * 6:,} for nothing")

# %% [markdown]
# And because 28 / 2 and the rounded 29 / 2 are both 14, both networks flatten to 3,136 numbers.
# Looking at the last shape alone, nobody would notice that the networks differ.
#
# ## What one unit sees
#
# A unit of the first convolution sees a few pixels.
# A unit of the next layer reads several such units, and so sees a little more.
#
# Take a kernel of 3, a pooling window of 2, and a kernel of 3 again, on 12 by 12 pixels.
# Look at one line of these, 12 pixels long.
# `Conv2D(1, 3)` is short for one filter of 3 by 3, and a `name` lets us ask for the layer later.

# %%
from lenet import Network

small = Network((12, 12, 1), [
    Conv2D(1, 3, name="first"), MaxPooling2D(2, name="pool"),
    Conv2D(1, 3, name="second")])
small.output_shape

# %% [markdown]
# *Predict: how many pixels does a unit of the last layer see?*

# %% tags=["hide-input"] caption="What the first unit of each layer reads of the row below, and under the pixels, what it sees of them; each unit stands above the middle of what it sees" label="fig-fields-small"
plots.field_growth(small)

# %% [markdown]
# Read it from below.
# A unit of `first` sees the 3 pixels on which its kernel lies.
# A unit of `pool` reads 2 units of `first`, and the second of them sees 1 pixel further than the first: 3 + 1 = 4 pixels.
# A unit of `second` reads 3 units of `pool`.
# Pooling moves by 2, so each of them sees 2 pixels further than the one before: 4 + 2 + 2 = 8 pixels.
#
# How far these pixels reach, from the first to the last, is the unit's **receptive field**, $r$ {cite:p}`araujo2019`.
# The next unit's field begins some pixels further on; that number of pixels is the **jump**, $j$.
#
# A unit with a kernel of $K$ reads $K$ units of the row below.
# The first of them sees $r$ pixels, and each of the $K - 1$ others sees $j$ pixels further.
# The next unit of the layer begins to read $S$ units further on, and each of these steps is worth $j$ pixels.
# So from the $r$ and the $j$ of the row below come those of the layer itself:
#
# $$
# \begin{aligned}
# \text{receptive field} &= r + (K - 1) \cdot j \\
# \text{jump} &= j \cdot S
# \end{aligned}
# $$
#
# A pixel sees itself: $r$ = 1 and $j$ = 1.
# In `derive(small)[layer][line]` the first brackets pick a layer and the second one line of its work, here for the width.

# %%
for name in ("first", "pool", "second"):
    print(name, derive(small)[name]["receptive field, width"])
print(derive(small)["pool"]["jump, width"])

# %% [markdown]
# The jump is 1 until a stride multiplies it.
# Under dilation not every pixel of a receptive field matters: the 3 taps at a dilation of 2 reached over 5 pixels and read 3 of them.
#
# Now LeNet-5.
#
# *Predict: a unit of S2 sees 6 pixels, and its neighbours lie 2 apart. What does a unit of C3 see, with a kernel of 5?*

# %%
from lenet import LENET5_MODERN

derive(LENET5_MODERN)["C3"].only("receptive field, height",
                                 "receptive field, width")

# %% tags=["hide-input"] caption="How the receptive field grows through LeNet-5, along one line of its image" label="fig-fields-lenet5"
plots.field_growth(LENET5_MODERN)

# %% [markdown]
# After each pooling the units stand further apart, and so a kernel of 5 reaches further: C1 adds 4 pixels, C3 adds 8 and C5 adds 16.
# The one unit of C5 sees all 32.

# %%
for name in ("C1", "C3", "C5"):
    print(name, derive(LENET5_MODERN)[name]["receptive field, width"])
print((5 - 1) * 1, (5 - 1) * 2, (5 - 1) * 4, "pixels more")

# %% [markdown]
# The post's program begins with the layers of the small case, and so its first fields are 3, 4 and 8.

# %%
POST_CODE.trace().table("name", "output_shape", "receptive_field")

# %% [markdown]
# A dense layer reads whole maps, so its window is as wide as they are: `FC1` reads 14 places in a row, of which the first sees 10 pixels and each of the 13 others sees 4 further, the jump after both poolings.

# %%
print(10 + 13 * 4)

# %% [markdown]
# A row of a trace also knows where its first unit's field begins and ends: in `seen.axes` along the height and then along the width.
# So `axes[1]` is the width; `start` counts from 0 as Python does, hence the + 1.

# %%
width = POST_CODE.trace()["FC1"].seen.axes[1]
print("FC1 sees pixels", width.start + 1, "to", width.end, "of 64")

# %% [markdown]
# The dense layers see 62 by 62 pixels, though the image has 64.
# The other two are lost with the row and the column that `MaxPooling2` dropped, where the jump is 2: the last two pixels on the right and at the bottom cannot change the answer.
#
# ## 16·5·5: which 5 is that?
#
# In programs for LeNet-5 one meets a line like `Dense(120)` on 16·5·5 = 400 inputs, and [readers ask](https://github.com/pytorch/tutorials/issues/503) which 5 this is.
# Every kernel of LeNet-5 is 5 by 5, so it looks like the kernel.
# It is not: it is the side of the maps that S4 puts out, and 16 is their number.
#
# *Predict: which of the three numbers changes with a larger image, and which with a smaller kernel?*

# %%
from lenet import AveragePooling2D, Flatten

for side, kernel_size in ((32, 5), (36, 5), (32, 3)):
    front = Network((side, side, 1), [
        Conv2D(6, kernel_size), AveragePooling2D(2),
        Conv2D(16, kernel_size), AveragePooling2D(2), Flatten(name="row")])
    print("image", side, "kernel", kernel_size, "gives",
          front.trace()["row"].input_shape, "flat", front.output_shape)

# %% [markdown]
# A larger image with the same kernels gives 6·6·16, and smaller kernels on the same image give 6·6·16 too.
# The 16 stays.
# That the maps of S4 are as wide as the kernel, 5, is a coincidence: it is so only because the image is 32 pixels wide.
#
# ## The rules together
#
# | what changes | rule |
# |---|---|
# | kernel $K$ on $N$ pixels, stride 1, no padding | $O = N - K + 1$ |
# | stride $S$ | $\lfloor (N - K) / S \rfloor + 1$, the remainder is dropped |
# | pooling, window and stride $K$ | $\lfloor N / K \rfloor$ |
# | padding, $P$ zeros in all | $\lfloor (N + P - K) / S \rfloor + 1$ |
# | `same` | $\lceil N / S \rceil$ |
# | dilation $D$, $k$ taps | put $K = D \cdot (k - 1) + 1$ |
# | channels | the number of filters; pooling keeps them |
# | receptive field $r$, jump $j$ | $r + (K - 1) \cdot j$ and $j \cdot S$ |
#
# ## Exercises
#
# (exercise-3-1)=
# ### Exercise 3.1
#
# *Predict: a kernel of 5 moves by 3 over 28 pixels. How many windows are there?*
#
# *Predict* then how many pixels are dropped.
# *Compute* both.
# *Explain* how many pixels more would make one window more.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 3.1

# %%
print(28 - 5, "pixels of room,",
      output_size(28, 5, stride=3), "windows,",
      dropped(28, 5, stride=3), "dropped")
print(output_size(29, 5, stride=3), "windows of 29 pixels")

# %% [markdown]
# 23 pixels of room are 7 whole steps, so there are 8 windows, and two pixels are dropped.
# A step is 3 pixels, so one pixel more makes one window more.

# %% [markdown]
# (exercise-3-2)=
# ### Exercise 3.2
#
# *Predict* the output size of a pooling layer with a window of 3 and a stride of 2 on 13 pixels, and how many pixels are dropped.
# Do the same for 12 pixels.
# *Compute* both.
# *Explain* what neighbouring windows share.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 3.2

# %% [markdown]
# 13 − 3 = 10 pixels of room make 5 steps, so 6 windows and nothing dropped.
# 12 − 3 = 9 make 4.5 steps, so 5 windows and one pixel dropped.

# %%
for size in (13, 12):
    print(size - 3, "pixels of room,", (size - 3) / 2, "steps,",
          output_size(size, 3, stride=2), "windows,",
          dropped(size, 3, stride=2), "dropped")

# %% [markdown]
# The window is one pixel longer than the stride, so neighbours share one pixel.
# Overlapping does not change the rule.

# %% [markdown]
# (exercise-3-3)=
# ### Exercise 3.3
#
# In the post's tables the column "stride" says 1 for the pooling layers too.
# *Predict* the shapes of the post's table with a pooling stride of 1.
# *Compute* them.
# *Explain* how one sees that the post cannot have meant it.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 3.3

# %% [markdown]
# With stride 1 a window of 2 makes height and width only one pixel smaller.

# %%
literal = Network((64, 64, 3), [
    Conv2D(6, 3), MaxPooling2D(2, strides=1),
    Conv2D(16, 4), MaxPooling2D(2, strides=1), Flatten()])
literal.trace().table("name", "output_shape")

# %% [markdown]
# The post goes from 62 to 31 and from 28 to 14, which is stride 2.
# Taken literally, its network would flatten to 51,984 numbers and not to 3,136.

# %% [markdown]
# (exercise-3-4)=
# ### Exercise 3.4
#
# A convolution with a kernel of 5, a stride of 2 and `same` reads 32 pixels.
# *Predict* how many windows there are, how many zeros they need, and how many of the zeros stand before the pixels and how many after.
# *Compute* it.
# *Explain* why another kernel changes only some of these numbers.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 3.4

# %% [markdown]
# There are ⌈32 / 2⌉ = 16 windows.
# They need (16 − 1) · 2 + 5 = 35 places, so 3 zeros are missing: one goes before and two after.

# %%
for kernel_size in (3, 5, 7):
    print("kernel", kernel_size, "windows",
          output_size(32, kernel_size, stride=2, padding="same"),
          "places", (16 - 1) * 2 + kernel_size, "zeros",
          pad_widths(32, kernel_size, stride=2, padding="same"))

# %% [markdown]
# With `same` the number of windows depends on the pixels and the stride alone.
# The kernel decides how many places the windows need, and so how many zeros.

# %% [markdown]
# (exercise-3-5)=
# ### Exercise 3.5
#
# Two convolutions with a kernel of 3 stand one after the other, on 20 by 20 pixels.
# *Predict* what a unit of the second one sees, and how many units there are in a row: when both move by 1, when the second has a dilation of 2, and when the first has a stride of 2.
# *Compute* each with `Network`; the last row of a trace, `trace()[-1]`, has `receptive_field` and `output_shape`.
# *Explain* why dilation and stride give the same field and yet different sizes.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 3.5

# %% [markdown]
# A unit of the first layer sees 3 pixels.
# With a jump of 1 the second adds 2 · 1 and sees 5.
# Dilated, its 3 taps span 5 units, so it adds (5 − 1) · 1 and sees 7; after a stride of 2 the jump is 2, and it adds 2 · 2.
# The second layer is called `conv2d_1`, after its kind, since it was given no name.

# %%
plain, dilated = Conv2D(1, 3), Conv2D(1, 3, dilation_rate=2)
strided = Conv2D(1, 3, strides=2)
for layers in ([plain, plain], [plain, dilated], [strided, plain]):
    network = Network((20, 20, 1), layers)
    print(derive(network)["conv2d_1"]["receptive field, width"])
    print("sees", network.trace()[-1].receptive_field,
          "puts out", network.output_shape)


# %% [markdown]
# Either way the second layer reads units whose fields begin 2 pixels apart.
# But after the stride only every second unit is there, and so the next field begins 2 pixels further on, not 1: 7 units in a row and not 14.

# %% [markdown]
# (exercise-3-6)=
# ### Exercise 3.6
#
# Write a function that counts windows one by one: start at pixel 0, move by the stride, and count as long as the window fits.
# *Predict* for which sizes it could differ from `output_size`.
# *Compute* both for all sizes from 5 to 40, all kernels up to 5 and all strides up to 4.
# *Explain* where the floor of the formula is in your loop.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 3.6

# %%
def windows(size, kernel_size, stride):
    count, start = 0, 0
    while start + kernel_size <= size:
        count, start = count + 1, start + stride
    return count


# %%
differ = 0
for n in range(5, 41):
    for k in range(1, 6):
        for s in range(1, 5):
            if windows(n, k, s) != output_size(n, k, stride=s):
                differ += 1
print(differ, "times they differ")

# %% [markdown]
# They never differ.
# The loop stops at the last window that fits whole, and does not count the part of a step that is left: that is the floor.

# %% [markdown]
# (exercise-3-7)=
# ### Exercise 3.7
#
# One shape of this table is wrong, and the layers are right.
#
# | layer | output |
# |---|---|
# | image | 31×31×1 |
# | 8 kernels of 3 by 3, stride 2 | 15×15×8 |
# | max pooling, 2 by 2 | 7×7×8 |
# | 16 kernels of 3 by 3, `same` | 7×7×16 |
# | max pooling, 3 by 3, stride 2 | 4×4×16 |
#
# *Predict* which.
# *Compute* the table.
# *Explain* which rule of this chapter gives the wrong number, and why rounding up would not give it.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# #### Solution 3.7

# %%
Network((31, 31, 1), [
    Conv2D(8, 3, strides=2), MaxPooling2D(2),
    Conv2D(16, 3, padding="same"), MaxPooling2D(3, strides=2),
]).trace().table("name", "output_shape")

# %%
print((7 - 3) / 2 + 1, floor((7 - 3) / 2) + 1)
print(ceil((7 - 3) / 2) + 1, ceil(7 / 2))

# %% [markdown]
# The last one is 3×3×16: 7 − 3 = 4 pixels of room are exactly 2 steps, so there are 3 windows, whichever way one rounds.
# 4 is ⌈7 / 2⌉, the rule of `same`, but this pooling puts no zeros around its maps.
