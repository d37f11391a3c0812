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
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True)
    if done.returncode:
        sys.exit(f"{pdf}: {done.stderr.decode(errors='replace').strip()}")
    return bool(done.stdout.split())


def lot(name, seed):
    """How a report is scanned: no two alike, and each the same every time."""
    chance = random.Random(f"{name} {seed}")
    return SimpleNamespace(
        dpi=chance.choice([200, 220, 240, 260, 280, 300]), turn=round(chance.uniform(-1, 1), 2),
        noise=round(chance.uniform(3, 7), 1), blur=round(chance.uniform(0.3, 0.7), 2), quality=75, seed=chance.randrange(1000))


def make(pdf, target, options, lie):
    options = SimpleNamespace(**vars(options), lie=lie)
    drawn = [scan.scanned(page, number, options) for number, page in enumerate(scan.pages(str(pdf), options.dpi))]
    # A scan that is there is whole, however this ends.
    partial = target.with_suffix(".part")
    partial.write_bytes(scan.pdf(drawn, options.dpi))
    partial.replace(target)


def run(gouji, source, target):
    """CPU seconds of a run, and what is wrong where it fails; exit 1 is a record with findings."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([gouji, "run", source, "-o", target], stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        last = said.read().decode(errors="replace").strip().splitlines()[-1:]
    failed = process.returncode not in (0, 1) or not target.exists()
    fault = f"exit {process.returncode}, {'a' if target.exists() else 'no'} record: {' '.join(last)}" if failed else None
    return usage.ru_utime + usage.ru_stime, fault


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
            cpu, fault = run(options.gouji.absolute(), source, target)
            record = json.loads(target.read_bytes()) if target.exists() else {}
            scored = score_report.score(json.loads(pdf.with_name("expected.json").read_bytes()), record)
            return name, how, cpu / pages_of(source), fault, *scored

        pdfs = [pdf for pdf in options.pdfs if has_text(pdf)]
        if not pdfs:
            sys.exit("no PDF with text among them")
        print(f"{'':28}{'dots  turn':>12}{'noise':>7}{'blur':>6}" + "".join(f"{key:>10}" for key in SHOWN) + f"{'CPU s/page':>12}")
        total, costs, failures = {}, [], 0
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            for name, how, cpu, fault, counts, worst in pool.map(score, pdfs):
                print(f"{name:28}{how.dpi:6}{how.turn:6.2f}{how.noise:7.1f}{how.blur:6.2f}"
                      + "".join(f"{counts[key]:10}" for key in SHOWN) + f"{cpu:12.2f}", flush=True)
                if fault:
                    failures += 1
                    print(f"    failed: {fault}")
                for pointer, expected, given, state, why in worst:
                    print(f"    silent ({why}) {pointer}: expected {expected}, got {given} (state {state})")
                costs.append(cpu)
                total = {key: total.get(key, 0) + value for key, value in counts.items()}
    print(f"CPU s/page: median {statistics.median(costs):.2f}, most {max(costs):.2f}")
    print(score_report.summary(total, len(pdfs)))
    sys.exit(1 if total["silent"] or failures else 0)


if __name__ == "__main__":
    main()
