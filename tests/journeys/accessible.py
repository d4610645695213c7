"""axe-core asked of a page: what is wrong with it, once for each shape a page has.

A page is judged by a copy of it in a window that stays: there axe is read once and is warm, which made four fifths of the browser's work.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TABLET = 768
"""Pixels. A tablet shows the parts of the phone's page or of the laptop's: there only its measures are taken."""
Faults = list[list[Any]]
"""Of each: rule, impact, places."""
ASK = """async tags => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations']})
  return found.violations.map(one => [one.id, one.impact, one.nodes.map(node => node.target)])
}"""
"""What passed is neither written up there nor brought here: that took longer than the rules."""
COPY = r"""() => {
  const NAMED = /^(id|for|name|class|role|type|lang|open|hidden|disabled|checked|selected|required|style|tabindex|aria-.*)$/
  const plain = text => text.replace(/[0-9A-HJKMNP-TV-Z]{26}|[0-9]+/g, '0')
  const walk = one => {
    if (one.nodeType === Node.TEXT_NODE) return one.data.trim() ? 'x' : ''
    if (one.nodeType !== Node.ELEMENT_NODE) return ''
    const said = [...one.attributes].map(a => a.name + '=' + (NAMED.test(a.name) ? plain(a.value) : a.value.trim() && 'x')).sort()
    return '<' + one.localName + ' ' + said.join(' ') + '>' + [...one.childNodes].map(walk).join('') + '</>'
  }
  const copy = document.documentElement.cloneNode(true)
  const typed = [...document.querySelectorAll('input, textarea, option')]
  copy.querySelectorAll('input, textarea, option').forEach((one, n) => {
    if (one.localName === 'textarea') one.textContent = typed[n].value
    else if (one.localName === 'option') one.toggleAttribute('selected', typed[n].selected)
    else if (['checkbox', 'radio'].includes(one.type)) one.toggleAttribute('checked', typed[n].checked)
    else if (one.type !== 'file') one.setAttribute('value', typed[n].value)
  })
  copy.querySelectorAll('script').forEach(one => one.remove())
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  return {dark, origin: location.origin, html: '<!doctype html>' + copy.outerHTML, shape: [innerWidth, dark, walk(copy)].join(' ')}
}"""
"""The page as it stands, with what was typed and pressed, without its scripts. ``shape``: width, colours, elements and attributes, with words and
numbers made alike: the rules ask no more of a page but that its words are there."""


class Axe:
    """Called with a page; gives its faults. A page of a shape that was judged before has the same: it is not asked again."""

    def __init__(self) -> None:
        assert AXE.exists(), "set-up did not install axe-core: run `make test`, which does"
        self.source = AXE.read_text()
        self.known: dict[str, Faults] = {}
        self.windows: dict[Browser, Page] = {}

    def __call__(self, page: Page) -> Faults:
        page.wait_for_load_state()
        size = page.viewport_size
        if size is not None and size["width"] == TABLET:
            return []
        copy = page.evaluate(COPY)
        if copy["shape"] not in self.known:
            self.known[copy["shape"]] = self._judge(page, copy)
        return self.known[copy["shape"]]

    def _judge(self, page: Page, copy: dict[str, Any]) -> Faults:
        window, size = self._window(page, copy["origin"]), page.viewport_size
        window.context.clear_cookies()
        window.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what it gives and what it takes differ in their types alone
        assert size is not None
        window.set_viewport_size(size)
        window.emulate_media(color_scheme="dark" if copy["dark"] else "light")
        window.set_content(copy["html"])
        found: Faults = window.evaluate(ASK, TAGS)
        return found

    def _window(self, page: Page, origin: str) -> Page:
        """Of the same origin, so that styles and fonts are the page's own; its policy is not asked, for styles that scripts set stand in the copy."""
        browser = page.context.browser
        assert browser is not None
        if browser not in self.windows:
            self.windows = {browser: browser.new_context(locale="id-ID", reduced_motion="reduce", bypass_csp=True).new_page()}
        window = self.windows[browser]
        if origin != window.evaluate("location.origin") or not window.evaluate("'axe' in window"):
            window.goto("about:blank" if origin == "null" else origin)
            window.evaluate(self.source)
        return window
