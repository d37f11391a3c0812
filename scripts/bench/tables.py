"""F1 and CPU of `gouji tables` on documents with known tables. Called by scripts/bench/tables."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import by_turns, pages_of

DOCUMENT = re.compile(r"^\s+(\S+)\s+R \S+ P \S+ F ([\d.]+)")


def pipelines(source, rules, folder):
    """A copy of the pipeline `tables` that sees only some rules."""
    text = (source / "tables/pipeline.yaml").read_text("utf-8")
    (folder / "tables").mkdir()
    (folder / "tables/pipeline.yaml").write_text(
        text.replace("  - use: read\n", f"  - use: read\n    options: {{ rulings: {rules} }}\n", 1), "utf-8")
    return folder


def landed(path, rules):
    if not path.exists():
        return {}
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {name: float(score) for kind, name, score in rows if kind == rules}


def land(path, rules, scores):
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    lines = [line for line in lines if not line.startswith(rules + "\t")]
    lines += [f"{rules}\t{name}\t{score:.3f}" for name, score in sorted(scores.items())]
    path.write_text("\n".join(sorted(lines)) + "\n", "utf-8")


def precision(answers, data, tools):
    """For every table of the answers how sure it is, how many of its neighbourhoods are right, and how many there are."""
    sys.path.insert(0, str(tools))
    import run_icdar
    import score_icdar

    def neighbourhoods(tables):
        return [(page, score_icdar.relations(cells, "comp", True)) for page, cells, _ in score_icdar.split_by_page(tables)]

    for name, document in score_icdar.load_dataset(str(data)).items():
        tables = answers[name]["tables"]
        parts = [(index, *part) for index, table in enumerate(run_icdar.convert(answers[name], name)["tables"])
                 for part in neighbourhoods([table])]
        truths = [neighbourhoods(alternative["tables"]) for alternative in document["alts"]]
        matches = max((score_icdar.match_tables(truth, [part[1:] for part in parts]) for truth in truths),
                      key=lambda found: sum(match[2] for match in found))
        shared = {part: right for _, part, right in matches}
        for index, table in enumerate(tables):
            own = [number for number, part in enumerate(parts) if part[0] == index]
            count = sum(sum(parts[number][2].values()) for number in own)
            if count:
                yield table["confidence"], sum(shared.get(number, 0) for number in own), count


def by_decile(tables):
    """Lines: how often tables of each tenth of confidence are right."""
    tenths = {}
    for confidence, right, count in tables:
        tenths.setdefault(min(9, int(confidence * 10)), []).append((right, count))
    yield "confidence  tables  right"
    for tenth, found in sorted(tenths.items()):
        share = sum(right for right, _ in found) / sum(count for _, count in found)
        yield f"{tenth / 10:.1f} - {tenth / 10 + 0.1:.1f}  {len(found):6}{share:8.3f}"


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench/tables")
    for name in ("gouji", "pipelines", "landed", "data", "tools"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--rules", required=True)
    parser.add_argument("--land", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        os.environ["GOUJI_PIPELINES"] = str(pipelines(options.pipelines, options.rules, Path(work)))
        out = Path(work, "answers")
        subprocess.run(
            [sys.executable, options.tools / "run_icdar.py", options.gouji, options.data, out],
            stdout=subprocess.DEVNULL, check=True)
        text = subprocess.run(
            [sys.executable, options.tools / "score_icdar.py", "--data", options.data, "--pred", out / "gouji",
             "--per-doc"], capture_output=True, text=True, check=True).stdout
        pdfs = sorted(options.data.glob("*.pdf"))
        answers = {pdf.stem: json.loads(subprocess.run([options.gouji, "tables", pdf], capture_output=True).stdout)
                   for pdf in pdfs}
        runs = [by_turns([[str(options.gouji), "tables", str(pdf)], ["pdftotext", "-bbox-layout", str(pdf), "-"]], 5)
                for pdf in pdfs]
    scores = {match[1]: float(match[2]) for match in map(DOCUMENT.match, text.splitlines()) if match}
    before = landed(options.landed, options.rules)
    for name, score in sorted(scores.items()):
        change = f"{score - before[name]:+.3f}" if name in before and abs(score - before[name]) >= 0.001 else ""
        print(f"{name:12}{score:8.3f}{change:>10}")
    print("\n".join(text.splitlines()[:2]))
    print("\n".join(by_decile(precision(answers, options.data, options.tools))))
    count = sum(map(pages_of, pdfs))
    mine, theirs = (sum(run.cpu for run in column) for column in zip(*runs))
    print(f"CPU: gouji {mine / count:.2f} ms/page, pdftotext {theirs / count:.2f} ms/page, ratio {mine / theirs:.2f}")
    if options.land:
        land(options.landed, options.rules, scores)


if __name__ == "__main__":
    main()
