"""What a page does in Chromium: what it asks for, what it logs, what axe says, how wide it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from .pages import SENDS_ON, SITE

DISK = f"{SITE.as_uri()}/"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
WIDTHS = (360, 768, 1280, 1920)
# On a phone in the dark, so that axe sees both the narrow page and the wide one.
COLOURS = {
    "light": ({"color_scheme": "light"}, DESK),
    "dark": ({"color_scheme": "dark"}, PHONE),
    "forced": ({"forced_colors": "active"}, DESK),
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"type": "tag", "values": TAGS}
# What may differ from light colours on a desk.
BY_LOOK = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# Nine tenths of axe's time go into colours: where it is to be quick, each look is asked for once.
SAMPLE = """() => {
    const seen = new Set();
    const look = (element) => { const style = getComputedStyle(element);
        return [style.color, style.backgroundColor, style.opacity, style.font]; };
    for (const element of document.querySelectorAll("body *")) {
        const texts = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
        const looks = [element, element.parentElement].map(look).join();
        const shown = element.checkVisibility() && texts.some(text => text.data.trim());
        if (!shown || seen.has(looks)) continue;
        seen.add(looks);
        element.dataset.sample = "";
    }
}"""
SAMPLED = """axe.configure({rules: [{id: "color-contrast", selector: "[data-sample]"},
    {id: "link-in-text-block", selector: "a[data-sample]"}]});"""
OPEN_FOLDS = """() => {
    document.querySelectorAll("details").forEach(fold => { fold.open = true; });
    document.documentElement.classList.remove("guessing"); }"""  # what waits for a guess
PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
OVER = "document.documentElement.scrollWidth - window.innerWidth"
BOXES = """() => [...document.querySelectorAll("body *")].filter(box =>
    box.scrollWidth > box.clientWidth && box.clientWidth &&
    ["auto", "scroll"].includes(getComputedStyle(box).overflowX)
).map(box => `${box.localName}.${box.classList[0] ?? ""} in #${box.closest("[id]")?.id}`)"""


@contextmanager
def visit(browser: Browser, name: str, site: str, **how) -> Iterator[Page]:
    """A page that has loaded; `page.others` asked other hosts, `page.errors` were logged."""
    with browser.new_context(reduced_motion="reduce", **how) as context:
        page = context.new_page()
        page.others, page.errors = [], []
        page.on("request", lambda asked: note_other(page, asked.url, site))
        page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        # A page that sends its reader on is left at once: only the other one can be asked.
        page.goto(site + name, wait_until="commit")
        page.wait_for_url(site + SENDS_ON.get(name, name), wait_until="load")
        page.evaluate("document.fonts.ready.then(() => true)")
        page.wait_for_timeout(200)  # so that a script which asks or throws late is seen too
        yield page


def note_other(page: Page, url: str, site: str) -> None:
    """Keep an address that is not the site's own."""
    if not url.startswith((site, "data:")):
        page.others.append(url)


def axe(page: Page, colours: str, quick: bool = False) -> list[str]:
    """What axe finds on a page in these colours, its folds open: rule, how often, where first."""
    media, size = COLOURS[colours]
    page.set_viewport_size(size)
    page.emulate_media(**{"color_scheme": "light", "forced_colors": "none", **media})
    page.evaluate(PAINTED)  # else axe may see the colours from before
    page.evaluate(OPEN_FOLDS)
    rules = BY_LOOK if quick and colours != "light" else ALL
    if quick:
        page.evaluate(SAMPLE)
    engine = Axe(AXE_SCRIPT + SAMPLED) if quick else Axe()
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    found = engine.run(page, options=options)
    return [
        f"{rule['id']}, {len(rule['nodes'])} of them, as at {rule['nodes'][0]['target'][0]}"
        for rule in found.response["violations"]
    ]


def wide(page: Page) -> list[str]:
    """The widths of a window at which a page scrolls sideways."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if (over := page.evaluate(OVER)) > 0:
            found.append(f"{over} px too wide at {width} px")
    return found


def boxes(page: Page) -> list[str]:
    """The boxes that scroll sideways on a phone, folds open."""
    page.set_viewport_size(PHONE)
    page.evaluate(OPEN_FOLDS)
    return page.evaluate(BOXES)


def measures(
    browser: Browser, name: str, site: str, disk: str = DISK, quick: bool = False
) -> dict[str, list[str]]:
    """What a page does in Chromium, from disk and from the server of a site, by column."""
    with visit(browser, name, disk) as page:
        found = {"wide": wide(page), "boxes": boxes(page)}
        others, errors = page.others, page.errors
    with visit(browser, name, site) as page:
        found |= {colours: axe(page, colours, quick) for colours in COLOURS}
        return {"host": others + page.others, "log": errors + page.errors, **found}
