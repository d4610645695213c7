"""Letters keep paragraphs, lists, tables, bold and italic; nothing else gets through, whatever is pasted."""

import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms import rich

ALLOWED = {"p", "ul", "ol", "li", "table", "tr", "th", "td", "strong", "em", "br"}


class Strict(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []

    def handle_starttag(self, tag: Any, attrs: Any) -> None:
        assert tag in ALLOWED, tag
        assert attrs == []
        if tag != "br":
            self.stack.append(tag)

    def handle_endtag(self, tag: Any) -> None:
        assert self.stack.pop() == tag


def well_formed(html: Any) -> None:
    reader = Strict()
    reader.feed(html)
    reader.close()
    assert reader.stack == []


def test_light_marks_become_a_letter_body() -> None:
    typed = "Dengan hormat,\n\n1. **Pertama** hal\n2. *Kedua* hal\n\n- satu\n- dua\n\n| Nama | Jumlah |\n| Kursi | 4 |\n\nHormat & salam <kami>"
    assert rich.clean(typed) == (
        "<p>Dengan hormat,</p><ol><li><strong>Pertama</strong> hal</li><li><em>Kedua</em> hal</li></ol><ul><li>satu</li><li>dua</li></ul>"
        "<table><tr><td>Nama</td><td>Jumlah</td></tr><tr><td>Kursi</td><td>4</td></tr></table><p>Hormat &amp; salam &lt;kami&gt;</p>"
    )


def test_pasted_html_loses_everything_dangerous_and_keeps_its_words() -> None:
    pasted = '<p onclick="x()" style="color:red">Halo <script>alert(1)</script><b>tebal</b></p><a href="javascript:x">tautan</a><img src=x onerror=y><div>akhir</div>'
    assert rich.clean(pasted) == "<p>Halo <strong>tebal</strong></p><p>tautan</p><p>akhir</p>"


def test_broken_nesting_is_mended_and_depth_is_bounded() -> None:
    assert rich.clean("<ul><li>a<ul><li>b<ul><li>c<ul><li>d").count("<ul>") == 3
    assert rich.clean("<td>lepas</td>") == "<p>lepas</p>"
    assert rich.clean("<li>x</li>") == "<p>x</p>"
    deep = "<div>" * 5000 + "isi" + "</div>" * 5000
    assert rich.clean(deep) == "<p>isi</p>"


tag = st.sampled_from(
    ["p", "ul", "ol", "li", "table", "tr", "td", "th", "b", "i", "strong", "em", "br", "div", "script", "style", "h1", "span", "svg"]
)
piece = st.one_of(
    tag.map("<{}>".format),
    tag.map("</{}>".format),
    tag.map('<{} class="a" onclick=b>'.format),
    st.text(max_size=6),
    st.sampled_from(["&lt;", "<", "&amp;b", "<!--", "-->", "**", "*", "- ", "| a |", "\n"]),
)


@given(st.lists(piece, max_size=25).map("".join))
def test_whatever_comes_in_clean_html_goes_out_and_stays(pasted: Any) -> None:
    once = rich.clean(pasted)
    well_formed(once)
    assert rich.clean(once) == once


@given(st.lists(piece, max_size=15).map("".join))
def test_editing_leads_back_to_the_same_html(pasted: Any) -> None:
    html = rich.clean(pasted)
    assert rich.clean(rich.marks(html)) == html


def test_a_person_edits_marks_not_tags() -> None:
    html = rich.clean("Yth.\n\n- satu\n- **dua**\n\n| a | b |\n| c | d |")
    assert "<" not in rich.marks(html)
    assert re.sub(r"\s+", " ", rich.words(html)) == "Yth. satu dua a | b c | d"
