"""The ten codes that the RBF units of LeNet-5 compare with: bitmaps of digits, 7 by 12 dots.

Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-Based Learning Applied to Document
Recognition", Proc. IEEE 86(11), 1998, section II-B. The bitmaps were drawn for this project;
the paper's are similar, not equal.
"""

import numpy as np

# Five digits side by side, each 7 wide and 12 high.
BITMAPS = """
.#####. ...#... .#####. .#####. ....##.
##...## ..##... ##...## ##...## ....##.
##...## .###... .....## .....## ...###.
##...## ...#... .....## .....## ...###.
##...## ...#... ....##. .....## ..####.
##...## ...#... ...##.. ..####. ..#.##.
##...## ...#... ..##... .....## .##.##.
##...## ...#... .##.... .....## .#..##.
##...## ...#... ##..... .....## #######
##...## ...#... ##..... ##...## #######
##...## ...#... ##..... ##...## ....##.
.#####. .#####. ####### .#####. ....##.

####### ..####. ####### .#####. .#####.
##..... .##.... ####### ##...## ##...##
##..... ##..... .....## ##...## ##...##
##..... ##..... .....## ##...## ##...##
######. ##..... ....##. .#####. ##...##
.....## ######. ....##. ..###.. .######
.....## ##...## ...##.. .##.##. .....##
.....## ##...## ...##.. ##...## .....##
.....## ##...## ..##... ##...## .....##
.....## ##...## ..##... ##...## .....##
##...## ##...## .##.... ##...## ....##.
.#####. .#####. .##.... .#####. .####..
"""


def _codes(bitmaps: str) -> np.ndarray:
    rows = []
    for block in bitmaps.strip().split("\n\n"):
        columns = zip(*(line.split() for line in block.splitlines()), strict=True)
        rows += [[1 if dot == "#" else -1 for dot in "".join(column)] for column in columns]
    return np.array(rows, "float32")


CODES = _codes(BITMAPS)  # (10, 84), a digit a row, components -1 and +1
