"""Extracts documents on a Spark cluster: a manifest in, Parquet out; what is in the output already is not done again.

usage: spark-submit extract_job.py MANIFEST OUTPUT [--inputs] [--worker 'gouji worker'] [--partitions N] [--slices N]

MANIFEST has a request of `gouji worker` a line, as `gouji list` prints them; with --inputs it has a file, an archive or a WARC
a line, which `gouji list` looks into on the cluster. OUTPUT gets a row for each document: id, status, reason, and the record as
JSON. A worker that dies fails its task, and Spark runs the task again: no row is there before its task and its job are committed.
"""

import argparse
import json

from pyspark.sql import SparkSession
from pyspark.sql.functions import get_json_object
from pyspark.sql.utils import AnalysisException


def row(line):
    reply = json.loads(line)
    record = reply.get("record")
    return reply["id"], reply["status"], reply.get("reason"), json.dumps(record, ensure_ascii=False) if record else None


def missing(spark, requests, output):
    """The requests that have no row yet; one for each id."""
    try:
        return requests.join(spark.read.parquet(output).select("id"), "id", "left_anti")
    except AnalysisException:  # There is no output yet.
        return requests


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("manifest", "output"):
        arguments.add_argument(name)
    arguments.add_argument("--inputs", action="store_true")
    arguments.add_argument("--worker", default="gouji worker")
    arguments.add_argument("--lister", default="xargs -d '\\n' gouji list")
    arguments.add_argument("--partitions", type=int, default=0, help="tasks of a job; 0: four for each core")
    arguments.add_argument("--slices", type=int, default=1, help="jobs; what one has committed is kept whatever comes")
    options = arguments.parse_args()
    spark = SparkSession.builder.appName("gouji").getOrCreate()
    lines = spark.read.text(options.manifest).where("trim(value) != ''")
    if options.inputs:
        listed = lines.repartition(spark.sparkContext.defaultParallelism).rdd.map(lambda line: line.value)
        lines = listed.pipe(options.lister, checkCode=True).map(lambda line: (line,)).toDF("value string")
    requests = lines.select(get_json_object("value", "$.id").alias("id"), "value").dropDuplicates(["id"]).cache()
    for number in range(options.slices):
        todo = missing(spark, requests.where(f"pmod(hash(id), {options.slices}) = {number}"), options.output)
        tasks = options.partitions or 4 * spark.sparkContext.defaultParallelism
        # Without checkCode what a worker that dies has not answered would be lost in silence.
        replies = todo.repartition(tasks).rdd.map(lambda request: request.value).pipe(options.worker, checkCode=True)
        replies.map(row).toDF("id string, status string, reason string, record string").write.mode("append").parquet(options.output)
    lost = missing(spark, requests, options.output).count()
    spark.stop()
    if lost:
        raise SystemExit(f"{lost} documents have no row")


if __name__ == "__main__":
    main()
