"""Reads `swift package dump-package` from standard input and holds the imports of Sources/ against it."""

import json
import re
import sys
from pathlib import Path

SIBLINGS = {"Reading", "TextStages", "TableStages", "RecordStages", "Reporting", "BulkRunning"}
# Values only.
MUTE = {"DocumentModel"}
# Which rooms may open a door to C; the doors not named here are Reading's.
DOORS = {"CDigest": {"PipelineKit"}, "CPattern": {"PipelineKit"}, "CYAML": {"PipelineKit"},
         "CCompression": {"PipelineKit"}, "CJSON": {"PipelineKit"}, "CSQLite": {"Reporting"},
         "CArchive": {"BulkRunning", "Reading"}, "CZlib": {"BulkRunning"},
         "CBrotli": {"BulkRunning"}, "CJail": {"BulkRunning", "PipelineKit"}, "CWatch": {"PipelineKit"},
         "CMemory": {"gouji"}}
READING = {"Reading"}

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(\w+)", re.MULTILINE)


def declared(target):
    """Names of the targets and products that a target depends on; a product bears the name of its module."""
    return {next(iter(dependency.values()))[0] for dependency in target["dependencies"]}


def faults(package):
    targets = {target["name"]: target for target in package["targets"]}
    products = {name for target in targets.values() for name in declared(target)}
    for name, target in sorted(targets.items()):
        folder = Path(target.get("path") or f"Sources/{name}")
        sources = sorted(folder.rglob("*.swift"))
        if target["type"] not in ("regular", "executable") or not sources:
            continue
        imported = {}
        for source in sources:
            for module in IMPORT.findall(source.read_text("utf-8")):
                imported.setdefault(module, source)
        if name in MUTE and imported:
            yield f"{next(iter(imported.values()))}: {name} imports nothing"
        known = {module for module in imported if module in targets or module in products}
        for module in sorted(known - declared(target)):
            yield f"{imported[module]}: imports {module}, which Package.swift does not declare for {name}"
        for module in sorted(declared(target) - set(imported)):
            yield f"Package.swift: {name} declares {module} and never imports it"
        for module in sorted(known):
            if name in SIBLINGS and module in SIBLINGS and module != name:
                yield f"{imported[module]}: {name} imports its sibling {module}"
            if is_door(targets.get(module)) and name not in DOORS.get(module, READING):
                yield f"{imported[module]}: only {', '.join(sorted(DOORS.get(module, READING)))} may import {module}"


def is_door(target):
    return target is not None and "CLibraries" in Path(target.get("path") or "").parts


if __name__ == "__main__":
    found = list(faults(json.load(sys.stdin)))
    print("\n".join(found) if found else "imports and manifest agree")
    sys.exit(bool(found))
