"""What `gouji run` makes of scans of reports whose figures are known. Called by scripts/bench/scans."""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import scan
from measure import pages_of

SHOWN = ("cells", "right", "withheld", "mute", "flagged", "silent")


def has_text(pdf):
    return bool(subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout.split())


def lot(name, seed):
    """How a report is scanned: no two alike, and each the same every time."""
    chance = random.Random(f"{name} {seed}")
    return SimpleNamespace(
        dpi=chance.choice([200, 220, 240, 260, 280, 300]), turn=round(chance.uniform(-1, 1), 2),
        noise=round(chance.uniform(3, 7), 1), blur=round(chance.uniform(0.3, 0.7), 2), quality=75, seed=chance.randrange(1000))


def make(pdf, target, options, lie):
    options = SimpleNamespace(**vars(options), lie=lie)
    drawn = [scan.scanned(page, number, options) for number, page in enumerate(scan.pages(str(pdf), options.dpi))]
    target.write_bytes(scan.pdf(drawn, options.dpi))


def run(gouji, source, target):
    """CPU seconds of a run."""
    process = subprocess.Popen([gouji, "run", source, "-o", target], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench/scans")
    for name in ("gouji", "tools"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lie", type=int, default=0, choices=[0, 90, 180, 270])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("pdfs", nargs="+", type=Path)
    options = parser.parse_args()
    sys.path.insert(0, str(options.tools))
    import score_report

    with tempfile.TemporaryDirectory() as work:
        folder = options.keep or Path(work)
        folder.mkdir(parents=True, exist_ok=True)

        def score(pdf):
            name = f"{pdf.parent.name}-{pdf.stem}"
            how = lot(name, options.seed)
            source = folder / f"{name}-{options.seed}-{options.lie}.pdf"
            target = source.with_suffix(".json")
            target.unlink(missing_ok=True)
            if not source.exists():
                make(pdf, source, how, options.lie)
            cpu = run(options.gouji, source, target) / pages_of(source)
            record = json.loads(target.read_bytes()) if target.exists() else {}
            return name, how, cpu, *score_report.score(json.loads(pdf.with_name("expected.json").read_bytes()), record)

        pdfs = [pdf for pdf in options.pdfs if has_text(pdf)]
        print(f"{'':28}{'dots  turn':>12}{'noise':>7}{'blur':>6}" + "".join(f"{key:>10}" for key in SHOWN) + f"{'CPU s/page':>12}")
        total, costs = {}, []
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for name, how, cpu, counts, worst in pool.map(score, pdfs):
                print(f"{name:28}{how.dpi:6}{how.turn:6.2f}{how.noise:7.1f}{how.blur:6.2f}"
                      + "".join(f"{counts[key]:10}" for key in SHOWN) + f"{cpu:12.2f}", flush=True)
                for pointer, expected, given, state, why in worst:
                    print(f"    silent ({why}) {pointer}: expected {expected}, got {given} (state {state})")
                costs.append(cpu)
                total = {key: total.get(key, 0) + value for key, value in counts.items()}
    print(f"CPU s/page: median {statistics.median(costs):.2f}, most {max(costs):.2f}")
    print(score_report.summary(total, len(pdfs)))
    sys.exit(1 if total["silent"] else 0)


if __name__ == "__main__":
    main()
