"""Faults of the expressions of a process: names nobody declared, columns and words that do not exist, what a condition cannot count."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expr import FUNCTIONS, NUMBER_OF, TIMES, Compare, Expr, Function, Has, In, Name, Value, used, walk
from engine.fields import Field
from engine.nodes import Call, Dispose, Each, Open, Sign, Task, Wait, When
from engine.process import Fact, Process
from engine.ranks import ATTRIBUTES


def faults(process: Process) -> Iterator[str]:
    """Lines without the process code."""
    for name, node in process.tree.nodes.items():
        if isinstance(node, When):
            yield from expression(process, node.test, f"syarat {name}", flow=True)
        elif isinstance(node, Call):
            for argument in node.args:
                yield from expression(process, argument.value, f"tindakan {name}, argumen {argument.name}")
        elif isinstance(node, Open):
            for argument in node.hands:
                yield from expression(process, argument.value, f"membuka {name}, isian {argument.name}")
        elif isinstance(node, Wait) and node.until is not None:
            yield from expression(process, node.until, f"tunggu {name}")
        elif isinstance(node, (Task, Sign, Dispose)):
            yield from _needs(process, node)
            if isinstance(node, Sign) and isinstance(node.definitive, Expr):
                yield from expression(process, node.definitive, f"definitive {name}", flow=True)
        elif isinstance(node, Each) and "." in node.over:
            yield f"{name}: {node.over} harus nama isian atau fakta tanpa kolom"
    for fact in process.facts:
        if fact.value is not None:
            yield from expression(process, fact.value, f"fakta {fact.name}")
            if fact.source == "computed" and fact.name in {n.name for n in used(fact.value)}:
                yield f"fakta {fact.name} dihitung dari dirinya sendiri"
    yield from _form(process, process.form, "isian ", ())
    for document in process.documents:
        if document.classification is not None:
            yield from expression(process, document.classification, f"kode klasifikasi naskah {document.code}")
        if document.key is not None:
            yield from expression(process, document.key, f"kunci nomor naskah {document.code}")
        if ("{kunci}" in document.number) != (document.key is not None):
            yield f"naskah {document.code}: nomor dan kuncinya tidak sejalan; tulis {{kunci}} pada nomor bila ada key, dan sebaliknya"
    for attachment in process.attachments:
        if isinstance(attachment.required, Expr):
            yield from expression(process, attachment.required, f"lampiran {attachment.name}")


def _needs(process: Process, node: Task | Sign | Dispose) -> Iterator[str]:
    for outcome in node.outcomes:
        for name in outcome.needs:
            if process.declared(name) is None:
                yield f"langkah {node.name}, tindakan {outcome.name} memerlukan {name}, yang bukan isian atau fakta; nyatakan dahulu"
        for rule in outcome.rules:
            yield from expression(process, rule.test, f"langkah {node.name}, syarat tindakan {outcome.name}", flow=True)
            if not used(rule.test):
                yield f"langkah {node.name}, syarat tindakan {outcome.name} tidak menyebut isian; sebut yang harus diperbaiki"


def _form(process: Process, form: tuple[Field, ...], inside: str, columns: tuple[Field, ...]) -> Iterator[str]:
    for f in form:
        if isinstance(f.required, Expr):
            yield from expression(process, f.required, f"{inside}{f.name}", columns, form=True)
        for rule in f.rules:
            yield from expression(process, rule.test, f"aturan {inside}{f.name}", columns, form=True)
        for part, text in ((f.computed, "hitungan"), (f.initial, "isian awal")):
            if part is not None:
                yield from expression(process, part, f"{text} {inside}{f.name}", columns, form=True)
        yield from _form(process, f.columns, f"{inside}{f.name}.", f.columns)


def expression(process: Process, expr: Expr, where: str, columns: tuple[Field, ...] = (), *, flow: bool = False, form: bool = False) -> Iterator[str]:
    """Faults of one expression. ``columns``: those of the table it stands in, which it may name bare. ``form``: books are at hand."""
    for part in walk(expr):
        if isinstance(part, Name):
            yield from _name(process, part, where, columns, form)
        elif isinstance(part, Function):
            if part.name not in FUNCTIONS:
                yield f"{where}: fungsi {part.name} tidak dikenal"
            if flow and part.name == "working_days":
                yield f"{where}: hari kerja tidak dapat dihitung di dalam syarat; biarkan tindakan compute memberinya sebagai fakta"
        for name, word in _words(part):
            declared = _of(process, name, columns)
            if declared is not None and declared.choices and str(word) not in declared.choices:
                yield f"{where}: {_text(name)} dibandingkan dengan {word}, yang bukan pilihannya ({', '.join(declared.choices)})"


def _of(process: Process, name: Name, columns: tuple[Field, ...]) -> Field | Fact | None:
    if name.column:
        table = process.declared(name.name)
        return next((c for c in table.columns if c.name == name.column), None) if table else None
    return next((c for c in columns if c.name == name.name), None) or process.declared(name.name)


def _name(process: Process, name: Name, where: str, columns: tuple[Field, ...], form: bool) -> Iterator[str]:
    if name.name == "applicant":
        if not name.column:
            yield f"{where}: applicant harus diikuti sifatnya, misalnya applicant.golongan"
        return
    if name.name.startswith(NUMBER_OF):
        if name.name.removeprefix(NUMBER_OF) not in process.document:
            yield f"{where}: naskah {name.name.removeprefix(NUMBER_OF)} tidak dikenal"
        return
    if name.name.startswith(TIMES):
        step, _, word = name.name.removeprefix(TIMES).partition(":")
        if all(word != one.name for one in getattr(process.tree.nodes.get(step), "outcomes", ())):
            yield f"{where}: langkah {step} dengan pilihan {word} tidak dikenal"
        return
    if not name.column:
        # An attachment is no field of the engine, but a rule may count its files.
        if _of(process, name, columns) is None and all(name.name != one.name for one in process.attachments):
            yield f"{where}: {name.name} bukan isian atau fakta; nyatakan dahulu"
        return
    table = next((c for c in columns if c.name == name.name), None) or process.declared(name.name)
    if table is not None and form and name.column in ATTRIBUTES.get(table.type, ()):
        return
    if table is None:
        yield f"{where}: {name.name} bukan isian atau fakta; nyatakan dahulu"
    elif _of(process, name, columns) is None and process.fact.get(name.column) is None:
        yield f"{where}: {name.name} tidak punya kolom {name.column}"


def _words(part: Expr) -> list[tuple[Name, object]]:
    match part:
        case Compare("=" | "!=", Name() as name, Value(str() as word)):
            return [(name, word)]
        case Has(Name() as name, str() as word):
            return [(name, word)]
        case In(Name() as name, words):
            return [(name, w) for w in words]
    return []


def _text(name: Name) -> str:
    return f"{name.name}.{name.column}" if name.column else name.name
