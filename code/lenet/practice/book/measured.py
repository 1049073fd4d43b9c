"""Questions that only a measurement answers: errors, moves, what chance does.

What was measured stands in the chapters and is held there; a guess is right when it is near.
"""

from math import sqrt

from lenet.practice.reckonings import Estimate, Reckoning

GUESSING = 90.0  # percent, of ten digits
A_RUN, RUNS = 83, 5  # digits that LeNet-5 of 1998 misses on average

TRAINING = (
    Estimate(
        "06.9", "What percent of the test digits do five runs misread on average?",
        8.8,
        (("guessing", "So would a network that knows nothing. What has this one learnt from?",
          GUESSING),),
        ("The test digits are by hands that it has never seen, and it has few others to learn "
         "from.",),
        near=(6, 13), prompt="the error on the test digits", solution="LeNet-5, five times",
    ),
    Estimate(
        "06.10", "What percent does a run misread when every hand is on both sides?",
        2.0,
        (("other hands taken", "So it does with hands that it has never seen. Whose digits are "
          "these?", 8.8),),
        ("It now knows every hand of the test.",),
        near=(1, 4), prompt="the test error", solution="LeNet-5, five times",
    ),
    Estimate(
        "06.11", "What is the standard deviation, in digits?",
        5.1,
        (
            ("mean taken for the spread", "So many are misread on average. How far from that is "
             "a test, as a rule?", 350 * 0.08),
            ("points taken for digits", "That is in percentage points. How many digits are they?",
             1.5),
            ("root forgotten", "That is its square.", 350 * 0.08 * 0.92),
        ),
        ("Nearly all of the thousand counts lie within twice of it from their mean.",),
        near=(4.6, 5.7), prompt="how large it is", solution="How sure is that?",
    ),
    Estimate(
        "06.12", "On how many fields do they fall on average?",
        26.4,
        (
            ("sharing forgotten", "Then no two of them would fall on the same field.", 31),
            ("this run taken for chance", "On so many they fell in this run. How do they fall by "
             "chance?", 17),
        ),
        ("When some fields are taken, how likely does the next mistake fall on one of these?",),
        near=(25, 28), prompt="on how many fields they fall", solution="Look at the mistakes",
    ),
)  # fmt: skip

COMPARING = (
    Estimate(
        "07.3", "What percent does the middle one misread?",
        1.61,
        (
            ("locality taken for nothing", "Then it would help nothing to look nearby.", 2.01),
            ("sharing taken for nothing", "Then it would help nothing to share.", 1.16),
        ),
        ("It looks nearby, as the third does, and shares nothing, as the first.",),
        near=(1.45, 1.75), prompt="where the middle one comes out", solution="Locality and sharing",
    ),
    Estimate(
        "07.4", "What percent does LeNet-5 misread with ten digits of each class?",
        19.03,
        (
            ("guessing", "So would a network that knows nothing. It knows ten of each.", GUESSING),
            ("all digits taken", "So many it misreads with thousands of each class.", 1.16),
        ),
        ("It has a hundred digits to learn from.",),
        near=(12, 28), prompt="with ten digits of each class", solution="With fewer digits",
    ),
    Estimate(
        "07.5", "And the fully connected network?",
        25.15,
        (("guessing", "So would a network that knows nothing. It knows ten of each.", GUESSING),),
        ("It must learn at every place anew what a stroke looks like.",),
        near=(20, 33), prompt="with ten digits of each class", solution="With fewer digits",
    ),
)  # fmt: skip

INSIDE = (
    Reckoning(
        "08.2", "What is the largest difference between the two maps?", 0,
        (("move taken for the difference", "So far it moved, and it was moved back.", 4),),
        ("Does a kernel know at which place of the image it stands?",),
        prompt="by how much the two maps differ", solution="When the digit moves",
    ),
    Estimate(
        "08.3", "By how many pixels can it move and still be read as a 3?",
        5,
        (("maps taken for the answer", "The maps move along. The layer after them has a weight for "
          "each place.", 8),),
        ("Around the digit there is some room, and the layer after S4 has seen none outside of "
         "the middle.",),
        near=(4, 6), prompt="how far to the right can this", solution="When the digit moves",
    ),
)  # fmt: skip

REPRODUCTION = (
    Estimate(
        "09.1", "What is the standard deviation of that number, in digits?",
        round(sqrt(10_000 * 0.0095 * 0.9905), 1),
        (
            ("root forgotten", "That is its square. Take the root.", 10_000 * 0.0095 * 0.9905),
            ("share taken for digits", "That is in percentage points. How many digits are they?",
             0.097),
        ),
        ("The chapter on training has a formula: it takes how many digits there are, and how "
         "likely each is misread.",),
        near=(9, 10.5), prompt="How far from 95 could the number fall",
        solution="What one error is worth",
    ),
    Estimate(
        "09.2", "How many percentage points below the last epoch is the best, on average?",
        0.004,
        (("error taken for the difference", "That is an error. How far are two of them apart?",
          0.83),),
        ("The rate ends at nothing. How much does an epoch change then?",),
        near=(0, 0.03), prompt="how much would the best epoch flatter",
        solution="What a record holds",
    ),
    Estimate(
        "09.3", "What percent of the gain do distortions alone bring?",
        59.0,
        (
            ("recipe forgotten", "Then epochs, rate and temperature would do nothing.", 100),
            ("distortions forgotten", "Then distorted digits would do nothing.", 0),
        ),
        ("The row has a longer recipe too, chosen for distorted digits.",),
        near=(45, 75), prompt="which part of the gain", solution="How an error comes down",
    ),
)  # fmt: skip

MISSED = (
    Estimate(
        "09.6", "How many digits does at least one of the five runs miss?",
        155,
        (
            ("shared mistakes forgotten", "Then no digit would be missed by two runs.",
             RUNS * A_RUN),
            ("all runs taken for one", "Then all would miss the same digits.", A_RUN),
        ),
        ("Some digits are hard for every run, and others only for some.",),
        near=(120, 220), prompt="How many digits does at least one of them miss",
        solution="The digits that are still wrong",
    ),
    Estimate(
        "09.7", "And how many do all five miss?",
        32,
        (
            ("all runs taken for one", "Then all would miss the same digits.", A_RUN),
            ("chance alone", "So it would be if each run missed digits by chance alone.", 0),
        ),
        ("How many of those that a run misses would you misread yourself?",),
        near=(20, 50), prompt="How many digits does at least one of them miss",
        solution="The digits that are still wrong",
    ),
)  # fmt: skip

QUESTIONS = (*TRAINING, *COMPARING, *INSIDE, *REPRODUCTION, *MISSED)
