"""Tries the page of `gouji export --format html` in a real browser.

usage: python3 scripts/browser/overview_page.py GOUJI [--screenshots DIR] [--results PATH]

Makes the page of records of fixtures and of hostile lines with the program GOUJI, and opens it in a headless Chromium. Prints a
line for each thing that holds; exit 1 at the first that does not. --results shows those, too. Installs nothing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from devtools import Browser

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "</title><img src=http://example.invalid/x onerror=window.harmed=1><script>window.harmed=2</script>"


def holds(sentence, condition, detail=""):
    print(("holds   " if condition else "FAILS   ") + sentence + (f" ({detail})" if detail else ""), flush=True)
    if not condition:
        sys.exit(1)


def is_sound(browser, page):
    browser.open(page.as_uri())
    holds("the page has no fault, and nothing of it is blocked", not browser.faults(), str(browser.faults() or ""))
    asked = [one for one in browser.requests() if one != page.as_uri()]
    holds("the page asks for nothing", not asked, str(asked or ""))
    holds("nothing of a document was run", browser.run("window.harmed ?? null") is None)
    for width in (1440, 420):
        browser.resize(width, 900)
        holds(f"the page is not wider than {width} points", browser.run("document.documentElement.scrollWidth") <= width,
              str(browser.run("document.documentElement.scrollWidth")))
    browser.resize(1440, 900)
    closed = browser.run("document.querySelectorAll('details').length")
    browser.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    commands = browser.run("document.querySelectorAll('.command').length")
    holds("examples have commands", closed == 0 or commands > 0, f"{closed} lists, {commands} commands")
    if commands:
        browser.click(".command")
        chosen = browser.run("getSelection().toString().trim()")
        whole = browser.run("document.querySelector('.command').textContent")
        holds("a click chooses the whole command", chosen == whole, chosen)
    headings = browser.run("[...document.querySelectorAll('h1, h2')].map((one) => one.textContent)")
    holds("there is a heading for each part", headings and len(headings) == len(set(headings)), str(headings))
    faint = browser.run("""(() => {
      const light = (color) => { const [r, g, b] = color.match(/[\\d.]+/g).map((one) => one / 255).map((one) => one <= .03928 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b; };
      const ground = (one) => { for (; one; one = one.parentElement) { const color = getComputedStyle(one).backgroundColor; if (!/, 0\\)$/.test(color)) return color; } return 'rgb(255,255,255)'; };
      return [...document.querySelectorAll('h1, h2, p, th, td, span, small, b, code, summary')].filter((one) => one.textContent.trim() && one.getClientRects().length)
        .map((one) => { const [a, b] = [light(getComputedStyle(one).color), light(ground(one))].sort().reverse(); return [(a + .05) / (b + .05), one.className || one.tagName]; })
        .filter(([ratio]) => ratio < 4.5).map(([ratio, name]) => `${name} ${ratio.toFixed(1)}`);
    })()""")
    holds("every text stands out from its ground", not faint, str(sorted(set(faint))))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("gouji")
    arguments.add_argument("--screenshots", type=Path)
    arguments.add_argument("--results", type=Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="gouji-overview-") as name, Browser() as browser:
        folder = Path(name)
        records = []
        for fixture in ("yunqi-2023-misprint", "shizhan-2024-ragged"):
            run = subprocess.run([options.gouji, "run", "-q", "--fail-on", "never", f"Fixtures/{fixture}/source.txt"], check=True, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            records.append(json.loads(run.stdout))
        hostile = json.loads(json.dumps(records[0]))
        hostile["source"]["uri"] = hostile["data"]["organisation"] = HOSTILE
        for check in hostile["checks"]:
            check["message"] = check["instance"] = HOSTILE
        lines = [*records, hostile]
        lines += [{"id": HOSTILE, "source": {"path": HOSTILE}, "reason": HOSTILE, "stage": HOSTILE, "message": HOSTILE},
                  {"id": "a.zip#3", "source": {"container": "a.zip", "entry": 3}, "reason": "pdf.encrypted", "stage": "read"}]
        results = folder / "results.ndjson"
        results.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
        for number, source in enumerate([results, *([options.results] if options.results else [])]):
            page = folder / f"page-{number}.html"
            subprocess.run([options.gouji, "export", source, "--format", "html", "-o", page], check=True)
            for scheme in ("light", "dark"):
                browser.prefer(prefers_color_scheme=scheme)
                is_sound(browser, page)
                if options.screenshots:
                    options.screenshots.mkdir(parents=True, exist_ok=True)
                    for width in (1440, 420):
                        browser.resize(width, 1600)
                        browser.run("document.querySelectorAll('details').forEach((one, index) => { one.open = index < 2; }); scrollTo(0, 0)")
                        browser.picture(options.screenshots / f"overview-{number}-{scheme}-{width}.png")
            if number == 0:
                browser.run("(() => { const script = document.createElement('script'); script.textContent = 'window.harmed = 3'; document.body.append(script); })()")
                browser.run("(() => { const image = new Image(); image.src = 'http://example.invalid/y'; document.body.append(image); })()")
                blocked = [one for one in browser.faults() if "Content Security Policy" in one]
                holds("what is not in the page could not run or be fetched if it were there", browser.run("window.harmed ?? null") is None and len(blocked) >= 2, f"{len(blocked)} blocked")
    print("the page is as it should be")


if __name__ == "__main__":
    main()
