"""Computes expected.json in exact fractions, from the definitions in scikit-learn's documentation."""

import json
import random
from fractions import Fraction as F


def roc_auc(gold, scores):
    ones = [s for g, s in zip(gold, scores) if g]
    zeros = [s for g, s in zip(gold, scores) if not g]
    if not ones or not zeros:
        return None
    wins = sum(F(1) if a > b else F(1, 2) if a == b else F(0) for a in ones for b in zeros)
    return float(wins / (len(ones) * len(zeros)))


def average_precision(gold, scores):
    ones = sum(gold)
    if not ones:
        return 0.0
    area, before = F(0), F(0)
    for threshold in sorted(set(scores), reverse=True):
        chosen = [g for g, s in zip(gold, scores) if s >= threshold]
        recall, precision = F(sum(chosen), ones), F(sum(chosen), len(chosen))
        area += (recall - before) * precision
        before = recall
    return float(area)


def macro_f1(gold, predicted):
    classes = sorted(set(gold) | set(predicted))
    total = F(0)
    for c in classes:
        tp = sum(g == c and p == c for g, p in zip(gold, predicted))
        wrong = sum((g == c) != (p == c) for g, p in zip(gold, predicted))
        total += F(2 * tp, 2 * tp + wrong)
    return float(total / len(classes))


def curve(name, gold, scores):
    return {"name": name, "gold": gold, "predicted": scores,
            "roc_auc": roc_auc(gold, scores), "average_precision": average_precision(gold, scores)}


def classes(name, gold, predicted):
    return {"name": name, "gold": gold, "predicted": predicted, "macro_f1": macro_f1(gold, predicted)}


draw = random.Random(7)
many = [draw.randint(0, 1) for _ in range(300)]
fine = [draw.random() + 0.3 * g for g in many]
five = [draw.randint(0, 4) for _ in range(400)]
cases = [
    curve("scikit-learn's example", [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]),
    curve("perfect", [0, 1, 0, 1], [0.1, 0.9, 0.2, 0.8]),
    curve("reversed", [1, 0, 1, 0], [0.1, 0.9, 0.2, 0.8]),
    curve("all scores equal", [1, 0, 0, 1, 0], [0.5] * 5),
    curve("ties across classes", [1, 0, 1, 0, 1, 0], [3, 3, 2, 2, 1, 3]),
    curve("no class 1", [0, 0, 0], [1, 2, 3]),
    curve("no class 0", [1, 1, 1], [1, 2, 3]),
    curve("one example", [1], [0.5]),
    curve("many", many, fine),
    curve("many with ties", many, [round(x, 1) for x in fine]),
    classes("macro: scikit-learn's example", [0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]),
    classes("macro: class never predicted", [0, 1, 2, 2], [0, 1, 1, 0]),
    classes("macro: class never gold", [0, 0, 1], [0, 2, 1]),
    classes("macro: one class", [3, 3], [3, 3]),
    classes("macro: many", five, [f if draw.random() < 0.6 else draw.randint(0, 5) for f in five]),
]
with open("expected.json", "w", encoding="utf-8") as file:
    json.dump({"cases": cases}, file)
    file.write("\n")
