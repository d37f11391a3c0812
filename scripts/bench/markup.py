"""Prints for each page how many megabytes of markup a second of CPU reads."""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

PIPELINE = "pipeline: read\nformat: 1\nstages:\n  - use: read\n    options: { markupLineLimit: 10000000, markupCellLimit: 10000000 }\n"


def seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def repeated(page, size):
    """The page with what is in its body so often that it has `size` bytes; of pages in UTF-16 the text in UTF-8."""
    if page[:2] in (b"\xff\xfe", b"\xfe\xff"):
        page = page.decode("utf-16").replace("utf-16", "utf-8").encode()
    lower = page.lower()
    start = lower.find(b">", lower.find(b"<body")) + 1
    end = lower.rfind(b"</body")
    head, body, foot = (page[:start], page[start:end], page[end:]) if 0 < start < end else (b"", page, b"")
    return head + body * max(1, size // len(body)) + foot


def main(program, megabytes, pages):
    with tempfile.TemporaryDirectory() as folder:
        pipeline, large = os.path.join(folder, "read.yaml"), os.path.join(folder, "page.html")
        Path(pipeline).write_text(PIPELINE)
        for page in pages:
            data = repeated(Path(page).read_bytes(), int(float(megabytes) * 1e6))
            Path(large).write_bytes(data)
            whole = min(seconds([program, "run", "-p", pipeline, large]) for _ in range(3))
            start = min(seconds([program, "run", "-p", pipeline, page]) for _ in range(3))
            print(f"{len(data) / 1e6 / (whole - start):6.1f} MB/s  {len(data) / 1e6:5.1f} MB  {page}", flush=True)


main(sys.argv[1], sys.argv[2], sys.argv[3:])
