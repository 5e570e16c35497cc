#!/usr/bin/env python3
"""Freezes the Unicode data that the tokenizer stands on.

Run it with Python 3.11, whose unicodedata is Unicode 14.0.0, the version under which the original's
outputs were recorded:

    python3 electra-tokenizer/src/test/python/generate_unicode_tables.py

It writes
  src/main/resources/io/github/electra4j/tokenizer/unicode-14.0.0.bin   the tables (see below)
  src/test/resources/golden/unicode/unicode-14.0.0.sha256               digests over all code points

All numbers in the .bin file are unsigned LEB128. Sections, in this order:
  groups      number of runs, then per run: length * 8 + group
  casing      number of runs, then per run: length * 4 + casing
  combining   number of runs, then per run: length * 256 + canonical combining class
  lower case  number of mappings, then per mapping: distance of the code point from the one before,
              number of outputs, and per output zigzag(output - code point)
  decomposed  as lower case: the full canonical decomposition in canonical order, without Hangul

The digests are taken over what Python says, not over the .bin file, so that they check the way
there and back.
"""
import hashlib
import pathlib
import struct
import sys
import unicodedata

VERSION = "14.0.0"
CODE_POINTS = 0x110000
HANGUL = range(0xAC00, 0xD7A4)

OTHER, CONTROL, SPACE, LINE, PUNCTUATION, MARK = range(6)
UNCASED, IGNORABLE, CASED = range(3)


def group(char):
    """The part of the general category that the tokenizer asks for."""
    category = unicodedata.category(char)
    if category == "Mn":
        return MARK
    if category == "Zs":
        return SPACE
    return {"C": CONTROL, "Z": LINE, "P": PUNCTUATION}.get(category[0], OTHER)


def casing(char):
    """What str.lower() sees in a neighbour of a capital sigma, found out by asking it."""
    if (char + "\u03a3").lower()[-1] == "\u03c2":
        return CASED
    if ("A\u03a3" + char + "A").lower()[1] == "\u03c3":
        return IGNORABLE
    return UNCASED


def leb128(number):
    out = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def zigzag(number):
    return number * 2 if number >= 0 else -number * 2 - 1


def runs(values, scale):
    found = []
    for value in values:
        if found and found[-1][1] == value:
            found[-1][0] += 1
        else:
            found.append([1, value])
    return leb128(len(found)) + b"".join(leb128(n * scale + value) for n, value in found)


def mappings(function):
    out, count, before = bytearray(), 0, 0
    for code_point in range(CODE_POINTS):
        mapped = function(chr(code_point))
        if mapped != chr(code_point):
            out += leb128(code_point - before) + leb128(len(mapped))
            for char in mapped:
                out += leb128(zigzag(ord(char) - code_point))
            count, before = count + 1, code_point
    return leb128(count) + bytes(out)


def decomposed(char):
    return char if ord(char) in HANGUL else unicodedata.normalize("NFD", char)


def digest(numbers):
    """SHA-256 over 32-bit big-endian numbers, the way Java's DataOutputStream writes them."""
    sha = hashlib.sha256()
    sha.update(b"".join(struct.pack(">i", number) for number in numbers))
    return sha.hexdigest()


def sequences(function):
    for code_point in range(CODE_POINTS):
        mapped = function(chr(code_point))
        yield len(mapped)
        yield from map(ord, mapped)


def main():
    if unicodedata.unidata_version != VERSION:
        sys.exit(f"This Python has Unicode {unicodedata.unidata_version}; {VERSION} is wanted.")
    chars = [chr(code_point) for code_point in range(CODE_POINTS)]
    groups, casings = [group(c) for c in chars], [casing(c) for c in chars]
    combining = [unicodedata.combining(c) for c in chars]

    module = pathlib.Path(__file__).resolve().parents[3]
    table = module / f"src/main/resources/io/github/electra4j/tokenizer/unicode-{VERSION}.bin"
    table.parent.mkdir(parents=True, exist_ok=True)
    table.write_bytes(
        runs(groups, 8)
        + runs(casings, 4)
        + runs(combining, 256)
        + mappings(str.lower)
        + mappings(decomposed)
    )

    lines = [
        ("groups", digest(groups)),
        ("casing", digest(casings)),
        ("combining", digest(combining)),
        ("lower", digest(sequences(str.lower))),
        ("decomposed", digest(sequences(decomposed))),
        ("nfd", digest(sequences(lambda c: unicodedata.normalize("NFD", c)))),
    ]
    golden = module / f"src/test/resources/golden/unicode/unicode-{VERSION}.sha256"
    golden.parent.mkdir(parents=True, exist_ok=True)
    golden.write_text("".join(f"{sha}  {name}\n" for name, sha in lines), encoding="ascii")


if __name__ == "__main__":
    main()
