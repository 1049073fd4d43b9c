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
# # For teachers
#
# After this page you can plan three weeks with this book, hand out what a class needs, and choose the question that brings a misconception to light.
#
# ## Three weeks
#
# The plan has three lessons a week.
# The minutes are a proposal, and nobody has measured them.

# %% caption="A plan of three weeks" label="tab-weeks"
from lenet.practice import teaching

teaching.plan()

# %% [markdown]
# Begin a lesson with a *Predict* prompt on the board, and collect the guesses before anybody computes.
# In the page the answer below a prompt stays closed until the reader has guessed, and in a notebook the cell below it has not been run.
#
# ## What each chapter needs and leaves
#
# Each chapter needs the ones in its row, and a class can skip the others.
#
# | chapter | needs | leaves |
# |---|---|---|
# | [01](01_history.md) | nothing | names and years; why weights are shared |
# | [02](02_building_blocks.md) | school algebra | a convolution and a pooling, by hand |
# | [03](03_output_shapes.md) | 02 | the shape of any layer, and what a unit sees |
# | [04](04_parameters.md) | 03 | weights and biases of any layer, and a network of one's own |
# | [05](05_lenet5_1998.md) | 04 | LeNet-5 as printed, with its table of maps and its trainable pooling |
# | [06](06_training.md) | 02, and 04 for its last exercise | loss, gradient, step and rate; a trained network and its mistakes |
# | [07](07_cnn_vs_fnn.md) | 04 and 06 | what locality and sharing buy, and what they do not |
# | [08](08_inside_lenet.md) | 05 and 06 | what single units respond to |
# | [09](09_reproduction.md) | 05 and 07 | what a difference between two means is worth |
# | [10](10_after_lenet.md) | 04 | the same counts for AlexNet, VGG-16, ResNet-50 and MobileNet |
# | [11](11_playground.md) | 05 | where a trained network breaks |
#
# ## Misconceptions, and the question that exposes each
#
# Each question of the book comes with the wrong answers that known slips lead to.
# Where a wrong answer has only one known cause, `check` names it and says what to think about, and never the answer.

# %% caption="The slips that most questions expose" label="tab-exposed"
teaching.exposed(least=4)

# %% [markdown]
# The question is the first of those that expose the slip, and its chapter is the number before the dot.
# Ask it in class as it stands: `ask("04")` lists the questions of chapter 4, and `check` judges what a student says.

# %%
from lenet.practice import check

check("04.3", 256)

# %% [markdown]
# ## Marking an *Explain*
#
# A number can be checked by a program, and an explanation cannot.
# Four levels do, here with [Exercise 4.4](04_parameters.md#exercise-4-4), where pooling, which has no parameters, saves some.
#
# | level | what it looks like | in Exercise 4.4 |
# |---|---|---|
# | missing | no reason, or one that does not concern the question | "Pooling makes the network smaller." |
# | named | the right cause, without the step from cause to effect | "The dense layer reads fewer numbers." |
# | reasoned | each step from the cause to the number | "Pooling leaves a quarter of the numbers, and each of them had ten weights." |
# | carried over | the reason, and where else it holds or fails | "So whatever is dense behind it needs a quarter, but a convolution there would need as many as before." |
#
# ## What a hub needs
#
# These are the seconds of processor and the memory that the code of each chapter took on two cores of a server, the packages loaded with it.

# %% caption="What the code of a chapter takes" label="tab-sizes"
teaching.sizes()

# %% [markdown]
# The chapters that only count run without TensorFlow, and on any laptop.
#
# ## What you can hand out
#
# | command | what it makes |
# |---|---|
# | `python -m lenet problems --topic shapes --roster names.txt --out sheet.md --key key.md` | a sheet of problems for each name, no two alike, with a key that shows the work |
# | `make student` | notebooks without solutions, the package and the pages, as two zips |
# | `make wheels` | what the notebooks need, to install where no network is |
# | `make slides` | a deck for each chapter, which opens from disk |
# | `make assignments` | the questions as assignments of otter-grader and nbgrader, with points and keys |
# | `make pdf` | the book to print, with the solutions at its end |
#
# Text and figures are under CC BY and the code is under BSD-3-Clause: you may change both and hand them on, as long as you name the source and say what you changed.
