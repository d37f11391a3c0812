"""Prints `file:line: literal` for every Swift string literal in the files named that has a Han character; exit 1 then.

Comments are left out. What stands inside `\(…)` of a literal counts as part of it.
"""

import re
import sys
from pathlib import Path

# Han and its extensions in the first three planes, radicals, the iteration mark and the ideographic zero.
HAN = re.compile("[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Whatever opens first at a place is what stands there: a comment, a raw or multi-line or plain string.
TOKEN = re.compile(
    r'//[^\n]*'
    r'|/\*.*?\*/'
    r'|(?P<hashes>\#*)"""(?P<lines>.*?)(?<!\\)"""(?P=hashes)'
    r'|(?P<marks>\#*)"(?P<text>(?:\\.|[^"\\\n])*)"(?P=marks)', re.DOTALL)


def literals(source):
    r"""Line number and text of every line of every string literal.

    >>> list(literals('let a = "b" // "c"'))
    [(1, 'b')]
    >>> list(literals('let a = \"\"\"\n  b "c"\n  \"\"\"\nlet d = "e\\"f"'))[1:2]
    [(2, '  b "c"')]
    >>> list(literals('/* "a" */ let b = #"c"#'))
    [(1, 'c')]
    """
    for token in TOKEN.finditer(source):
        group = "lines" if token["lines"] is not None else "text"
        if token[group] is None:
            continue
        first = source.count("\n", 0, token.start(group)) + 1
        for offset, line in enumerate(token[group].split("\n")):
            yield first + offset, line


if __name__ == "__main__":
    found = [
        f"{path}:{number}: {line.strip()}" for path in sys.argv[1:]
        for number, line in literals(Path(path).read_text("utf-8")) if HAN.search(line)]
    print("\n".join(found), end="\n" if found else "")
    sys.exit(bool(found))
