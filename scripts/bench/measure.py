"""CPU time, time to the first byte and peak memory of gouji and pdftotext on the same PDFs. Called by scripts/bench/speed."""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

Run = namedtuple("Run", "cpu first_byte peak")  # milliseconds, milliseconds, MiB


def run(command):
    """Runs a command to its end, its output read and thrown away."""
    begin, first = time.perf_counter(), None
    read, write = os.pipe()
    process = subprocess.Popen(command, stdout=write, stderr=subprocess.DEVNULL)
    os.close(write)
    while os.read(read, 1 << 16):
        first = first or time.perf_counter()
    os.close(read)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"status {process.returncode} from: {' '.join(command)}")
    cpu = (usage.ru_utime + usage.ru_stime) * 1000
    return Run(cpu, ((first or time.perf_counter()) - begin) * 1000, usage.ru_maxrss / 1024)


def by_turns(commands, runs):
    """Medians for each command, the commands taking turns; the first round only warms the caches."""
    rounds = [[run(command) for command in commands] for _ in range(runs + 1)][1:]
    return [Run(*map(statistics.median, zip(*column))) for column in zip(*rounds)]


def pages_of(pdf):
    output = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return next(int(line.split()[1]) for line in output.splitlines() if line.startswith("Pages:"))


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench/speed")
    parser.add_argument("--gouji", required=True)
    parser.add_argument("--fixtures", type=Path, required=True)
    parser.add_argument("-n", "--runs", type=int, default=15)
    parser.add_argument("pdfs", nargs="*", type=Path)
    options = parser.parse_args()
    pdfs = options.pdfs or sorted(options.fixtures.glob("*/source.pdf"))

    print(f"{'':40}{'':6}{'gouji ms/page':>24}{'pdftotext ms/page':>24}{'ratio':>20}")
    print(f"{'':40}{'pages':>6}" + f"{'whole':>12}{'less start':>12}" * 2 + f"{'whole':>8}{'less start':>12}")
    starts = []
    for pdf in pdfs:
        pages, path = pages_of(pdf), str(pdf)
        gouji, peer = [options.gouji, "run", path], ["pdftotext", "-bbox-layout", path, "-"]
        mine, theirs, my_start, their_start = by_turns(
            [gouji, peer, [*gouji, "--pages", "1"], [*peer[:2], "-f", "1", "-l", "1", *peer[2:]]], options.runs)
        starts.append((my_start, their_start, mine, theirs))
        whole = mine.cpu / pages, theirs.cpu / pages
        rest = [(run.cpu - start.cpu) / (pages - 1) if pages > 1 else float("nan")
                for run, start in ((mine, my_start), (theirs, their_start))]
        name = pdf.parent.name if pdf.name == "source.pdf" else pdf.name
        print(f"{name[:39]:40}{pages:6}{whole[0]:12.2f}{rest[0]:12.2f}{whole[1]:12.2f}{rest[1]:12.2f}"
              f"{whole[0] / whole[1]:8.2f}{rest[0] / rest[1] if rest[1] > 0 else float('nan'):12.2f}")
    print()
    for name, one, whole in (("gouji", 0, 2), ("pdftotext", 1, 3)):
        cpu = statistics.median(start[one].cpu for start in starts)
        wall = statistics.median(start[one].first_byte for start in starts)
        print(f"{name:10} one page: {cpu:.1f} ms CPU, first byte after {wall:.1f} ms, peak {max(s[one].peak for s in starts):.1f} MiB; "
              f"whole documents: peak {max(s[whole].peak for s in starts):.1f} MiB")


if __name__ == "__main__":
    main()
