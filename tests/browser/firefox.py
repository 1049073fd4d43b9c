"""Firefox, driven by the protocol that it speaks itself: WebDriver BiDi, over a WebSocket."""

import itertools
import json
import re
import shutil
import subprocess
import tempfile
import threading
from queue import Empty, Queue

from websocket import create_connection

FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
PATIENCE = 120  # seconds, on a busy machine; it starts in two
ENTER = "\ue007"


class Firefox:
    """A window with one page; `said` are its errors, `asked` the addresses that it asked for."""

    def __enter__(self) -> "Firefox":
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        how = ("--headless", "--no-remote", "--remote-debugging-port", "0")
        self._process = subprocess.Popen(
            [FIREFOX, *how, "--profile", self._profile.name],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._ids, self.said, self.asked = itertools.count(), [], []
        try:
            self._socket = create_connection(
                f"{self._address()}/session", suppress_origin=True, timeout=PATIENCE
            )
            self.call("session.new", capabilities={})
            self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
            self._page = self.call("browsingContext.create", type="tab")["context"]
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error) -> None:
        self._process.kill()
        self._process.wait()
        self._profile.cleanup()

    def _address(self) -> str:
        """Where it listens; it says so when it has started. Its words are read to their end."""
        found: Queue[str] = Queue()

        def read() -> None:
            for line in self._process.stderr:
                if match := re.search(r"BiDi listening on (ws://\S+)", line):
                    found.put(match[1])

        threading.Thread(target=read, daemon=True).start()
        try:
            return found.get(timeout=PATIENCE)
        except Empty:
            raise TimeoutError(f"Firefox did not start within {PATIENCE} s") from None

    def call(self, method: str, **params) -> dict:
        """What it answers to a command of the protocol."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]
            self._keep(message)

    def _keep(self, event: dict) -> None:
        if event["method"] == "network.beforeRequestSent":
            self.asked.append(event["params"]["request"]["url"])
        elif event["params"]["level"] == "error":
            self.said.append(event["params"]["text"])

    def open(self, address: str) -> None:
        """Opens a page and waits until it is there."""
        self.call("browsingContext.navigate", context=self._page, url=address, wait="complete")

    def run(self, script: str) -> dict:
        """What an expression of JavaScript comes to, as the protocol writes it."""
        where = {"context": self._page}
        found = self.call("script.evaluate", expression=script, target=where, awaitPromise=True)
        assert found["type"] == "success", found
        return found["result"]

    def wait_for(self, words: str, selector: str) -> None:
        """Waits until an element has these words."""
        self.run(f"""new Promise((done, fail) => {{
            const end = Date.now() + {1000 * PATIENCE};
            const look = () => {{
                const found = document.querySelector({json.dumps(selector)});
                if (found && found.innerText.includes({json.dumps(words)})) done();
                else if (Date.now() > end) fail(Error(found ? found.innerText : "nothing there"));
                else setTimeout(look, 50); }};
            look(); }})""")

    def press(self, widget: str, name: str) -> None:
        """A click with the mouse on the button or field of that name."""
        found = self.run(f"""[...document.querySelectorAll(
                "{widget} :is(button, input, select)")].find((one) => one.offsetParent &&
                [one.textContent, one.ariaLabel, one.labels?.[0]?.innerText.trim()]
                    .includes({json.dumps(name)}))""")
        element = {"type": "element", "element": {"sharedId": found["sharedId"]}}
        self.call(
            "script.callFunction",
            functionDeclaration="""one =>
                one.scrollIntoView({ block: "center", behavior: "instant" })""",
            arguments=[{"sharedId": found["sharedId"]}], target={"context": self._page},
            awaitPromise=False,
        )  # fmt: skip
        moves = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": element},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": moves})

    def type(self, keys: str) -> None:
        """Keys that are pressed one after the other, where the focus is."""
        pressed = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": pressed})

    def _act(self, action: dict) -> None:
        self.call("input.performActions", context=self._page, actions=[action])
