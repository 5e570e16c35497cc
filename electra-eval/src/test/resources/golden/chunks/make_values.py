"""Computes expected.json; see README.md. Rules as conlleval.pl (2004-01-26) states them, pair by pair."""

import json
import random

END = {("B", "B"), ("B", "O"), ("I", "B"), ("I", "O"), ("E", "E"), ("E", "I"), ("E", "O"), ("E", "B"),
       ("S", "B"), ("S", "I"), ("S", "E"), ("S", "S"), ("S", "O"), ("B", "S"), ("I", "S"), ("E", "S")}
START = {("B", "B"), ("I", "B"), ("O", "B"), ("O", "I"), ("E", "E"), ("E", "I"), ("O", "E"), ("E", "B"),
         ("S", "B"), ("S", "I"), ("S", "E"), ("S", "S"), ("B", "S"), ("I", "S"), ("E", "S"), ("O", "S")}


def parts(tag):
    position, _, kind = tag.partition("-")
    return position, kind


def score(sentences):
    """One pass over all words, counting as conlleval.pl does: a chunk is right while both agree."""
    gold_count, found, correct, by_type = 0, 0, 0, {}
    words = right_tags = 0
    in_correct, last_gold, last_guess = False, ("O", ""), ("O", "")

    def bump(kind, what):
        by_type.setdefault(kind, [0, 0, 0])[what] += 1

    for sentence in sentences:
        for gold_tag, guess_tag in sentence + [("O", "O")]:  # conlleval adds a boundary
            gold, guess = parts(gold_tag), parts(guess_tag)

            def ends(last, now):
                return (last[0], now[0]) in END or (last[0] != "O" and last[1] != now[1])

            def starts(last, now):
                return (last[0], now[0]) in START or (now[0] != "O" and last[1] != now[1])

            if in_correct:
                end_gold, end_guess = ends(last_gold, gold), ends(last_guess, guess)
                if end_gold and end_guess and last_gold[1] == last_guess[1]:
                    in_correct = False
                    correct += 1
                    bump(last_gold[1], 2)
                elif end_gold != end_guess or gold[1] != guess[1]:
                    in_correct = False
            start_gold, start_guess = starts(last_gold, gold), starts(last_guess, guess)
            if start_gold and start_guess and gold[1] == guess[1]:
                in_correct = True
            if start_gold:
                gold_count += 1
                bump(gold[1], 0)
            if start_guess:
                found += 1
                bump(guess[1], 1)
            last_gold, last_guess = gold, guess
        words += len(sentence)
        right_tags += sum(a == b for a, b in sentence)
    return {"words": words, "right_tags": right_tags,
            "overall": [gold_count, found, correct], "types": by_type}


def case(name, sentences):
    return {"name": name,
            "gold": [[g for g, _ in s] for s in sentences],
            "predicted": [[p for _, p in s] for s in sentences],
            **score(sentences)}


def pairs(gold, predicted):
    return list(zip(gold.split(), predicted.split()))


def noise(seed, tags, sentences, share):
    draw = random.Random(seed)
    result = []
    for _ in range(sentences):
        gold = [draw.choice(tags) for _ in range(draw.randint(1, 25))]
        result.append([(g, draw.choice(tags) if draw.random() < share else g) for g in gold])
    return result


BIO = ["O", "B-NP", "I-NP", "B-VP", "I-VP", "B-PP"]
IOBES = ["O", "B-PER", "I-PER", "E-PER", "S-PER", "B-LOC", "I-LOC", "E-LOC", "S-LOC"]
cases = [
    case("equal", [pairs("B-NP I-NP O B-VP", "B-NP I-NP O B-VP")]),
    case("wrong type", [pairs("B-NP I-NP", "B-VP I-VP")]),
    case("too short", [pairs("B-NP I-NP I-NP", "B-NP I-NP O")]),
    case("I after O begins", [pairs("O B-NP I-NP", "O I-NP I-NP")]),
    case("change of type divides", [pairs("B-NP B-VP", "I-NP I-VP")]),
    case("sentences divide", [pairs("O B-NP", "O B-NP"), pairs("B-NP O", "I-NP O")]),
    case("nothing gold", [pairs("O O O", "B-NP O O")]),
    case("nothing found", [pairs("B-NP O O", "O O O")]),
    case("nothing at all", [pairs("O O", "O O")]),
    case("singles", [pairs("S-NP S-NP B-NP E-NP", "S-NP B-NP I-NP E-NP")]),
    case("BIO noise", noise(1, BIO, 200, 0.3)),
    case("BIO random", noise(2, BIO, 200, 1.0)),
    case("IOBES noise", noise(3, IOBES, 200, 0.2)),
    case("IOBES random", noise(4, IOBES, 200, 1.0)),
]
with open("expected.json", "w", encoding="utf-8") as file:
    json.dump({"cases": cases}, file)
    file.write("\n")
