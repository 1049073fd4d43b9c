"""Questions of the chapters on training, on reproducing it, and on the playground."""

from math import log, log10

from lenet.architectures import LENET5_1998
from lenet.descent import OneWeight, tap_gradients
from lenet.practice.reckonings import Reckoning

UNIT = OneWeight(input=2, wanted=6)
*_, FIRST_TAP, _, THIRD_TAP = tap_gradients([1, 2, 0, 3, 1], [1, 2, -1], [4, 0, 3]).rows[-1]
PLACES = ((1, 1), (-1, 2), (2, 0)), ((1, 0), (-1, 3), (2, 1))  # error and pixel, for a tap


def gradient_slips(unit: OneWeight, weight: float) -> tuple[tuple[str, str, float], ...]:
    """What goes wrong with the gradient of one weight."""
    error = weight * unit.input - unit.wanted
    return (
        ("sign turned round", "You took wanted minus output. The error is output minus wanted.",
         -unit.gradient(weight)),
        ("factor of the square forgotten", "You took error times input. What does the slope "
         "of a square have in front?", error * unit.input),
        ("input forgotten", "You took twice the error. How much does the output change with "
         "the weight?", 2 * error),
    )  # fmt: skip


def step_slips(unit: OneWeight, start: float, rate: float) -> tuple[tuple[str, str, float], ...]:
    """What goes wrong with one step from a weight."""
    gradient = unit.gradient(start)
    return (
        ("step uphill", "You went along the gradient. Which way is down?",
         start + rate * gradient),
        ("rate forgotten", "You took the whole gradient for the step.", start - gradient),
        ("start forgotten", "That is the step. Where does it start?", -rate * gradient),
    )  # fmt: skip


def _after_a_step(rate: float) -> Reckoning:
    """What the weight is after one step from 1, and the slips on the way."""
    number, prompt = ("06.4", "the weight after one step") if rate < 0.1 else (
        "06.5", "what a rate of 0.3 does"
    )  # fmt: skip
    return Reckoning(
        number, f"What is the weight after one step from 1 with a rate of {rate}?",
        UNIT.walk(1, rate, 1)[-1],
        (
            *step_slips(UNIT, 1, rate),
            ("error taken for the gradient", "You stepped by the error. The slope of a square has "
             "two more factors.", 1 - rate * (2 - 6)),
        ),
        ("The new weight is the weight minus the rate times the gradient.",),
        prompt=prompt, solution="A step downhill",
    )  # fmt: skip


def _of_tap(number: str, which: str, right: int, places: tuple) -> Reckoning:
    products = [error * pixel for error, pixel in places]
    return Reckoning(
        number, f"What is the gradient of the {which} tap's weight?", right,
        (
            ("factor of the square forgotten", "You added error times pixel. What does the slope "
             "of a square have in front?", sum(products)),
            ("signs of the errors lost", "One of the errors is negative.",
             2 * sum(map(abs, products))),
            ("sign turned round", "You took wanted minus output. The error is output minus wanted.",
             -right),
        ),
        ("Each place adds twice its error times the pixel that the tap meets there.",
         f"The errors are 1, −1 and 2; the pixels are {', '.join(str(p) for _, p in places)}."),
        prompt="the gradients of the other two weights", solution="A shared weight",
    )  # fmt: skip


TRAINING = (
    Reckoning(
        "06.1", "For which weight is the loss 0?", 3,
        (
            ("output taken for the weight", "That is what the unit should give.", 6),
            ("start taken for the answer", "There the weight starts. What does the unit give?", 1),
        ),
        ("What must the unit give, and what comes in?",),
        prompt="for which weight is the loss 0", solution="One weight and its loss",
    ),
    Reckoning(
        "06.2", "What is the gradient at weight 3?", UNIT.gradient(3),
        (
            ("loss at another weight", "That is the gradient where the weight starts.",
             UNIT.gradient(1)),
            ("wanted taken for the gradient", "That is what the unit should give. How far off "
             "is it here?", 6),
        ),
        ("How large is the error there?",),
        prompt="the gradient at weight 3 and at weight 5", solution="The gradient is a slope",
    ),
    Reckoning(
        "06.3", "And at weight 5?", UNIT.gradient(5),
        (
            *gradient_slips(UNIT, 5),
            ("error taken for the gradient", "That is the error. What is its square's slope?",
             2 * 5 - 6),
        ),
        ("The gradient is twice the error times the input.",),
        prompt="the gradient at weight 3 and at weight 5", solution="The gradient is a slope",
    ),
    _after_a_step(0.05),
    _after_a_step(0.3),
    _of_tap("06.6", "first", FIRST_TAP, PLACES[0]),
    _of_tap("06.7", "third", THIRD_TAP, PLACES[1]),
    Reckoning(
        "06.8", "What is the loss of a network that gives each of ten digits the same share?",
        -log(1 / 10),
        (
            ("share taken for the loss", "That is the share. What does the loss make of it?", 0.1),
            ("other logarithm", "You took the logarithm of base ten. Here it undoes the "
             "exponential.", -log10(1 / 10)),
            ("minus forgotten", "Mind the minus in front of the logarithm.", log(1 / 10)),
        ),
        ("Which share does the right digit get?", "Take minus the natural logarithm of it."),
        prompt="the loss of a network that knows nothing", solution="The loss of one digit",
    ),
)  # fmt: skip

REPRODUCTION = (
    Reckoning(
        "09.4", "What is the rate of a weight whose curvature is zero?", 0.0005 / 0.02,
        (
            ("rate not divided", "You took the number above the bar alone.", 0.0005),
            ("fraction upside down", "You divided the other way round.", 0.02 / 0.0005),
            ("multiplied instead of divided", "You multiplied. What does the bar say?",
             0.0005 * 0.02),
        ),
        ("What is left below the bar?",),
        prompt="the rate of a weight whose curvature is zero", solution="As it was trained then",
    ),
    Reckoning(
        "09.5", "And of one whose curvature is 7?", 0.0005 / 7.02,
        (
            ("curvature forgotten", "You left the curvature out.", 0.0005 / 0.02),
            ("fraction upside down", "You divided the other way round.", 7.02 / 0.0005),
        ),
        ("Add below the bar first.",),
        prompt="the rate of a weight whose curvature is zero", solution="As it was trained then",
    ),
)  # fmt: skip

NUMBERS = LENET5_1998.trace().total.parameters
PLAYGROUND = (
    Reckoning(
        "11.1", "How many bytes do 60,000 numbers of 16 bits take?", NUMBERS * 16 // 8,
        (
            ("bits taken for bytes", "You counted the bits. How many of them make a byte?",
             NUMBERS * 16),
            ("trained size taken", "That is their size after training. How long is each now?",
             NUMBERS * 32 // 8),
            ("one byte for each", "That is one byte for each. How many bits are there?", NUMBERS),
        ),
        ("How many bytes does one of them take?",),
        prompt="how many bytes is that", solution="Smaller weights",
    ),
    Reckoning(
        "11.2", "How many pixels of paper are put around on each side?", (32 - 28) // 2,
        (
            ("both sides together", "That is what both sides get together.", 32 - 28),
            ("box taken for the image", "You started from the box. How large is the image that "
             "the digit is placed in?", (32 - 20) // 2),
        ),
        ("How much larger is the input than the image of MNIST?",),
        prompt="how many pixels of paper are put around", solution="The form of a digit",
    ),
)  # fmt: skip

QUESTIONS = (*TRAINING, *REPRODUCTION, *PLAYGROUND)
