"""A report as its page shows it, the lot that says how it is printed, and the tables as that lot lays them out."""

import random
import re
import unicodedata
from dataclasses import dataclass
from types import SimpleNamespace

from lxml import html

# Sides of a cell that have a rule, its points, its kind.
BORDERS = {
    "all": ("tblr", 0.5, "solid"), "thin": ("tblr", 0.2, "solid"), "thick": ("tblr", 1.5, "solid"), "dotted": ("tblr", 0.75, "dotted"),
    "double": ("tblr", 2.5, "double"), "apart": ("tblr", 0.5, "solid"), "horizontal": ("tb", 0.5, "solid"),
    "vertical": ("lr", 0.5, "solid"), "none": ("", 0, "solid"), "shaded": ("", 0, "solid"),
}
GAP = 1.5  # points between cells that stand apart


@dataclass
class Cell:
    text: str
    kind: str  # head, label or number
    rows: int
    columns: int
    row: int
    column: int
    align: str = "center"
    bold: bool = False
    shade: str | None = None  # of the ground, as in CSS
    width: float = 0  # points


@dataclass
class Table:
    cells: list  # from left to right, row by row
    rows: int
    shares: list  # of the width, by column
    head: int  # rows of headings that may be repeated on the next page
    widths: list = ()  # points, by column
    size: float = 0  # points, of the letters

    def lines(self):
        return [[cell for cell in self.cells if cell.row == y] for y in range(self.rows)]


def read(folder):
    """The blocks of a page: (h1, h2, h3 or p, text) and (table, Table)."""
    data = (folder / "page.html").read_bytes()
    text = data.decode(re.search(rb"charset=\W?([\w-]+)", data)[1].decode())
    page = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for line in page.iter("br"):
        line.tail = "\n" + (line.tail or "")
    for element in page.get_element_by_id("zoom").iter("h1", "h2", "h3", "p", "table"):
        if element.tag == "table":
            yield "table", _table(element)
        elif not any(above.tag == "table" for above in element.iterancestors()):
            yield element.tag, element.text_content().strip()


def _table(element):
    taken, cells, rows = set(), [], list(element.iter("tr"))
    for y, row in enumerate(rows):
        x = 0
        for cell in row.iter("td"):
            down, across = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            while (y, x) in taken:
                x += 1
            taken |= {(y + dy, x + dx) for dy in range(down) for dx in range(across)}
            kind = cell.get("class") if cell.get("class") in ("head", "number") else "label"
            cells.append(Cell(cell.text_content().strip(), kind, down, across, y, x))
    shares = [float(re.search(r"[\d.]+", column.get("style"))[0]) for column in element.iter("col")]
    # The table of blocks has headings all over.
    head = 0 if element.get("class") == "table2" else min(cell.row for cell in cells if cell.kind != "head")
    return Table(cells, len(rows), shares, head)


def lot(name, program, seed):
    """How a program prints a report: legible to a person, and the same every time. Lengths are points."""
    chance = random.Random(f"{name} {program} {seed}")
    borders = chance.choice(list(BORDERS))
    ruled = BORDERS[borders][0] == "tblr"
    style = SimpleNamespace(
        borders=borders, font=chance.choice(["Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans Mono CJK SC", "WenQuanYi Zen Hei"]),
        latin=chance.choice([None, "Liberation Serif", "Liberation Sans", "DejaVu Sans"]), size=chance.choice([7.5, 8, 9, 10, 10.5]),
        # Without rules only space tells rows apart.
        leading=chance.choice([1.1, 1.2, 1.3, 1.5] if ruled else [1.1, 1.2]),
        pad=(chance.choice([0, 1, 2, 4] if ruled else [3, 5]), chance.choice([1, 2, 4])), margin=chance.choice([36, 57, 72]),
        landscape=chance.random() < 0.2, repeat=chance.random() < 0.5, split=chance.random() < 0.5,
        digits=chance.choice(["plain"] * 4 + ["full", "thousands", "full thousands", "spaced thousands"]),
        broken=ruled and borders != "dotted" and chance.random() < 0.2, labels=chance.choice(["plain", "plain", "spaced", "stacked", "broken"]),
        running=chance.choice(["", "title", "page", "both"]), align=chance.choice(["left", "center", "center", "right"]),
        side=chance.choice(["left", "center"]), valign=chance.choice(["top", "middle", "middle", "bottom"]), bold=chance.random() < 0.2,
        tracking=chance.choice([0, 0, 0, 0.5, 1]))
    if program in ("xhtml2pdf", "reportlab", "fpdf2"):  # none breaks the rows that a label spans: all of them must fit one page
        style.landscape, style.size, style.pad = False, min(style.size, 8), (min(style.pad[0], 3), style.pad[1])
    style.paper = (841.88, 595.27) if style.landscape else (595.27, 841.88)
    return style


def laid(blocks, style):
    """The blocks with their tables as they are printed: texts, places and measures."""
    for kind, block in blocks:
        if kind != "table":
            yield kind, block
            continue
        cells = [Cell(**vars(cell)) for cell in block.cells]
        for cell in cells:
            cell.text = _figure(cell.text, style) if cell.kind == "number" else _label(cell, style, block.head > 0)
            cell.align = {"head": "center", "label": style.side, "number": style.align}[cell.kind]
            cell.bold = style.bold and cell.kind == "head"
            if style.borders == "shaded":
                cell.shade = {"head": "#d9e2f3", "label": "#eeeeee", "number": ("#ffffff", "#f5f5f5")[cell.row % 2]}[cell.kind]
        widths, size = _measured(cells, block.shares, style)
        for cell in cells:
            cell.width = sum(widths[cell.column:][:cell.columns])
        yield kind, Table(cells, block.rows, block.shares, block.head, widths, size)


def _figure(text, style):
    plain = re.sub(r"[,，]", "", unicodedata.normalize("NFKC", text))
    if style.digits == "plain" or not re.fullmatch(r"[-+]?\d+(\.\d+)?", plain):
        return text
    if style.digits.endswith("thousands"):
        mark, (whole, point, rest) = "\u00a0" if style.digits.startswith("spaced") else ",", plain.partition(".")
        plain = re.sub(r"(?<=\d)(?=(\d{3})+$)", mark, whole) + point + rest
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in plain) if style.digits.startswith("full") else plain


def _label(cell, style, narrow):
    text, slim = cell.text, cell.kind == "head" and cell.columns == 1
    if style.labels == "spaced" and len(text) <= 10 and "\n" not in text:
        return " ".join(text)
    if style.labels == "stacked" and narrow and (cell.rows > 3 or (slim and len(text) <= 4)):
        return "\n".join(text.replace("\n", ""))
    if style.labels == "broken" and narrow and slim and len(text) > 3:
        return "\n".join(re.findall("..?", text.replace("\n", "")))
    return text


def _measured(cells, shares, style):
    """The widths of the columns and the size of the letters: no figure is wider than its column, unless it may be broken."""
    apart = GAP * (style.borders == "apart")
    room = style.paper[0] - 2 * style.margin - apart * (len(shares) + 1)
    spare = 2 * style.pad[1] + 2 * BORDERS[style.borders][1] + 1
    labels = {cell.column for cell in cells if cell.columns == 1 and cell.kind == "label"}

    def need(text):
        return sum(1 if ord(c) > 0x2000 else 0.7 for c in text) * size + len(text) * style.tracking + spare

    size = style.size
    while True:
        needs = [2.1 * size + spare] * len(shares)
        for cell in cells:
            if cell.columns == 1 and cell.kind == "number" and not style.broken:
                needs[cell.column] = max(needs[cell.column], need(cell.text))
        rest = room - sum(need for x, need in enumerate(needs) if x not in labels)
        if rest >= 0.3 * room * bool(labels):
            break
        size -= 0.5
    named = min(rest, 0.45 * room) if labels else 0
    free, whole = (rest - named) / (len(shares) - len(labels)), sum(shares[x] for x in labels)
    return [named * share / whole if x in labels else needs[x] + free for x, share in enumerate(shares)], size
