# SPDX-License-Identifier: EUPL-1.2
"""A choropleth as an analyst writes it: geopandas_map.py GEOJSON CODE CSV OUT"""
import sys

import geopandas
import matplotlib
import pandas

matplotlib.use("agg")
import matplotlib.pyplot as plt

source, code, values, out = sys.argv[1:]
areas = geopandas.read_file(source).set_crs(4326, allow_override=True)
areas = areas.to_crs(2154).merge(
    pandas.read_csv(values, dtype={"code": str}), left_on=code,
    right_on="code", how="left")
areas["class"] = pandas.qcut(areas["value"], 5, labels=False)
crowd = len(areas) > 1500
figure, axes = plt.subplots(figsize=(8, 8))
areas.plot("class", cmap="Blues", categorical=True, legend=True, ax=axes,
           edgecolor="none" if crowd else "white", linewidth=0.5)
axes.set_axis_off()
axes.set_title("Taux standardisés")
figure.savefig(out, dpi=200)
