"""Runs gouji bulk over many tiny documents, and over texts by one worker and by two."""

import io
import os
import re
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path


def bulk(gouji, arguments):
    """Seconds that passed, processor seconds and megabytes of the supervisor, processor seconds of all its processes."""
    begin, before = time.monotonic(), os.times()
    run = subprocess.run([gouji, "bulk", "-v", *arguments], stderr=subprocess.PIPE, text=True)
    seconds, after = time.monotonic() - begin, os.times()
    everything = after.children_user + after.children_system - before.children_user - before.children_system
    said = re.search(r"supervisor: ([\d.]+) s, (\d+) MB", run.stderr)
    if run.returncode or not said:
        sys.exit(f"gouji bulk ended with {run.returncode}: {run.stderr[-2000:]}")
    return seconds, float(said[1]), int(said[2]), everything


def tar(path, count):
    with tarfile.open(path, "w") as archive:
        for number in range(count):
            data = b"ok %d\n" % number
            member = tarfile.TarInfo(f"reports/{number:07}.txt")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
            archive.members.clear()


def tiny(gouji, mock, count, folder):
    archive = folder / "tiny.tar"
    tar(archive, count)
    for title in "all to do", "nothing left to do":
        seconds, processor, memory, everything = bulk(
            gouji, [archive, "-o", folder / "tiny", "-p", "tables", "-j", "2", "--worker-program", mock])
        print(f"{count} tiny documents, {title}: {seconds:.1f} s; supervisor {processor:.1f} s = "
              f"{processor / count * 1e3:.4f} ms a document, {memory} MB; all processes {everything:.1f} s = "
              f"{everything / count * 1e3:.4f} ms a document", flush=True)
    with (folder / "tiny" / "results.ndjson").open() as results:
        print(f"results: {sum(1 for _ in results)} lines")


def workers(gouji, fixtures, folder):
    texts = sorted(fixtures.glob("*/source.txt"))
    inputs = folder / "in"
    inputs.mkdir()
    for number in range(40):
        for text in texts:
            # Other contents each time, or they would be read once.
            (inputs / f"{text.parent.name}-{number}.txt").write_bytes(text.read_bytes() + b"\n" * (number + 1))
    taken = {1: [], 2: []}
    for _ in range(5):
        for jobs in taken:
            seconds, _, _, processor = bulk(gouji, [inputs, "-o", folder / "out", "-j", str(jobs), "--fresh", "--fail-on", "never"])
            taken[jobs].append(seconds)
            print(f"{40 * len(texts)} texts, {jobs} at a time: {seconds:.2f} s, processor {processor:.2f} s, "
                  f"load {os.getloadavg()[0]:.1f}", flush=True)
    one, two = (statistics.median(taken[jobs]) for jobs in (1, 2))
    print(f"{40 * len(texts)} texts: one worker {one:.2f} s, two {two:.2f} s, ratio {one / two:.2f}; "
          f"of the quickest {min(taken[1]) / min(taken[2]):.2f}")


if __name__ == "__main__":
    fixtures, count, gouji, mock = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    with tempfile.TemporaryDirectory() as folder:
        tiny(gouji, mock, count, Path(folder))
        workers(gouji, fixtures, Path(folder))
