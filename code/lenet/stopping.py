"""Ctrl-C in the shell: one line, whatever Python is doing, also importing the package."""

import os
import signal
import sys


def stop(*_) -> None:
    """Say that it is stopped, and end at once with exit code 130."""
    try:
        os.write(2, b"lenet: stopped\n")
    finally:
        os._exit(130)


def stops_on_ctrl_c() -> None:
    """From now on Ctrl-C is one line and no traceback."""
    signal.signal(signal.SIGINT, stop)


# While `python -m lenet` looks for the module, its name is "-m" and then the arguments follow.
if sys.argv[:1] == ["-m"] and sys.orig_argv[-len(sys.argv)].removeprefix("-m") == "lenet":
    stops_on_ctrl_c()
