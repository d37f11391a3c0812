"""Tries the page of `gouji inspect` in a real browser.

usage: python3 scripts/browser/inspect_page.py GOUJI [--screenshots DIR] [--document FILE]

Makes pages of fixtures and of hostile documents with the program GOUJI, opens them in a headless Chromium, and uses them as
a person would. Prints a line for each thing that holds; exit 1 at the first that does not. --document adds one whose page
must not be larger than two megabytes. Installs nothing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from devtools import Browser

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "Fixtures/yunqi-2023-weasyprint/source.pdf"
MISPRINT = ROOT / "Fixtures/yunqi-2023-misprint/source.txt"
LAYERS = {"picture": "0", "glyphs": "1", "rulings": "2", "lines": "3", "words": "4", "blocks": "5", "tables": "6", "cells": "7", "fields": "8"}
TOTAL = "/applications/granted/total"
SHIFT = 8


def holds(sentence, condition, detail=""):
    print(("holds   " if condition else "FAILS   ") + sentence + (f" ({detail})" if detail else ""), flush=True)
    if not condition:
        sys.exit(1)


def cell(pointer):
    return f'#values .value[data-pointers="{pointer}"]'


def mark(pointer):
    return f'#paper .field[data-pointers~="{pointer}"]'


def is_quiet(browser, page):
    stray = browser.run("[...document.querySelectorAll('[role=tabpanel], #detail, .top, .tools')].filter((one) => /\\b(null|undefined|NaN|\\[object)/.test(one.textContent)).map((one) => one.id || one.className)")
    holds("nothing is shown that is no word", not stray, str(stray or ""))
    browser.run("new Promise((done) => setTimeout(done, 50))")
    holds("the page runs without a fault, and nothing of it is blocked", not browser.faults(), str(browser.faults() or ""))
    asked = [one for one in browser.requests() if one != page.as_uri()]
    holds("the page asks for nothing", not asked, str(asked or ""))


def layers(browser):
    def is_shown(name):
        thing = "img" if name == "picture" else f".layer-{name}"
        return browser.run(f"(() => {{ const one = document.querySelector('#paper .frame {thing}'); const style = getComputedStyle(one);"
                           " return style.display !== 'none' && style.visibility !== 'hidden'; })()")

    for name, key in LAYERS.items():
        for way, act in (("key", lambda: browser.key(key)), ("mouse", lambda: browser.click(f'#layers [data-layer="{name}"]'))):
            before = is_shown(name)
            act()
            pressed = browser.run(f"document.querySelector('#layers [data-layer=\"{name}\"]').getAttribute('aria-pressed')")
            switched = is_shown(name) != before and (pressed == "true") != before
            act()
            holds(f"the layer {name} goes off and on by {way}", switched and is_shown(name) == before)
    boxes = browser.run("""(() => Object.fromEntries(['glyphs', 'rulings', 'lines', 'words', 'blocks', 'tables', 'cells', 'fields'].map((name) =>
      [name, document.querySelectorAll(`#paper .layer-${name} rect`).length + [...document.querySelectorAll(`#paper .layer-${name} path`)].filter((path) => path.getAttribute('d')).length])))()""")
    holds("every layer has something in it", all(boxes.values()), json.dumps(boxes))


def pointing(browser):
    browser.hover(cell(TOTAL))
    browser.wait_for(f"document.querySelectorAll('#paper .field.lit').length === 1")
    lit = browser.run("[...document.querySelectorAll('#paper .field.lit')].map((one) => one.dataset.pointers)")
    holds("a value that is pointed at lights up its place, and no other", lit == [TOTAL], str(lit))
    browser.hover(mark(TOTAL) + " rect")
    browser.wait_for(f"document.querySelector('{cell(TOTAL)}').classList.contains('lit')")
    holds("a place that is pointed at lights up its value", browser.run("document.querySelectorAll('#values .lit').length") == 1)
    slowest = browser.run("""(() => {
      let slowest = 0;
      for (const one of document.querySelectorAll('#values .value, #paper .field')) {
        // The machine may be busy with something else, so that the better of two tries counts.
        const tries = [0, 1].map(() => {
          const start = performance.now();
          one.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
          document.body.offsetHeight;
          const taken = one.classList.contains('lit') ? performance.now() - start : Infinity;
          one.dispatchEvent(new PointerEvent('pointerout', {bubbles: true}));
          return taken;
        });
        slowest = Math.max(slowest, Math.min(...tries));
      }
      return slowest;
    })()""")
    holds("every value answers to the pointer within 100 ms", slowest < 100, f"the slowest in {slowest:.1f} ms")


def resting(browser):
    """Where the pointer rests, the other side comes into view; a pointer that passes by moves nothing."""
    top = "document.getElementById('paper').scrollTop"
    browser.run("document.getElementById('paper').scrollTop = 0")
    browser.hover(cell(TOTAL))
    passing = browser.run(top)
    browser.wait_for(f"""(() => {{ const box = document.querySelector('{mark(TOTAL)}').getBoundingClientRect(); const pane = paper.getBoundingClientRect();
      return box.top >= pane.top && box.bottom <= pane.bottom; }})()""")
    holds("where the pointer rests on a value, its place comes into view, and not before", passing == 0, f"{browser.run(top)}")


def paths(browser, kind):
    """A web page or a Word file, whose values have no lines but paths."""
    unmarked = browser.run("""now().fields.filter((field) => (field.places ?? []).length
      && !document.querySelector(`#paper [data-pointers~="${CSS.escape(field.pointer)}"]`)).map((field) => field.pointer)""")
    count = browser.run("document.querySelectorAll('#paper .field').length")
    holds(f"every value of {kind} that stands somewhere is marked there", not unmarked and count > 150, f"{count} marks {unmarked}")
    wrong = browser.run("""now().fields.filter((field) => field.state === 'printed' && typeof field.value === 'number' && field.pointer.startsWith('/applications/'))
      .filter((field) => [...document.querySelectorAll(`#paper [data-pointers~="${CSS.escape(field.pointer)}"]`)].map((one) => one.textContent).join('') !== field.raw.trim())
      .map((field) => field.pointer)""")
    holds("the marks of figures are on the figures, and on nothing else", not wrong, str(wrong or ""))
    browser.hover(cell(TOTAL))
    browser.wait_for("document.querySelectorAll('#paper .field.lit').length === 1")
    browser.hover(mark(TOTAL))
    browser.wait_for(f"document.querySelector('{cell(TOTAL)}').classList.contains('lit')")
    browser.click(mark(TOTAL))
    shown = browser.run("document.getElementById('detail').textContent")
    holds("its detail names the line and the path", "line " in shown and ("/tr[" in shown or "w:tr[" in shown), shown)
    numbers = browser.run("[...document.querySelectorAll('#paper li')].map((one, i) => one.value === i + 1)")
    holds("its lines are numbered", len(numbers) > 30 and all(numbers), f"{len(numbers)} lines")


def truth(browser):
    """What is true or false is corrected to the other, not to a word."""
    pointer = browser.run("now().fields.find((field) => typeof field.value === 'boolean')?.pointer ?? null")
    holds("there is a value that is true or false", pointer)
    kinds = browser.run(f"['false', 'no'].map((text) => JSON.stringify(parsed(text, typeOf('{pointer}'))))")
    holds("it is corrected to true or false alone", kinds == ['{"value":false}', '{"fault":"want-truth"}'], str(kinds))
    unknown = browser.run(f"""(() => {{
      const fields = now().fields.filter((field) => field.pointer.endsWith('{pointer}'.slice('{pointer}'.lastIndexOf('/'))));
      const values = fields.map((field) => field.value);
      fields.forEach((field) => {{ field.value = null; }});
      const kinds = ['true', 'no'].map((text) => JSON.stringify(parsed(text, typeOf('{pointer}'))));
      fields.forEach((field, i) => {{ field.value = values[i]; }});
      return kinds;
    }})()""")
    holds("where it is not known, true is no word", unknown == ['{"value":true}', '{"value":"no"}'], str(unknown))


INK = """async (page) => {
  const image = new Image();
  image.src = page.picture;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const brush = canvas.getContext('2d', {willReadFrequently: true});
  brush.drawImage(image, 0, 0);
  const scale = canvas.width / page.width;
  // How many pixels of a box in points are dark.
  return ([x0, y0, x1, y1]) => {
    const pixels = brush.getImageData(x0 * scale, y0 * scale, Math.max(1, (x1 - x0) * scale), Math.max(1, (y1 - y0) * scale)).data;
    let dark = 0;
    for (let i = 0; i < pixels.length; i += 4) dark += pixels[i] < 128;
    return dark;
  };
}"""


def pictures(browser):
    shares = browser.run(f"""(async () => {{
      const shares = [];
      for (const page of data.pages) {{
        const ink = await ({INK})(page);
        for (const field of now().fields) {{
          if (field.state !== 'printed' || typeof field.value !== 'number') continue;
          for (const place of placesOn(field.places, page.number)) shares.push(ink(place.slice(1)));
        }}
      }}
      return shares;
    }})()""")
    holds("there is ink in the box of every printed figure", len(shares) > 100 and min(shares) > 0, f"{len(shares)} boxes")


def turned(browser, opened, folder):
    """Pages that are turned and cropped: all ink is in the boxes of the glyphs, and in each is some."""
    for rotation in (0, 90, 180, 270):
        source = folder / f"turned-{rotation}.pdf"
        source.write_text(small_pdf("BT /F1 12 Tf 40 50 Td (HMW) Tj 200 20 Td (NK) Tj ET", f"/Rotate {rotation} /CropBox [20 10 400 95]"), "latin-1")
        opened(source, f"turned-{rotation}.html")
        inside, whole, least = browser.run(f"""(async () => {{
          const page = data.pages[0];
          const ink = await ({INK})(page);
          const glyphs = now().pages[0].glyphs;
          const boxes = [];
          for (let i = 0; i < glyphs.length; i += 4) boxes.push(ink(glyphs.slice(i, i + 4).map((tenth) => tenth / 10)));
          return [boxes.reduce((a, b) => a + b, 0), ink([0, 0, page.width, page.height]), Math.min(...boxes)];
        }})()""")
        holds(f"the ink of a cropped page that is turned by {rotation} is in the boxes of its glyphs",
              least > 20 and whole * 0.97 <= inside <= whole * 1.03, f"{inside} of {whole} pixels")


def stages(browser):
    count = browser.run("data.stages.length")
    browser.key("[")
    holds("a key goes one stage back", browser.run("stage") == count - 2)
    browser.run("document.getElementById('stage').focus()")
    browser.key("Home")
    browser.wait_for("stage === 0")
    empty = browser.run("document.querySelectorAll('#paper .layer-tables rect').length + document.querySelectorAll('#paper .field').length")
    holds("after the first stage there are glyphs, and neither tables nor values",
          empty == 0 and browser.run("document.querySelector('#paper .layer-glyphs path').getAttribute('d').length") > 1000)
    seen = []
    for _ in range(count - 1):
        browser.key("]")
        seen.append(browser.run("[stage, document.querySelectorAll('#paper .layer-tables rect').length, document.querySelectorAll('#paper .field').length]"))
    holds("tables come with a later stage, and values with a still later one",
          [one[0] for one in seen] == list(range(1, count)) and seen[0][1] == 0 < seen[-1][1] and
          next(one[0] for one in seen if one[1]) < next(one[0] for one in seen if one[2]))


def keyboard(browser, folder):
    """From opening to a downloaded file without a mouse."""
    browser.run("document.activeElement.blur()")
    browser.key("v")
    browser.wait_for("document.activeElement.matches('#values .value')")
    first = browser.run("document.activeElement.dataset.pointers")
    browser.key("ArrowDown")
    holds("an arrow moves to another value", browser.run("document.activeElement.dataset.pointers") != first)
    reached = browser.run("""(() => { const cells = valueCells(); let at = cells[0]; const seen = new Set([at]); const queue = [at];
      while (queue.length) { at = queue.pop(); for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
        const next = stepInPlane(cells, cells.indexOf(at), key); if (next && !seen.has(next)) { seen.add(next); queue.push(next); } } }
      return [seen.size, cells.length]; })()""")
    holds("arrows reach every value", reached[0] == reached[1], str(reached))
    browser.run(f"moveTo(valueCells(), document.querySelector('{cell(TOTAL)}'))")
    spoken = browser.run("document.getElementById('spoken').textContent")
    holds("what is moved to is said", "80" in spoken and "printed" in spoken, spoken)
    seen = browser.run(f"""(() => {{ const box = document.querySelector('{mark(TOTAL)}').getBoundingClientRect(); const pane = paper.getBoundingClientRect();
      return box.top >= pane.top && box.bottom <= pane.bottom; }})()""")
    holds("its place is scrolled to", seen)
    browser.key("Enter")
    holds("Enter goes to its place", browser.run(f"document.activeElement === document.querySelector('{mark(TOTAL)}')"))
    browser.key("Enter")
    holds("Enter comes back", browser.run(f"document.activeElement === document.querySelector('{cell(TOTAL)}')"))
    browser.key("e")
    browser.wait_for("document.getElementById('correction-dialog').open")
    browser.type("eighty")
    browser.key("Enter")
    holds("what is no number is not taken for a count", browser.run("document.querySelector('.fault').textContent.length > 0 && document.getElementById('correction-dialog').open"))
    browser.run("document.getElementById('correct-value').select()")
    browser.type("81")
    browser.key("Tab")
    browser.key("Tab")
    browser.type("seen on the <b>scan</b>")
    browser.key("Tab")
    browser.type("明月")
    browser.key("Enter")
    browser.wait_for("!document.getElementById('correction-dialog').open")
    holds("the focus is on the value again", browser.run(f"document.activeElement === document.querySelector('{cell(TOTAL)}')"))
    browser.key("o")
    for _ in range(12):
        if browser.run("document.activeElement.id === 'download'"):
            break
        browser.key("Tab")
    browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    browser.key("Enter")
    file = folder / "corrections.ndjson"
    for _ in range(300):
        if file.exists() and file.stat().st_size:
            break
        time.sleep(0.02)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    sha = browser.run("data.source.sha256")
    holds("the file of corrections is as it should be", lines == [
        {"document": sha, "pointer": TOTAL, "expected_raw": "80", "value": 81, "by": "明月", "reason": "seen on the <b>scan</b>"}], json.dumps(lines, ensure_ascii=False))
    browser.key("?", SHIFT)
    holds("a key opens the help", browser.run("document.getElementById('help-dialog').open"))
    browser.key("Escape")
    holds("and closes it", not browser.run("document.getElementById('help-dialog').open"))


def accessibility(browser):
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    nameless = []
    for node in nodes:
        focusable = any(one["name"] == "focusable" and one["value"].get("value") for one in node.get("properties", []))
        role = node.get("role", {}).get("value")
        if focusable and not node.get("ignored") and role not in ("RootWebArea", "generic") and not node.get("name", {}).get("value"):
            nameless.append(role)
    holds("everything that takes the focus has a name", not nameless, str(nameless or ""))
    levels = browser.run("document.querySelectorAll('[tabindex]:not([tabindex=\"0\"]):not([tabindex=\"-1\"])').length")
    holds("nothing is put out of the order of the page", levels == 0)


def languages(browser):
    missing = browser.run("languages.flatMap((one) => Object.keys(words.en).filter((key) => !(key in words[one])).concat(Object.keys(words[one]).filter((key) => !key.startsWith('stage.') && !(key in words.en))))")
    holds("both languages have the same words", not missing, str(missing or ""))
    english = browser.run("document.getElementById('help').textContent")
    browser.key("l")
    holds("a key changes the language", browser.run("document.documentElement.lang") == "zh-CN" and browser.run("document.getElementById('help').textContent") != english)
    foreign = browser.run("data.stages.filter((one) => summaryOf(one).lang !== null).map((one) => one.kind)")
    holds("what a stage does is said in that language, too", not foreign, str(foreign or ""))
    browser.click("#language")
    holds("and the mouse changes it back", browser.run("document.getElementById('help').textContent") == english)


def failures(browser):
    browser.key("n")
    failed = browser.run("[checkChosen.id, checkChosen.instance, checkChosen.pointers, String(checkChosen.left), String(checkChosen.right)]")
    lit = set(browser.run("[...document.querySelectorAll('#paper .field.lit')].flatMap((one) => one.dataset.pointers.split(' '))"))
    shown = set(browser.run("checkChosen.pointers.filter((pointer) => now().field.get(pointer)?.places?.length)"))
    holds("a key goes to a failed check, and its cells light up", len(shown) > 1 and shown <= lit, f"{failed[0]} {failed[1]}: {len(shown)} cells")
    browser.key("Escape")
    browser.click("#checks .check.fail .check-button")
    text = browser.run("document.querySelector('#checks .check.fail').textContent")
    holds("a failed check shows its equation with both sides", failed[3] in text and failed[4] in text and "≠" in text, text)
    browser.run("document.querySelector('#checks').dispatchEvent(new PointerEvent('pointerout', {bubbles: true}))")
    holds("its cells stay lit after a click", set(browser.run("[...document.querySelectorAll('#paper .field.lit')].flatMap((one) => one.dataset.pointers.split(' '))")) == lit)
    browser.key("v")
    red = browser.run("[...document.querySelectorAll('#values .failed')].map((one) => one.dataset.pointers)")
    holds("the values of failed checks are red in the record", TOTAL in red, f"{len(red)} values")
    order = browser.run("failuresOf(now()).map((check) => severities.indexOf(check.severity))")
    holds("the worst failures come first", order == sorted(order), str(order))


HOSTILE = "<script>window.harmed=1</script><img src=http://example.invalid/x onerror=window.harmed=2>"


def hostile_text():
    text = MISPRINT.read_text("utf-8")
    return text.replace("人民政府2023年", f"人民政府{HOSTILE}2023年", 1) + f"\n</script><script>window.harmed=3</script><!--\n{HOSTILE}\n"


def hostile_pdf():
    show = HOSTILE.replace("(", r"\(").replace(")", r"\)")
    return small_pdf(f"BT /F1 6 Tf 10 60 Td (</script>{show}) Tj ET", title=show, action="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")


def small_pdf(content, page="", title="", action=""):
    objects = [f"<< /Type /Catalog /Pages 2 0 R {action} >>", "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
               f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 100] {page} /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
               f"<< /Length {len(content)} >>\nstream\n{content}\nendstream", f"<< /Title ({title}) /Author ({title}) >>"]
    body, offsets = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    return body + f"xref\n0 7\n0000000000 65535 f \n{table}trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"


def is_harmless(browser, page):
    harmed = browser.run("window.harmed ?? null")
    added = browser.run("document.querySelectorAll('script').length === 3 && document.querySelectorAll('img:not([src^=\"data:\"])').length === 0")
    name = browser.run("document.getElementById('name').textContent")
    holds("a hostile document runs nothing and adds nothing to the page", harmed is None and added, f"{harmed}")
    holds("its name is shown as text", "<img src=x onerror=" in name, name)
    is_quiet(browser, page)
    browser.run("(() => { const script = document.createElement('script'); script.textContent = 'window.harmed = 4'; document.body.append(script); })()")
    browser.run("(() => { const image = new Image(); image.src = 'http://example.invalid/y'; document.body.append(image); })()")
    browser.run("fetch('http://example.invalid/z').catch(() => 0)")
    sent = [one for one in browser.requests() if "example.invalid" in one]
    blocked = [one for one in browser.faults() if "Content Security Policy" in one]
    holds("what is not in the page could not run or be fetched if it were there", browser.run("window.harmed ?? null") is None and len(blocked) >= 3,
          f"{len(blocked)} blocked, {len(sent)} begun")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("gouji")
    arguments.add_argument("--screenshots", type=Path)
    arguments.add_argument("--document", type=Path)
    options = arguments.parse_args()

    with tempfile.TemporaryDirectory(prefix="gouji-inspect-") as name, Browser() as browser:
        folder = Path(name)

        def opened(source, target, *more):
            page = folder / target
            subprocess.run([options.gouji, "inspect", source, "-o", page, *more], check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
            browser.open(page.as_uri())
            return page

        page = opened(PAGES, "pages.html")
        is_quiet(browser, page)
        layers(browser)
        pointing(browser)
        resting(browser)
        pictures(browser)
        truth(browser)
        stages(browser)
        accessibility(browser)
        languages(browser)
        keyboard(browser, folder)
        is_quiet(browser, page)
        screenshots(browser, options.screenshots, "pages")

        page = opened(PAGES, "bare.html", "--no-pictures")
        sizes = browser.run("[...document.querySelectorAll('.glyph-text text')].map((one) => parseFloat(getComputedStyle(one).fontSize))")
        holds("without pictures the characters stand there in their size", len(sizes) > 1000 and max(sizes) > 12 and browser.run("document.querySelectorAll('img').length") == 0,
              f"{len(sizes)}, the largest of {max(sizes)}")
        is_quiet(browser, page)

        for kind, fixture in (("a web page", "yunqi-2023-html/source.html"), ("a Word file", "yunqi-2023-docx/source.docx")):
            page = opened(ROOT / "Fixtures" / fixture, "paths.html")
            paths(browser, kind)
            is_quiet(browser, page)
            screenshots(browser, options.screenshots, Path(fixture).suffix[1:])

        page = opened(MISPRINT, "text.html")
        failures(browser)
        is_quiet(browser, page)
        screenshots(browser, options.screenshots, "text")

        turned(browser, opened, folder)
        for ending, content in (("txt", hostile_text()), ("pdf", hostile_pdf())):
            source = folder / f"<img src=x onerror=window.harmed=5>.{ending}"
            source.write_text(content, "utf-8")
            is_harmless(browser, opened(source, f"hostile-{ending}.html"))

        if options.document and options.document.exists():
            page = opened(options.document, "document.html")
            count = browser.run("data.pages.length")
            size = page.stat().st_size
            holds("a page is not larger than two megabytes", size <= 2_000_000, f"{size} bytes, {count} pages")
            pointing(browser)
            screenshots(browser, options.screenshots, "document")


def screenshots(browser, folder, name):
    """For a person to look at."""
    if not folder:
        return
    folder.mkdir(parents=True, exist_ok=True)
    browser.run("openTab('values', {focuses: false}); choose(null)")
    browser.resize(1440, 900)
    browser.run("showValue('/applications/granted/total', {focuses: true})")
    browser.picture(folder / f"{name}-light.png")
    browser.prefer(prefers_color_scheme="dark")
    browser.picture(folder / f"{name}-dark.png")
    browser.prefer(prefers_color_scheme="light")
    browser.key("l")
    browser.run("toggleLayer('cells')")
    browser.picture(folder / f"{name}-chinese.png")
    browser.run("toggleLayer('cells')")
    browser.key("l")
    browser.resize(420, 900)
    browser.picture(folder / f"{name}-narrow.png")
    browser.resize(1440, 900)
    browser.run("openTab('checks', {focuses: false})")
    browser.picture(folder / f"{name}-checks.png")
    import base64
    (folder / f"{name}.pdf").write_bytes(base64.b64decode(browser.call("Page.printToPDF", printBackground=True, paperWidth=8.27, paperHeight=11.69)["data"]))
    browser.run("openTab('values', {focuses: false})")


if __name__ == "__main__":
    main()
