"""What `gouji run` makes of prints of reports whose figures are known. Called by scripts/bench/prints."""

import argparse
import importlib.util
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import printed
import printers
import scans

SHOWN = ("cells", "right", "withheld", "mute", "flagged", "silent", "alarm", "caught")


# What pdftotext may be asked for.
TEXTS = {"reading": [], "raw": ["-raw"], "layout": ["-layout"]}


def digits(text):
    return Counter(re.sub(r"\D", "", unicodedata.normalize("NFKC", text)))


def unseen(pdf, blocks, style):
    """Digits of the report that the print does not show, or shows outside its margins, where some programs clip them."""
    text = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout.decode()
    words = re.findall(r'<word xMin="(.*?)" .*?xMax="(.*?)" .*?>(.*?)</word>', text)
    left, right = style.margin - 4, style.paper[0] - style.margin + 4
    outside = "".join(word for start, end, word in words
                      if (float(start) < left or float(end) > right) and not re.search(r"[\u3000-\u9fff]", word))
    whole = "".join(text for kind, block in blocks for text in ([cell.text for cell in block.cells] if kind == "table" else [block]))
    return digits(outside) or digits(whole) - digits("".join(word for _, _, word in words))


def print_once(program, blocks, style, target):
    if target.exists():
        return
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        part = Path(folder, target.name)
        printers.PROGRAMS[program][0](blocks, style, part)
        part.replace(target)


def score(task):
    """A report by a program: name, program, style, counts, and lines about what is not as it should be."""
    report, program, folder, options = task
    import score_report

    name, style = f"{report.name}-{program}-{options.seed}", printed.lot(report.name, program, options.seed)
    blocks = list(printed.laid(printed.read(report), style))
    source, target = folder / f"{name}.pdf", folder / f"{name}.json"
    target.unlink(missing_ok=True)
    try:
        print_once(program, blocks, style, source)
    except Exception as error:  # whatever a program fails with, the others go on
        return name, program, style, {}, [f"left out, not printed: {error!r}"[:160]]
    missing = "".join(sorted(unseen(source, blocks, style).elements()))
    if missing:
        return name, program, style, {}, [f"left out, the print does not show {missing[:40]}"]
    if options.text:
        print_, source = source, folder / f"{name}-{options.text}.txt"
        subprocess.run(["pdftotext", *TEXTS[options.text], print_, source], check=True)
        target = source.with_suffix(".json")
    _, fault = scans.run(options.gouji, source, target)
    if fault:
        return name, program, style, {"failed": 1}, [f"failed: {fault}"[:200]]
    record = json.loads(target.read_bytes())
    counts, worst = score_report.score(json.loads((report / "expected.json").read_bytes()), record)
    lines = [f"silent ({why}) {pointer}: expected {expected}, got {given} (state {state})" for pointer, expected, given, state, why in worst]
    lines += [f"mute: {counts['mute']} figures"] * (counts["mute"] > 0)
    lines += [f"alarm: {check['id']} {check['instance']}: {check['message']}" for check in record.get("checks", [])
              if counts["alarm"] and check["status"] == "fail" and check["severity"] == "error"]
    return name, program, style, counts, lines


def installed(program):
    _, command, modules = printers.PROGRAMS[program]
    missing = [command] * bool(command and not shutil.which(command)) + [name for name in modules if not importlib.util.find_spec(name)]
    if missing:
        print(f"left out: {program} ({' and '.join(missing)} not installed)")
    return not missing


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench/prints")
    for name in ("gouji", "tools"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--program", action="append", choices=list(printers.PROGRAMS))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--text", choices=TEXTS)
    parser.add_argument("reports", nargs="+", type=Path)
    options = parser.parse_args()
    options.gouji = options.gouji.absolute()
    sys.path.insert(0, str(options.tools))
    import score_report

    logging.disable(logging.WARNING)  # some programs say much about CSS that they do not know
    programs = [program for program in options.program or printers.PROGRAMS if installed(program)]
    prints, totals = Counter(), {program: Counter() for program in programs}
    with tempfile.TemporaryDirectory() as work:
        tempfile.tempdir = work
        folder = (options.keep or Path(work)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        tasks = [(report, program, folder, options) for program in programs for report in options.reports]
        with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            for name, program, style, counts, lines in pool.map(score, tasks):
                totals[program].update(counts)
                prints[program] += "cells" in counts
                if lines:
                    print(name, " ".join(f"{key}={value}" for key, value in vars(style).items()), *lines, sep="\n    ", flush=True)
    print(f"{'':14}{'prints':>10}" + "".join(f"{key:>10}" for key in SHOWN))
    for program in programs:
        print(f"{program:14}{prints[program]:10}" + "".join(f"{totals[program][key]:10}" for key in SHOWN))
    total = {key: sum(counts[key] for counts in totals.values()) for key in (*score_report.KEYS, "meta", "alarm", "damaged", "caught")}
    print(score_report.summary(total, prints.total()))
    sys.exit(1 if total["silent"] or any(counts["failed"] for counts in totals.values()) or not prints.total() else 0)


if __name__ == "__main__":
    main()
