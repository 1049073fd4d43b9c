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
# # Bibliography
#
# What the book quotes, and what it stands on.
# A number that the package does not compute is printed in one of these, but for those that a page says were typed in.
#
# ```{bibliography}
# :all:
# ```
#
# The digits are those of Alpaydin and Kaynak, under CC BY 4.0.

# %%
from lenet.training.digits import ATTRIBUTION

print(ATTRIBUTION.replace(", ", ",\n"))
