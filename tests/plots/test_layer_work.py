"""The arithmetic of each layer, for whoever chooses it."""

import re
from html import unescape
from math import floor

import pytest
from lenet import LENET5_1998, LENET5_MODERN, POST_CODE, POST_FNN
from lenet.plots import layer_work


@pytest.mark.parametrize(
    "network", [LENET5_MODERN, LENET5_1998, POST_CODE, POST_FNN], ids=lambda network: network.name
)
def test_what_stands_behind_the_last_sign_is_what_is_counted(network):
    for row, work in zip(network.trace(), layer_work(network).drawings.values(), strict=True):
        results = {}
        for text in work.texts:
            quantity, _, rest = text.partition(": ")
            result = int(rest.rpartition("= ")[2].replace(",", ""))
            results |= dict.fromkeys(re.split(r", | and ", quantity), result)
        assert results["parameters"] == row.parameters and results["MACs"] == row.macs


def test_the_numbers_put_in_come_to_the_result():
    for work in layer_work(LENET5_MODERN).drawings.values():
        for text in work.texts:
            expression, equals, result = text.partition(": ")[2].rpartition(" = ")
            if equals:
                value = eval(expression.replace("·", "*"), {"floor": floor})
                assert value == int(result.replace(",", ""))


def test_the_page_has_each_layer_and_its_lines():
    shown = layer_work(LENET5_MODERN)._repr_html_()
    assert re.findall(r'value="\d+"[^>]*>(\w+)<', shown) == [
        row.name for row in LENET5_MODERN.trace()
    ]
    assert "<li>weights: 5·5·1·6 = 150</li>" in unescape(shown)
