# SPDX-License-Identifier: EUPL-1.2
"""The charts of bench_charts.c: matplotlib_charts.py DIRECTORY COUNT"""
import math
import sys

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

directory, count = sys.argv[1], int(sys.argv[2])
for territory in range(count):
    for kind in ("line", "bar"):
        many = 20 if kind == "line" else 18
        values = [100 + 20 * math.sin((i + territory) / 4) for i in range(many)]
        figure, axes = plt.subplots(figsize=(8, 4.7))
        if kind == "line":
            years = range(2001, 2021)
            axes.plot(years, values)
            axes.fill_between(years, [v - 6 for v in values],
                              [v + 6 for v in values], alpha=0.2)
        else:
            axes.barh([f"Groupe {i + 1}" for i in range(many)], values)
        axes.set_title(f"Territoire {territory + 1}")
        figure.savefig(f"{directory}/{kind}{territory}.png", dpi=200)
        figure.savefig(f"{directory}/{kind}{territory}.svg")
        plt.close(figure)
