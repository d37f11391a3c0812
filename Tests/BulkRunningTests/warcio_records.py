"""Prints a JSON line for each record of a web archive, as warcio reads it: place, headers and the digest of the document.

warcio_records.py write FILE makes an archive with warcio's writer first; its name tells whether it is packed.
"""

import hashlib
import io
import json
import sys

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


def write(path):
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=path.endswith(".gz"), warc_version="WARC/1.0" if "old" in path else "WARC/1.1")

        def add(kind, body, number, headers=(), status="200 OK", **more):
            http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
            http = http if kind in ("response", "revisit") else None
            writer.write_record(writer.create_warc_record(
                f"http://a.example/{number}", kind, payload=io.BytesIO(body), http_headers=http, **more))

        writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a test"}))
        for number in range(40):
            add("response", b"%PDF-1.4 " + b"x" * number * 997, number, [("Content-Type", "application/pdf")])
            add("response", b"5\r\n<html\r\n3\r\n></\r\n0\r\n\r\n", number, [("Transfer-Encoding", "chunked")])
            add("resource", b"text %d" % number, number, warc_content_type="text/plain")
            add("conversion", b"more", number)
            writer.write_record(writer.create_revisit_record(f"http://a.example/r{number}", "sha1:AAAA", "http://b", "2025-03-01T08:00:00Z"))


def document(record):
    try:
        # With the Brotli that PyPI has now, warcio ends with an error.
        if record.http_headers and record.http_headers.get_header("Content-Encoding") == "br":
            return hashlib.sha1(brotli.decompress(record.raw_stream.read())).hexdigest()
        return hashlib.sha1(record.content_stream().read()).hexdigest()
    except Exception:  # warcio's own: a packing that it cannot undo
        return None


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2])
    with open(sys.argv[-1], "rb") as stream:
        records = ArchiveIterator(stream)
        for record in records:
            line = {
                "type": record.rec_type, "uri": (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>") or None,
                "id": record.rec_headers.get_header("WARC-Record-ID"), "date": record.rec_headers.get_header("WARC-Date"),
                "payload": record.rec_headers.get_header("WARC-Payload-Digest"),
                "status": record.http_headers and record.http_headers.get_statuscode(), "document": document(record),
            }
            line["offset"], line["length"] = records.get_record_offset(), records.get_record_length()
            print(json.dumps(line))
