#!/usr/bin/python3
"""Makes a scan of a PDF: its pages as grey pictures, turned a little, with noise, as JPEG, in a PDF without text.

  scan.py SOURCE.pdf TARGET.pdf [--dpi 200] [--turn 0.7] [--noise 5] [--quality 75] [--blur 0.4] [--seed 1]
                              [--lie 90] [--rotate 270]

Needs pdftoppm (poppler-utils), Pillow and NumPy (python3-pil, python3-numpy). The same arguments give the same picture.
"""
import argparse
import io
import subprocess
import tempfile
from pathlib import Path

import numpy
from PIL import Image, ImageFilter


def pages(source, dpi):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", source, f"{folder}/page"], check=True)
        for path in sorted(Path(folder).glob("page*.pgm")):
            with Image.open(path) as picture:
                yield picture.copy()


def scanned(picture, number, options):
    random = numpy.random.default_rng([options.seed, number])
    turned = picture.rotate(options.turn * random.uniform(0.6, 1), Image.Resampling.BICUBIC, fillcolor=255)
    lying = turned.rotate(-options.lie, expand=True)
    pixels = numpy.asarray(lying.filter(ImageFilter.GaussianBlur(options.blur)), dtype=float)
    # Paper is not quite white, ink not quite black.
    pixels = 18 + pixels * (235 / 255) + random.normal(0, options.noise, pixels.shape)
    data = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype("uint8")).save(data, "JPEG", quality=options.quality)
    return lying.size, data.getvalue()


def pdf(pictures, dpi, rotate=0):
    """A PDF of one picture a page, shown turned clockwise by `rotate` degrees."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for (width, height), data in pictures:
        size = f"{width * 72 / dpi:.2f} {height * 72 / dpi:.2f}"
        draw = f"q {size.split()[0]} 0 0 {size.split()[1]} 0 0 cm /Im Do Q".encode()
        first = len(objects) + 1
        kids.append(first)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size}] /Rotate {rotate} /Contents {first + 1} 0 R "
            f"/Resources << /XObject << /Im {first + 2} 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw),
            f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
            f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream",
        ]
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--turn", type=float, default=0.7, help="degrees, counterclockwise")
    parser.add_argument("--noise", type=float, default=5, help="standard deviation of the shades")
    parser.add_argument("--blur", type=float, default=0.4, help="pixels")
    parser.add_argument("--quality", type=int, default=75, help="of the JPEG")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lie", type=int, default=0, choices=[0, 90, 180, 270],
                        help="degrees clockwise by which the sheets lie on the glass")
    parser.add_argument("--rotate", type=int, default=0, choices=[0, 90, 180, 270],
                        help="degrees clockwise by which the PDF says that its pages are shown")
    options = parser.parse_args()
    drawn = [scanned(picture, number, options) for number, picture in enumerate(pages(options.source, options.dpi))]
    Path(options.target).write_bytes(pdf(drawn, options.dpi, options.rotate))


if __name__ == "__main__":
    main()
