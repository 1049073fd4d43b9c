"""Questions that are answered with a diagnosis, and sheets of problems.

>>> from lenet.practice import check
>>> check("03.11", "62 x 62 x 6")
Right.
"""

from lenet.practice.checking import ask, check, forget, hint

__all__ = ["ask", "check", "forget", "hint"]
