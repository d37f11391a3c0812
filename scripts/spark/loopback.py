"""A Spark cluster on this machine for scripts/spark/test-loopback, which says what it does."""

import argparse
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pyspark

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(pyspark.__file__).parent
ENVIRONMENT = dict(os.environ, SPARK_HOME=str(HOME), PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1", SPARK_NO_DAEMONIZE="1",
                   SPARK_PUBLIC_DNS="127.0.0.1")


def holds(sentence, condition, detail=""):
    print(("holds   " if condition else "FAILS   ") + sentence + (f" ({detail})" if detail else ""), flush=True)
    if not condition:
        sys.exit(1)


def children(pid):
    """The processes below a process, with their command lines."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = (int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]), (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except (OSError, ValueError):
                pass
    found, waiting = {}, [pid]
    while waiting:
        parent = waiting.pop()
        for child, (above, command) in parents.items():
            if above == parent and child not in found:
                found[child] = command
                waiting.append(child)
    return found


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def cluster(folder, cores):
    """The address of a master with two workers, and the processes of those."""
    address, started = f"spark://127.0.0.1:{(port := free_port())}", []
    spark_class = str(HOME / "bin/spark-class")

    def start(name, *arguments):
        with open(folder / f"{name}.log", "w") as log:
            started.append(subprocess.Popen([spark_class, *arguments], env=ENVIRONMENT, stdout=log, stderr=log, start_new_session=True))

    try:
        start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        for number in (1, 2):
            start(f"worker-{number}", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", str(cores),
                  "--memory", "1g", "--work-dir", str(folder / f"work-{number}"), address)
        yield address, started[1:]
    finally:
        for process in started:
            below = [*children(process.pid), process.pid]
            for pid in below:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            process.wait()


def submit(address, folder, manifest, output, worker, *more):
    log = open(folder / "submit.log", "a")
    return subprocess.Popen(
        [str(HOME / "bin/spark-submit"), "--master", address, "--conf", "spark.executor.memory=512m", "--conf", "spark.driver.memory=512m",
         "--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1",
         str(ROOT / "scripts/spark/extract_job.py"), str(manifest), str(output), "--worker", worker, *more],
        env=ENVIRONMENT, stdout=log, stderr=log, cwd=folder)


def rows(output):
    """What is in the output, read without Spark's cluster."""
    script = ("import sys; from pyspark.sql import SparkSession; s = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').getOrCreate();"
              "[print(r.id, r.status, r.reason, len(r.record or '')) for r in s.read.parquet(sys.argv[1]).collect()]")
    text = subprocess.run([sys.executable, "-c", script, str(output)], env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return [line.split() for line in text.splitlines()]


def bomb():
    """A PDF of forms within forms, each drawn twenty times: small, and no reader comes to its end."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"]
    drawn = "/F Do " * 20
    objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream")
    for number in range(5, 17):
        inner = f"/Resources<</XObject<</F {number + 1} 0 R>>>>" if number < 16 else ""
        text = drawn if number < 16 else "0 0 m 9 9 l S"
        objects.append(f"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]{inner}/Length {len(text)}>>stream\n{text}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n".encode()


def write_documents(folder, count):
    """Reports that differ in one figure, a poison, and their manifest."""
    text = (ROOT / "Fixtures/yunqi-2023-tab/source.txt").read_text("utf-8")
    (folder / "documents").mkdir()
    requests = []
    for number in range(count):
        path = folder / f"documents/{number}.txt"
        path.write_text(f"{text}\n{number}\n", "utf-8")
        requests.append({"v": 1, "id": f"{number}.txt", "source": {"path": str(path)}})
    poison = folder / "documents/poison.pdf"
    poison.write_bytes(bomb())
    requests.insert(count // 3, {"v": 1, "id": "poison.pdf", "source": {"path": str(poison)}})
    return requests


def write_manifest(path, requests):
    path.write_text("".join(json.dumps(request) + "\n" for request in requests), "utf-8")
    return path


def kill_one(workers, mark, what, job):
    """Kills the first process below Spark's workers with the mark in its command line."""
    end = time.monotonic() + 900  # A busy machine takes minutes to start the cluster.
    while time.monotonic() < end and job.poll() is None:
        for worker in workers:
            for pid, command in children(worker.pid).items():
                if mark in command:
                    try:
                        os.kill(pid, signal.SIGKILL)
                    except ProcessLookupError:
                        continue
                    print(f"killed  {what}, process {pid}", flush=True)
                    return
        time.sleep(0.05)
    holds(f"{what} was there to be killed", False)


def disturbed(folder, worker, mark, count):
    requests = write_documents(folder, count)
    manifest, output = write_manifest(folder / "manifest.ndjson", requests), folder / "results.parquet"
    with cluster(folder, cores=1) as (address, workers):
        job = submit(address, folder, manifest, output, worker, "--partitions", "16")
        kill_one(workers, mark, "a worker of gouji", job)
        time.sleep(2)
        kill_one(workers, "CoarseGrainedExecutorBackend", "an executor", job)
        time.sleep(4)
        kill_one(workers, mark, "another worker of gouji", job)
        time.sleep(2)
        holds("the job is still running", job.poll() is None)
        for pid in [*children(workers[0].pid), workers[0].pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        print("killed  a worker of Spark with all below it", flush=True)
        code = job.wait(1800)
        holds("the job ends well", code == 0, "" if code == 0 else (folder / "submit.log").read_text("utf-8")[-3000:])
        check(rows(output), requests)
        more = [dict(request, id=f"again-{request['id']}") for request in requests[:10] if not request["id"].startswith("poison")]
        write_manifest(manifest, requests + more)
        before = {path for path in output.iterdir()}
        holds("a second run ends well", submit(address, folder, manifest, output, worker, "--partitions", "2").wait(600) == 0)
        check(rows(output), requests + more)
        holds("what was there is as it was", before - {output / "_SUCCESS", output / "._SUCCESS.crc"} <= {path for path in output.iterdir()})


def check(found, requests):
    ids = [line[0] for line in found]
    holds("no document is there twice", len(ids) == len(set(ids)), f"{len(ids)} rows")
    holds("no document is lost", set(ids) == {request["id"] for request in requests}, f"{len(requests)} documents")
    failed = [line for line in found if line[1] == "failed"]
    holds("the poison is one failed line with a reason and no record", len(failed) == 1 and failed[0][0] == "poison.pdf" and failed[0][2] != "None" and failed[0][3] == "0", str(failed))
    holds("all others have a record", all(int(line[3]) > 2 for line in found if line[1] != "failed"))


def timed(folder, gouji, worker, count):
    requests = [request for request in write_documents(folder, count) if not request["id"].startswith("poison")]
    manifest = write_manifest(folder / "manifest.ndjson", requests)
    begin = time.monotonic()
    subprocess.run([gouji, "bulk", f"@{manifest}", "-o", folder / "bulk", "-j", "2", "-q"], check=True, cwd=ROOT)
    bulk = time.monotonic() - begin
    with cluster(folder, cores=1) as (address, _):
        time.sleep(8)
        begin = time.monotonic()
        holds("the job ends well", submit(address, folder, manifest, folder / "results.parquet", worker).wait() == 0, f"{folder}/submit.log")
        print(f"{count} documents, two cores: gouji bulk {bulk:.1f} s, Spark {time.monotonic() - begin:.1f} s", flush=True)


def main():
    arguments = argparse.ArgumentParser(add_help=False)
    arguments.add_argument("--gouji", type=Path)
    arguments.add_argument("--documents", type=int, default=1000)
    arguments.add_argument("--time", action="store_true")
    options = arguments.parse_args()
    mock = f"{shlex.quote(sys.executable)} {shlex.quote(str(ROOT / 'scripts/spark/mock_worker.py'))}"
    gouji = options.gouji and options.gouji.resolve()
    worker, mark = (f"{shlex.quote(str(gouji))} worker --timeout 5 --pipelines {shlex.quote(str(ROOT / 'Pipelines'))}", f"{gouji} worker") if gouji else (mock, "mock_worker.py")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # Nothing is left behind.
    with tempfile.TemporaryDirectory(prefix="gouji-spark-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if options.time:
            timed(folder, gouji, worker, options.documents)
        else:
            disturbed(folder, worker, mark, options.documents)


if __name__ == "__main__":
    main()
