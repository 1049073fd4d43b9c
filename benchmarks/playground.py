"""How fast the playground answers: a forward pass, a stroke, and drawing on a slow processor.

    python benchmarks/playground.py

opens the built page in the system's Chromium, without a window. Times are those of this
machine while nothing else runs; medians, and the 95th percentile in brackets.
"""

import sys
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median, quantiles

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "_build/html/chapters/11_playground.html"
sys.path.append(str(ROOT / "tools"))
from audit.visits import CHROMIUM  # noqa: E402

SLOWED = 4  # times, as on an old phone
FORWARD = """() => {
    const { networks, levels, digits } = JSON.parse(
        document.querySelector("#widget-playground script").textContent);
    const layers = Forward.prepared(networks["lenet5-1998"], Weights.taken["lenet5-1998"]);
    const strokes = digits[3].map((stroke) => stroke.map((point) => point.map((at) => 280 * at)));
    const image = Digit.forNetwork(Digit.form(strokes, Digit.AS_DRAWN).field, levels);
    return Array.from({ length: 400 }, () => {
        const start = performance.now();
        Forward.run(layers, image);
        return performance.now() - start; }).slice(100); }"""
WATCH = """() => {
    const pad = document.querySelector("#widget-playground .pad");
    window.answers = []; window.frames = []; let moved = null;
    pad.addEventListener("pointermove", () => { moved ??= performance.now(); }, true);
    const frame = (now) => {
        frames.push(now);
        requestAnimationFrame(frame);
        setTimeout(() => {  // when this frame has been painted
            if (moved !== null) answers.push(performance.now() - moved);
            moved = null; }); };
    requestAnimationFrame(frame); }"""


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.goto(PAGE.as_uri())
        page.locator("#widget-playground").scroll_into_view_if_needed()
        page.wait_for_function('Weights.taken["lenet5-1998"]')
        print(f"forward pass of LeNet-5, all maps: {told(page.evaluate(FORWARD))}")
        page.evaluate(WATCH)
        draw(page)
        print(f"from a stroke to its answer:       {told(page.evaluate('answers'))}")
        slow = page.context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.evaluate("frames.length = answers.length = 0")
        draw(page)
        times = page.evaluate("frames")
        gaps = [after - before for before, after in pairwise(times)]
        rate = 1000 / fmean(gaps)
        print(f"drawing, processor {SLOWED} times slower:  {rate:.0f} frames a second")
        print(f"  from one frame to the next:      {told(gaps)}")
        print(f"  from a stroke to its answer:     {told(page.evaluate('answers'))}")
        browser.close()


def draw(page: Page) -> None:
    """A spiral of 300 moves of the pen."""
    box = page.locator("#widget-playground .pad").first.bounding_box()
    x, y, side = box["x"], box["y"], box["width"]
    page.mouse.move(x + side / 2, y + side / 2)
    page.mouse.down()
    for step in range(300):
        reach = 0.1 + 0.3 * (step % 150) / 150
        across, along = ((step % 20) - 10) / 20, ((step % 30) - 15) / 30
        page.mouse.move(x + side * (0.5 + reach * across), y + side * (0.5 + reach * along))
    page.mouse.up()


def told(times: list[float]) -> str:
    return f"{median(times):.1f} ms ({quantiles(times, n=20)[-1]:.1f})"


if __name__ == "__main__":
    main()
