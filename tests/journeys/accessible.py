"""axe-core asked of a page: what is wrong with it, once for each shape a page has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Faults = list[list[Any]]
"""Of each: rule, impact, places."""
ASK = """async tags => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations']})
  return found.violations.map(one => [one.id, one.impact, one.nodes.map(node => node.target)])
}"""
"""What passed is neither written up there nor brought here: that took longer than the rules."""
SHAPE = r"""() => {
  const NAMED = /^(id|for|name|class|role|type|lang|open|hidden|disabled|checked|selected|required|style|tabindex|aria-.*)$/
  const plain = text => text.replace(/[0-9A-HJKMNP-TV-Z]{26}|[0-9]+/g, '0')
  const walk = one => {
    if (one.nodeType === Node.TEXT_NODE) return one.data.trim() ? 'x' : ''
    if (one.nodeType !== Node.ELEMENT_NODE) return ''
    const said = [...one.attributes].map(a => a.name + '=' + (NAMED.test(a.name) ? plain(a.value) : a.value.trim() && 'x')).sort()
    return '<' + one.localName + ' ' + said.join(' ') + '>' + [...one.childNodes].map(walk).join('') + '</>'
  }
  return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, walk(document.documentElement)].join(' ')
}"""
"""Width, colours, elements and attributes, with words and numbers made alike: the rules ask for no more of a page but that its words are there."""


class Axe:
    """Called with a page; gives its faults. A page of a shape that was judged before has the same: it is not asked again."""

    def __init__(self) -> None:
        assert AXE.exists(), "set-up did not install axe-core: run `make test`, which does"
        self.source = AXE.read_text()
        self.known: dict[str, Faults] = {}

    def __call__(self, page: Page) -> Faults:
        shape = str(page.evaluate(SHAPE))
        if shape not in self.known:
            page.evaluate(self.source)
            self.known[shape] = page.evaluate(ASK, TAGS)
        return self.known[shape]
