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
# # Reference
#
# What the package has, module by module: what each name returns, its formula, the units of its arguments, what it does not count, and the errors that it raises.
# Every example below is run by the tests.
#
# Shapes are `(height, width, channels)`, or `(features,)` for something flat, without the batch axis.
# Three words are used throughout: **parameters** are trained, **connections** count the lines into every unit with its bias, **MACs** are products with a weight.

# %%
from lenet import LENET5_1998

LENET5_1998.trace().table("name", "parameters", "fixed",
                          "connections", "macs", "receptive_field")

# %% [markdown]
# ## Networks
#
# ```{eval-rst}
# .. autoclass:: lenet.network.Network
#    :members:
#
# .. autoclass:: lenet.trace.Trace
#    :members:
#
# .. autoclass:: lenet.trace.Row
#
# .. autoclass:: lenet.view.View
#    :members:
#
# .. autoclass:: lenet.view.Axis
# ```
#
# ## Derivations
#
# ```{eval-rst}
# .. autofunction:: lenet.derivation.derive
#
# .. autoclass:: lenet.derivation.Derivation
#    :members:
#
# .. autoclass:: lenet.derivation.LayerDerivation
#    :members:
#
# .. autoclass:: lenet.steps.step.Step
#    :members:
#
# .. automodule:: lenet.steps.formula
#    :members: value, text, latex
#
# .. automodule:: lenet.steps.letters
#    :members: meanings, key
#
# .. automodule:: lenet.report
#    :members: shown, compared, without_biases
# ```
#
# ## Any Keras model
#
# ```{eval-rst}
# .. automodule:: lenet.keras_bridge.model
#    :members: from_keras, to_keras, slid
#
# .. automodule:: lenet.keras_bridge.config
#    :members: read_file, read_config
# ```
#
# ## One line of text
#
# ```{eval-rst}
# .. automodule:: lenet.notation
#    :members: parse, parse_shape, NotationError
# ```
#
# ## What other tools count
#
# ```{eval-rst}
# .. automodule:: lenet.counting.tools
#    :members: counted, count, by_layer, keras_params, KerasParams
#
# .. automodule:: lenet.counting.conventions
#    :members: Convention
#
# .. automodule:: lenet.counting.rules
#    :members: NoRule
# ```
#
# ## Layers
#
# ```{eval-rst}
# .. automodule:: lenet.layers.base
#    :members: Layer, Counts, Window
#
# .. automodule:: lenet.layers.convolution
#    :members:
#
# .. automodule:: lenet.layers.depthwise
#    :members:
#
# .. automodule:: lenet.layers.pooling
#    :members:
#
# .. automodule:: lenet.layers.adaptive
#    :members:
#
# .. automodule:: lenet.layers.core
#    :members:
#
# .. automodule:: lenet.layers.pointwise
#    :members:
#
# .. automodule:: lenet.layers.normalization
#    :members:
#
# .. automodule:: lenet.layers.bordering
#    :members:
#
# .. automodule:: lenet.layers.reshaping
#    :members:
#
# .. automodule:: lenet.layers.merging
#    :members:
#
# .. automodule:: lenet.layers.early
#    :members:
# ```
#
# ## Formulas
#
# ```{eval-rst}
# .. automodule:: lenet.arithmetic
#    :members:
# ```
