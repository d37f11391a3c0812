"""Programs that print a report as a PDF. Each takes the blocks that `printed.laid` gives, a style and the path of the PDF to write."""

import os
import subprocess
import tempfile
from html import escape
from pathlib import Path

from printed import BORDERS, GAP

FACE = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"  # for those that want a file
SIZES = {"h1": 15, "h2": 12, "h3": 10.5, "p": 10}
SIDES = {"t": "top", "b": "bottom", "l": "left", "r": "right"}


def _head(blocks, style):
    return next(text for kind, text in blocks if kind == "h1") if style.running in ("title", "both") else ""


def _foot(style, number):
    return f"— {number} —" if style.running in ("page", "both") else ""


def page(blocks, style, faces=None, fixed="columns"):
    """HTML. `faces` replaces the fonts; the widths are `fixed` by columns, by cells, or left to the program."""
    sides, points, line = BORDERS[style.borders]
    rules = "".join(f"border-{SIDES[side]}:{points}pt {line} #000;" for side in sides)
    faces = faces or ", ".join(f"'{name}'" for name in (style.latin, style.font) if name)
    apart, foot = style.borders == "apart", '"— " counter(page) " —"' if _foot(style, 1) else '""'
    out = [f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><style>
@page {{ size: A4 {"landscape" if style.landscape else "portrait"}; margin: {style.margin}pt;
@top-center {{ content: "{_head(blocks, style)}"; font-size: 8pt }} @bottom-center {{ content: {foot}; font-size: 9pt }} }}
body {{ font-family: {faces}; font-size: 10pt; line-height: 1.5; margin: 0 }} h1 {{ font-size: 15pt; text-align: center }} h2 {{ font-size: 12pt }}
table {{ border-collapse: {"separate" if apart else "collapse"}; border-spacing: {GAP}pt; line-height: {style.leading} }}
tr {{ page-break-inside: {"auto" if style.split else "avoid"} }}
td {{ padding: {style.pad[0]}pt {style.pad[1]}pt; vertical-align: {style.valign}; word-break: break-all }}
</style></head><body>"""]
    for kind, block in blocks:
        if kind != "table":
            out.append(f"<{kind}>{escape(block)}</{kind}>")
            continue
        wide, heads = sum(block.widths) + GAP * (len(block.widths) + 1) * apart, block.head * style.repeat
        out.append(f'<table cellspacing="{2 * apart}" style="font-size:{block.size}pt;')
        out.append(f'table-layout:fixed;width:{wide:.1f}pt" width="{wide * 4 / 3:.0f}">' if fixed else '">')
        out += [f'<col width="{width * 4 / 3:.0f}" style="width:{width:.1f}pt">' for width in block.widths if fixed]
        for y, line in enumerate(block.lines()):
            out.append(("<thead>" if y == 0 else "</thead><tbody>" if y == heads else "") * (heads > 0) + "<tr>")
            for cell in line:
                look = rules + f"text-align:{cell.align};" + f"background:{cell.shade};" * bool(cell.shade) + "font-weight:bold;" * cell.bold
                look += f"width:{cell.width:.1f}pt;" * (fixed == "cells")
                if cell.kind == "number":
                    look += f"letter-spacing:{style.tracking}pt;" * (style.tracking > 0) + "white-space:nowrap;" * (not style.broken)
                spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
                out.append(f'<td{spans} style="{look}">{escape(cell.text).replace(chr(10), "<br>")}</td>')
            out.append("</tr>")
        out.append("</tbody></table>" if heads else "</table>")
    return "".join(out) + "</body></html>"


def _call(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)


def _source(blocks, style, target):
    source = target.with_suffix(".html")
    source.write_text(page(blocks, style))
    return source


def weasyprint(blocks, style, target):
    from weasyprint import HTML

    HTML(string=page(blocks, style)).write_pdf(target)


def chromium(blocks, style, target):
    source = _source(blocks, style, target)
    _call("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri())


def wkhtmltopdf(blocks, style, target):
    margins = [part for side in "TBLR" for part in (f"-{side}", f"{style.margin}pt")]
    lie = "Landscape" if style.landscape else "Portrait"
    _call("wkhtmltopdf", "-q", "-s", "A4", "-O", lie, *margins, _source(blocks, style, target), target)


def _soffice(source, *options):
    profile = Path(tempfile.gettempdir(), f"soffice-{os.getpid()}").as_uri()
    _call("soffice", "--headless", f"-env:UserInstallation={profile}", *options, "--convert-to", "pdf:writer_pdf_Export", "--outdir", source.parent, source)


def soffice_html(blocks, style, target):
    _soffice(_source(blocks, style, target), "--infilter=HTML (StarWriter)")


def soffice_docx(blocks, style, target):
    import docx
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Pt

    def xml(name, rest="/>"):
        return parse_xml(f"<w:{name} {nsdecls('w')} {rest}")

    def write(paragraph, text, size, leading=1.5, align="left", cell=None):
        run = paragraph.add_run(text)
        run.font.size, run.font.name, run.bold = Pt(size), style.latin or style.font, cell is not None and cell.bold
        run._r.rPr.rFonts.set(qn("w:eastAsia"), style.font)
        if cell and cell.kind == "number" and style.tracking:
            run._r.rPr.append(xml("spacing", f'w:val="{20 * style.tracking:.0f}"/>'))
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), leading
        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT[align.upper()]

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = map(Pt, style.paper)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(style.margin)
    section.header.paragraphs[0].text = _head(blocks, style)
    if _foot(style, 1):
        section.footer.paragraphs[0]._p.append(xml("fldSimple", 'w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))

    sides, points, line = BORDERS[style.borders]
    kinds = {side: {"solid": "single"}.get(line, line) if side in sides else "none" for side in SIDES}
    edges = [("top", "t"), ("left", "l"), ("bottom", "b"), ("right", "r"), ("insideH", "t"), ("insideV", "l")]
    rules = "".join(f'<w:{edge} w:val="{kinds[side]}" w:sz="{max(2, round(8 * points))}" w:color="000000"/>' for edge, side in edges)
    pads = "".join(f'<w:{SIDES[side]} w:w="{20 * pad}" w:type="dxa"/>' for side, pad in zip("tlbr", style.pad * 2))
    for kind, block in blocks:
        if kind != "table":
            write(document.add_paragraph(), block, SIZES[kind], align="center" if kind == "h1" else "left")
            continue
        table = document.add_table(block.rows, len(block.widths))
        table.autofit = False
        table._tbl.tblPr.append(xml("tblBorders", f">{rules}</w:tblBorders>"))
        table._tbl.tblPr.append(xml("tblCellMar", f">{pads}</w:tblCellMar>"))
        for column, width in zip(table.columns, block.widths):
            column.width = Pt(width)
        for y, row in enumerate(table.rows):
            marks = ["cantSplit"] * (not style.split) + ["tblHeader"] * (style.repeat and y < block.head)
            row._tr.get_or_add_trPr().extend(xml(mark) for mark in marks)
        for cell in block.cells:
            place = table.cell(cell.row, cell.column)
            if cell.rows * cell.columns > 1:
                place = place.merge(table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
            place.width = Pt(cell.width)
            place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT[{"middle": "CENTER"}.get(style.valign, style.valign.upper())]
            if cell.shade:
                place._tc.tcPr.append(xml("shd", f'w:val="clear" w:fill="{cell.shade[1:]}"/>'))
            write(place.paragraphs[0], cell.text, block.size, style.leading, cell.align, cell)
    source = target.with_suffix(".docx")
    document.save(source)
    _soffice(source)


def xhtml2pdf(blocks, style, target):
    from xhtml2pdf import pisa

    extra = f"<style>@font-face {{ font-family: wqy; src: url({FACE}) }} body {{ -pdf-word-wrap: CJK }}"
    with target.open("wb") as file:
        pisa.CreatePDF(page(blocks, style, "wqy", "cells").replace("<style>", extra, 1), file, encoding="utf-8", path=FACE)


def story(blocks, style, target):
    import pymupdf

    text = page(blocks, style, "wqy", None).replace("<style>", f"<style>@font-face {{ font-family: wqy; src: url({Path(FACE).name}) }}", 1)
    made, writer, more = pymupdf.Story(text, archive=str(Path(FACE).parent)), pymupdf.DocumentWriter(str(target)), True
    paper = pymupdf.Rect(0, 0, *style.paper)
    while more:
        device = writer.begin_page(paper)
        more, _ = made.place(paper + (style.margin, style.margin, -style.margin, -style.margin))
        made.draw(device)
        writer.end_page()
    writer.close()


def reportlab(blocks, style, target):
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import cidfonts, pdfmetrics, ttfonts
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    face = "STSong-Light" if "Serif" in style.font else "wqy"  # the first is not embedded
    pdfmetrics.registerFont(ttfonts.TTFont(face, FACE) if face == "wqy" else cidfonts.UnicodeCIDFont(face))

    def words(text, size, align, leading=1.5):
        align = ["left", "center", "right"].index(align)
        look = ParagraphStyle("", fontName=face, fontSize=size, leading=size * leading, wordWrap="CJK", alignment=align)
        return Paragraph(escape(text).replace("\n", "<br/>"), look)

    def running(canvas, document):
        canvas.setFont(face, 8)
        canvas.drawCentredString(style.paper[0] / 2, style.paper[1] - 25, _head(blocks, style))
        canvas.drawCentredString(style.paper[0] / 2, 20, _foot(style, document.page))

    sides, points, line = BORDERS[style.borders]
    edges = {"t": "LINEABOVE", "b": "LINEBELOW", "l": "LINEBEFORE", "r": "LINEAFTER"}
    rule = (points, "#000000", None, (0.5, 1) if line == "dotted" else None, None, 2 if line == "double" else 1, 1)
    whole, flow = ((0, 0), (-1, -1)), []
    for kind, block in blocks:
        if kind != "table":
            flow.append(words(block, SIZES[kind], "center" if kind == "h1" else "left"))
            continue
        rows = [[""] * len(block.widths) for _ in range(block.rows)]
        look = [("VALIGN", *whole, style.valign.upper()), ("TOPPADDING", *whole, style.pad[0]), ("BOTTOMPADDING", *whole, style.pad[0] + 1),
                ("LEFTPADDING", *whole, style.pad[1]), ("RIGHTPADDING", *whole, style.pad[1])]
        for cell in block.cells:
            area = (cell.column, cell.row), (cell.column + cell.columns - 1, cell.row + cell.rows - 1)
            rows[cell.row][cell.column] = words(cell.text, block.size, cell.align, style.leading)
            look += [("SPAN", *area)] * (area[0] != area[1]) + [("BACKGROUND", *area, cell.shade)] * bool(cell.shade)
            look += [(edges[side], *area, *rule) for side in sides]
        flow.append(Table(rows, block.widths, style=look, repeatRows=block.head * style.repeat))
    side, end = style.margin - 6, style.margin
    SimpleDocTemplate(str(target), pagesize=style.paper, leftMargin=side, rightMargin=side, topMargin=end, bottomMargin=end).build(flow, running, running)


def fpdf2(blocks, style, target):
    import fpdf

    class Document(fpdf.FPDF):
        def header(self):
            self.running(_head(blocks, style), 20)

        def footer(self):
            self.running(_foot(style, self.page_no()), self.h - 30)

        def running(self, text, y):
            self.set_font("wqy", size=8)
            self.set_xy(self.l_margin, y)
            self.cell(self.epw, 10, text, align="C")
            self.set_xy(self.l_margin, self.t_margin)

    made = Document("landscape" if style.landscape else "portrait", "pt", "A4")
    made.add_font("wqy", fname=FACE)
    made.set_margin(style.margin)
    made.set_auto_page_break(True, style.margin)
    made.add_page()
    sides, points, _ = BORDERS[style.borders]
    made.set_line_width(points or 0.5)
    rules = {"tblr": "ALL", "tb": "HORIZONTAL_LINES", "lr": "NO_HORIZONTAL_LINES", "": "NONE"}[sides]
    for kind, block in blocks:
        made.set_font("wqy", size=block.size if kind == "table" else SIZES[kind])
        if kind != "table":
            made.multi_cell(0, 1.5 * SIZES[kind], block, align="C" if kind == "h1" else "L", new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR")
            continue
        heads = block.head * style.repeat
        with made.table(borders_layout=rules, col_widths=block.widths, width=sum(block.widths), align="LEFT", line_height=style.leading * block.size,
                        padding=style.pad * 2, wrapmode="CHAR", v_align=style.valign.upper()[0], first_row_as_headings=heads > 0,
                        num_heading_rows=heads, repeat_headings=int(heads > 0), headings_style=fpdf.FontFace()) as grid:
            for line in block.lines():
                row = grid.row()
                for cell in line:
                    look = fpdf.FontFace(fill_color=cell.shade) if cell.shade else None
                    row.cell(cell.text, align=cell.align.upper()[0], rowspan=cell.rows, colspan=cell.columns, style=look)
    made.output(str(target))


def typst(blocks, style, target):
    import typst

    def quoted(text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    sides, points, line = BORDERS[style.borders]
    rule = f'(thickness: {points}pt, dash: "{"dotted" if line == "dotted" else "solid"}")'
    stroke = "(" + "".join(f"{SIDES[side]}: {rule}, " for side in sides) + ")" if sides else "none"
    gap, fonts = GAP * (style.borders == "apart"), "".join(quoted(name) + ", " for name in (style.latin, style.font) if name)
    foot = quoted(_foot(style, "#")) + '.replace("#", str(counter(page).get().first()))'
    out = [f'#set page(paper: "a4", flipped: {str(style.landscape).lower()}, margin: {style.margin}pt, '
           f"header: align(center, text(8pt, {quoted(_head(blocks, style))})), footer: align(center, context text(9pt, {foot})))",
           f'#set text(font: ({fonts}), size: 10pt, lang: "zh")']
    for kind, block in blocks:
        if kind != "table":
            out.append(f"#align({'center' if kind == 'h1' else 'left'}, par(text({SIZES[kind]}pt, {quoted(block)})))")
            continue
        columns, heads = "".join(f"{width:.1f}pt, " for width in block.widths), block.head * style.repeat
        out.append(f"#[#set text({block.size}pt)\n#set par(leading: {style.leading - 0.9:.2f}em)\n#table(columns: ({columns}), stroke: {stroke}, "
                   f"inset: (x: {style.pad[1]}pt, y: {style.pad[0] + 1.5}pt), gutter: {gap}pt,")
        for y, line in enumerate(block.lines()):
            out.append(("table.header(" if y == 0 else ")," if y == heads else "") * (heads > 0))
            for cell in line:
                number = cell.kind == "number"
                text = "\u200b".join(cell.text) if number and style.broken else cell.text
                align = f"{cell.align} + { {'middle': 'horizon'}.get(style.valign, style.valign)}"
                fill = f"fill: rgb({quoted(cell.shade)}), " if cell.shade else ""
                weight = quoted("bold" if cell.bold else "regular")
                out.append(f"table.cell(rowspan: {cell.rows}, colspan: {cell.columns}, breakable: {str(style.split).lower()}, align: {align}, {fill}"
                           f"text(tracking: {style.tracking * number}pt, weight: {weight}, {quoted(text)})),")
        out.append(")]")
    target.write_bytes(typst.compile("\n".join(out).encode()))


# What each needs: a program or modules of Python.
PROGRAMS = {
    "weasyprint": (weasyprint, None, ["weasyprint"]), "chromium": (chromium, "chromium", []), "soffice-html": (soffice_html, "soffice", []),
    "soffice-docx": (soffice_docx, "soffice", ["docx"]), "wkhtmltopdf": (wkhtmltopdf, "wkhtmltopdf", []), "xhtml2pdf": (xhtml2pdf, None, ["xhtml2pdf"]),
    "story": (story, None, ["pymupdf"]), "reportlab": (reportlab, None, ["reportlab"]), "fpdf2": (fpdf2, None, ["fpdf"]), "typst": (typst, None, ["typst"]),
}
