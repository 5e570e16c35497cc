"""Computes expected.json with scikit-learn and SciPy; see README.md."""

import json
import warnings

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics

warnings.simplefilter("ignore")  # the undefined cases are what some of these are about
random = np.random.default_rng(20201)


def classes(name, gold, predicted):
    case = {
        "name": name,
        "gold": [int(x) for x in gold],
        "predicted": [int(x) for x in predicted],
        "accuracy": float(metrics.accuracy_score(gold, predicted)),
        "mcc": float(metrics.matthews_corrcoef(gold, predicted)),
    }
    if set(case["gold"]) | set(case["predicted"]) <= {0, 1}:
        case["f1"] = float(metrics.f1_score(gold, predicted, pos_label=1, labels=None))
    return case


def scores(name, gold, predicted):
    gold = np.asarray(gold, dtype=np.float64)
    predicted = np.asarray(predicted, dtype=np.float64)
    values = {
        "pearson": stats.pearsonr(gold, predicted).statistic,
        "spearman": stats.spearmanr(gold, predicted).statistic,
        "mse": metrics.mean_squared_error(gold, predicted),
    }
    return {
        "name": name,
        "gold": gold.tolist(),
        "predicted": predicted.tolist(),
        # JSON has no NaN: null stands for it
        **{key: None if np.isnan(value) else float(value) for key, value in values.items()},
    }


def noisy(gold, kinds, share):
    return np.where(random.random(len(gold)) < share, random.integers(0, kinds, len(gold)), gold)


two = random.integers(0, 2, 97)
three = random.integers(0, 3, 211)
seven = random.integers(0, 7, 400)
rare = (random.random(500) < 0.02).astype(int)
fifths = np.round(random.random(300) * 25) / 5  # like STS-B: many ties
answers = np.clip(fifths / 5 + random.normal(0, 0.2, 300), -0.1, 1.2).astype(np.float32)
wild = random.standard_cauchy(50)

document = {
    "made_with": {
        "scikit-learn": sklearn.__version__,
        "scipy": scipy.__version__,
        "numpy": np.__version__,
    },
    "classes": [
        classes("all right", [0, 1, 1, 0], [0, 1, 1, 0]),
        classes("all wrong", [0, 1, 1, 0], [1, 0, 0, 1]),
        classes("one example right", [1], [1]),
        classes("one example wrong", [0], [1]),
        classes("two of three", [0, 1, 1], [0, 1, 0]),
        classes("class 1 never gold", [0, 0, 0, 0], [0, 1, 0, 1]),
        classes("class 1 never predicted", [0, 1, 0, 1], [0, 0, 0, 0]),
        classes("class 1 nowhere", [0, 0, 0], [0, 0, 0]),
        classes("class 0 nowhere", [1, 1, 1], [1, 1, 1]),
        classes("only class 1 gold", [1, 1, 1], [1, 0, 1]),
        classes("two classes with noise", two, noisy(two, 2, 0.5)),
        classes("rare class", rare, noisy(rare, 2, 0.05)),
        classes("three classes with noise", three, noisy(three, 3, 0.4)),
        classes("three classes, one never predicted", three, np.where(three == 1, 2, three)),
        classes("three classes, one never gold", [0, 2, 2, 0, 2], [0, 1, 2, 1, 0]),
        classes("seven classes with noise", seven, noisy(seven, 7, 0.9)),
        classes("classes far apart", [3, 1000, 3, 7], [3, 1000, 7, 7]),
    ],
    "scores": [
        scores("ascending", [1, 2, 3, 4], [10, 20, 30, 45]),
        scores("descending", [1, 2, 3, 4], [4, 3, 2, 1]),
        scores("two examples", [0.25, 0.5], [3, 1]),
        scores("ties in gold", [1, 1, 2, 2, 3], [0.1, 0.4, 0.2, 0.3, 0.9]),
        scores("ties in both", [1, 1, 2, 2, 3, 3], [5, 5, 5, 1, 1, 9]),
        scores("ties across signs of zero", [0.0, 1, 2, 3], [0.0, -0.0, 1, 1]),
        scores("gold constant", [2, 2, 2], [1, 2, 3]),
        scores("predictions constant", [1, 2, 3], [0.1, 0.1, 0.1]),
        scores("both constant", [1, 1, 1], [2, 2, 2]),
        scores("nearly constant", [1, 1, 1, 1 + 1e-9], [1, 2, 3, 4]),
        scores("tiny", [1e-200, 2e-200, 4e-200], [1, 2, 3]),
        scores("huge", [1e150, -2e150, 4e150], [3, 1, 2]),
        scores("like STS-B", fifths / 5, answers),
        scores("like STS-B, rounded", fifths / 5, np.round(answers, 1)),
        scores("heavy tails", wild, random.standard_cauchy(50) + wild),
    ],
}

with open("expected.json", "w", encoding="utf-8") as file:
    json.dump(document, file, indent=1)
    file.write("\n")
