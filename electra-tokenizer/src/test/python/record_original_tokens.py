#!/usr/bin/env python3
"""Records what the original tokenizer makes of this project's own texts.

    python3 record_original_tokens.py FOLDER

FOLDER is a clone of google-research/electra; its model/tokenization.py is executed, with a stand-in
for the one TensorFlow function that it calls, under Python 3.11 (Unicode 14.0.0). Written, to
src/test/resources/golden/original:

  vocab.txt      a small vocabulary: characters, frequent parts and every third word of TEXTS
  texts.json     per text the basic tokens and the pieces, uncased, uncased with accents, cased
  sweep.sha256   per template and option, digests over the basic tokens of every code point put into
                 the template; one digest per 16,384 code points
"""
import collections
import hashlib
import json
import pathlib
import random
import sys
import types
import unicodedata

TEXTS = [
    "", " ", "\t\r\n ", "a", "A", ".", "  a  b  ",
    "The tokenizer splits words, keeps their places, and never loses count.",
    "Don't panic: it's only the dog's breakfast; we'll manage (probably)!",
    "Prices rose 3.5% to $1,299.99 on 2021-03-04; that's ~10x more than 5\u20ac.",
    "e-mail: some.one+tag@example.org, path /usr/lib/x86_64, C:\\temp, a_b__c",
    "x=y^2 `code` {a|b} <tag/> \"quoted\" #hash ##hash [MASK] [CLS] [SEP] [unused1]",
    "na\u00efve caf\u00e9 r\u00e9sum\u00e9 \u00c5ngstr\u00f6m \u00dcber \u00c6on \u0152uvre \u00d8re stra\u00dfe STRA\u1e9eE \u0142\u00f3d\u017a \u0111\u00e0",
    "nai\u0308ve cafe\u0301 A\u030angstro\u0308m e\u0301\u0323\u0302 \u0301x x\u0301\u0301\u0301 !\u0301",
    "\u0130stanbul I\u0307 \u0131\u015f\u0131k DI\u015eARI \u01c5ungla \u01f1",
    "\u039f\u0394\u039f\u03a3 \u039f\u0394\u039f\u03a3. \u039f\u0394\u039f\u03a3.\u03b1 \u03a3 \u03a3\u03a3 \u03a3\u0391\u03a3 \u0391\u03a3'\u0392 \u0391\u03a3' \u0391'\u03a3 \u0391\u0301\u03a3\u0301 \u0391\u00ad\u03a3\u00ad\u03a3",
    "\u0391\u03a3\u4e2d\u0391\u03a3 1\u03a3 .\u03a3 a\u03a3b \u24b6\u03a3 \u02b0\u03a3 \u0391\u03a3\u0345\u0392 \u0391\u03a3:\u0392 \u0391\u03a3\u2019 \u1f08\u03a3",
    "\u1f08\u03bd\u03ae\u03c1 \u1f10\u03bd \u1fc3\u1fb3\u1ff3 \u1f88\u1f98\u1fa8 \u03ac\u1f71",
    "\u041c\u043e\u0441\u043a\u0432\u0430 \u0439\u0401\u043b\u043a\u0430 \u0407\u0436\u0430\u043a \u04c0 \u0460\u0480",
    "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd \u05e2\u05d5\u05dc\u05dd\u05be \u05f3\u05f4 \u0645\u064e\u0631\u0652\u062d\u064e\u0628\u0627\u061f \u0622\u0623\u0624 \u0640\u0640 \u06dd",
    "\u0915\u093e \u0958 \u0915\u093c \u0939\u093f\u0928\u094d\u0926\u0940\u0964 \u09cb\u09c7\u09be \u0bca\u0bcb \u0d4a \u0ddc\u0ddd \u0cc0\u0ccb",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 \u0e19\u0e49\u0e33 \u0eaa\u0eb0\u0e9a\u0eb2\u0e8d\u0e94\u0eb5 \u1019\u103c\u1014\u103a\u1019\u102c \u17a2\u17d2",
    "\u0f40\u0f73\u0f75\u0f76\u0f78\u0f81 \u0f43\u0f4d \u0f0b\u0f42",
    "\ud55c\uad6d\uc5b4 \uac00\uac01\ud7a3 \u1100\u1161\u11a8 \u3131\u314f \uffa1",
    "\u6771\u4eac\u306b\u3044\u308b\u3002\u30ab\u30bf\u30ab\u30ca \u304c\u304e \u3071 \uff76\uff9e \u30fc \u3005\u3006\u3007 \u4e2d\u6587abc\u4e2d1\u6587",
    "\u8c48\uf900\ufa30\ufa0e \u3400\u4dbf\u9fff\ua000 \U00020000\U0002a6df\U0002a700\U0002b820\U0002f800\U0002fa1d\U0002fa1e\U00030000",
    "\uff21\uff22\uff23\u3000\uff11\uff0c\uff01\u3001\u300c\u300d \ufb01nd \ufb03 \u2163 \u2460\u24d0 x\u00b2 \u00bd \u2126\u212a\u212b",
    "a\u00a0b\u2002c\u2000d\u2001e\u202ff\u205fg\u1680h\u180ei\u200bj\u2028k\u2029l\u0085m\u000bn\u000co\u001cp\u001fq",
    "co\u00adop \u200eltr\u200f \u202a\u202c \u2066x\u2069 zw\u200cnj zw\u200dj \ufeffbom wj\u2060x \ufff9a\ufffab\ufffb",
    "nul\u0000nul del\u007fdel c1\u0080\u009fc1 rep\ufffdrep obj\ufffcobj non\uffff\ufdd0 pua\ue000\uf8ff\U000f0000\U0010fffd un\u0378\U000e0080",
    "\u201cquoted\u201d \u2018x\u2019 \u00abg\u00bb \u00bfqu\u00e9? \u00a1s\u00ed! a\u2010b\u2011c\u2012d\u2013e\u2014f \u2026 \u2030 \u2020 \u00a7 \u00b6 \u00b7 \u30fb",
    "\u00a3x \u00a9y \u2122z \u00b1a \u00d7b \u2192c \u221ad \u00acx \u00a6y \u00b4x \u02c6 \u00a8 \u00b8 \u2260f \u226eg \u1fefe \u037eb \u0387d \u2329\u232a",
    "I \U0001f600 you \u2764\ufe0f \U0001f44d\U0001f3fd \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea 1\ufe0f\u20e3 \U0001fae0 \U0001fae8",
    "\U0001d400\U0001d41a \U0001d7d8 \U00010400\U00010428 \U0001e900\U0001e922 \U000118a0 \U00010100 \U00011047 \U0001e95e",
    "\U0001d15e\U0001d160 \U0001d158\U0001d165\U0001d16e a\U0001d16d\U0001d165 a\U0001d165\U0001d16d\u302f\u302ea a\u302f\u0941\u302e \u0301\u302f\u302e",
    "ka\u302e\u0316\u302f \u1b06\u1b44\u1b35 \u1b44a \U0001d16e\U0001d165x \U00016ff0\u302e \u302e\U00016ff0 .\u302f\U0001d165",
    "lone \ud83d high \ude00 low a\ud800b \udfff", "end\ud83d", "\udc00start",
    "w" * 199, "w" * 200, "w" * 201, "\u00e9" * 200, "e\u0301" * 200, "e\u0301" * 201, "\U00010428" * 200,
    "\U00010428" * 201, "x" * 250 + " y", "z " + "\uac00" * 100, "\uac00" * 101, "-" * 300,
    "supercalifragilisticexpialidocious antidisestablishmentarianism internationalization",
    "Der Bundesverfassungsgerichtspr\u00e4sident fa\u00dft s\u00fc\u00dfe \u00c4pfel.",
    "Il n'y a pas \u00e0 h\u00e9siter\u00a0: c\u2019est d\u00e9j\u00e0 l\u2019\u00e9t\u00e9\u2009!",
    "Cze\u015b\u0107, ju\u017c jest p\u00f3\u017ano \u2013 chod\u017amy spa\u0107\u2026",
    "\u00bfD\u00f3nde est\u00e1 el ni\u00f1o? \u00a1Aqu\u00ed, se\u00f1or!",
    "Ti\u1ebfng Vi\u1ec7t c\u00f3 nhi\u1ec1u d\u1ea5u \u0110\u1ed3ng h\u1ed3",
    "HTTPServer2Go iPhone13Pro GPT2 B2B 3D x86 4ever ELECTRA-Small++",
]

POOLS = [
    range(0x20, 0x7F), range(0x20, 0x7F), range(0x00, 0x100), range(0x100, 0x250), range(0x370, 0x400),
    range(0x300, 0x370), range(0x900, 0xE00), range(0xF00, 0x1000), range(0x1100, 0x1200),
    range(0x1E00, 0x2100), range(0x3000, 0x3100), range(0x4E00, 0x4F00), range(0xAC00, 0xAD00),
    range(0xF900, 0xFB00), range(0xD800, 0xE000), range(0xFE00, 0x10000), range(0x1D150, 0x1D180),
    range(0x302A, 0x3030), range(0x1F300, 0x1F700), range(0x2F800, 0x2FA20), range(0x110000),
    [0x3A3, 0x3A3, 0x391, 0x27, 0x2E, 0xAD, 0x345, 0x301, 0x20],
]

OPTIONS = {"uncased": (True, True), "uncased_accents": (True, False), "cased": (False, True)}
TEMPLATES = {"between": "a%sb", "sigma": "\u0391\u03a3%s\u03a3"}
BLOCK = 0x4000


def random_texts(count, seed):
    draw = random.Random(seed)
    for _ in range(count):
        pools = draw.sample(POOLS, draw.randint(1, 4))
        text = ""
        for _ in range(draw.randint(1, 40)):
            char = chr(draw.choice(draw.choice(pools)))
            # Java reads a high surrogate before a low one as one code point, Python as two.
            if not ("\udc00" <= char <= "\udfff" and "\ud800" <= text[-1:] <= "\udbff"):
                text += char
        yield text


def load_original(folder):
    stand_in = types.ModuleType("tensorflow.compat.v1")
    stand_in.io = types.SimpleNamespace(gfile=types.SimpleNamespace(
        GFile=lambda path, mode: open(path, mode, encoding="utf-8", newline="\n")))
    for name in ("tensorflow", "tensorflow.compat"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["tensorflow.compat.v1"] = stand_in
    sys.path.insert(0, str(folder))
    from model import tokenization
    return tokenization


def vocabulary(basic_tokenizers):
    words, parts, chars = collections.Counter(), collections.Counter(), collections.Counter()
    for text in TEXTS:
        for tokenizer in basic_tokenizers:
            for word in tokenizer.tokenize(text):
                words[word] += 1
                for char in word:
                    chars[char] += 1
                for start in range(len(word)):
                    for length in (2, 3, 4):
                        if start + length <= len(word):
                            parts[("##" if start else "") + word[start:start + length]] += 1
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused1]"]
    # A few characters are left out, so that there are unknown words.
    kept = [c for c in sorted(chars) if ord(c) % 11 != 5]
    pieces += kept + ["##" + c for c in kept if not unicodedata.category(c).startswith("P")]
    pieces += [part for part, n in sorted(parts.items()) if n >= 4]
    pieces += [word for word in sorted(words)[::3] if len(word) <= 30]
    return list(dict.fromkeys(pieces))


def sweep(tokenizer, template):
    for start in range(0, 0x110000, BLOCK):
        sha = hashlib.sha256()
        for code_point in range(start, start + BLOCK):
            tokens = tokenizer.tokenize(template % chr(code_point))
            sha.update(("\t".join(tokens) + "\n").encode("utf-8"))
        yield start, sha.hexdigest()


def main():
    tokenization = load_original(pathlib.Path(sys.argv[1]).resolve())
    target = pathlib.Path(__file__).resolve().parents[1] / "resources/golden/original"
    basic = {name: tokenization.BasicTokenizer(*flags) for name, flags in OPTIONS.items()}

    vocab = target / "vocab.txt"
    vocab.write_bytes("".join(p + "\n" for p in vocabulary(basic.values())).encode("utf-8"))
    full = {name: tokenization.FullTokenizer(str(vocab), *flags) for name, flags in OPTIONS.items()}

    cases = []
    for text in TEXTS + list(random_texts(500, seed=20211)):
        case = {"text": text}
        for name in OPTIONS:
            case[name] = {"words": basic[name].tokenize(text), "pieces": full[name].tokenize(text)}
        cases.append(json.dumps(case, ensure_ascii=True))
    (target / "texts.json").write_bytes(("[\n" + ",\n".join(cases) + "\n]\n").encode("ascii"))

    lines = []
    for template_name, template in TEMPLATES.items():
        for name in OPTIONS:
            for start, sha in sweep(basic[name], template):
                lines.append(f"{template_name} {name} {start:06X} {sha}\n")
    (target / "sweep.sha256").write_bytes("".join(lines).encode("ascii"))


if __name__ == "__main__":
    main()
