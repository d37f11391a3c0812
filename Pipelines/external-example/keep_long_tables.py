#!/usr/bin/env python3
"""A stage of Gouji in another language: keeps the tables that have enough rows.

Gouji starts this program for each document and speaks to it in lines of JSON: first a handshake, in which the program
says which layers it reads and which it writes; then the document with these layers, for which it gives back the layers
that it has written, and what it found odd. `gouji schema document` describes the layers. Messages for people go to
standard error, shown with `gouji run -v`: anything else on standard output, and an end with an error, are faults.

A pipeline file uses it like this (`settings` are texts, handed over in the handshake):

    - use: external
      id: keep-long-tables
      options: { command: [python3, keep_long_tables.py], settings: { rows: "5" } }
"""
import json
import sys


def keep_long_tables(document, rows):
    kept = [table for table in document["layers"]["tables"] if table["rows"] >= rows]
    dropped = len(document["layers"]["tables"]) - len(kept)
    diagnostics = []
    if dropped:
        message = f"{dropped} tables of fewer than {rows} rows were left out"
        diagnostics.append({"code": "example.short_tables", "severity": "info", "message": message, "places": []})
    return {"layers": {"tables": kept}, "diagnostics": diagnostics}


def say(answer):
    print(json.dumps(answer, ensure_ascii=False), flush=True)


hello = json.loads(sys.stdin.readline())
say({"protocol": hello["protocol"], "reads": ["tables"], "writes": ["tables"]})

document = json.loads(sys.stdin.readline())
rows = int(hello["settings"].get("rows", "1"))
print(f"keeping tables of at least {rows} rows", file=sys.stderr)
say(keep_long_tables(document, rows))
