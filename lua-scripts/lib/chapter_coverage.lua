-- SPDX-License-Identifier: EUPL-1.2
-- chapter_coverage.lua - what the sources cover.
local function coverage(doc, common, cases)
  local say = common.say
  return {
    heading(1, say { fr = "Ce que les sources couvrent", en = "What the sources cover" }),
    prose("coverage", { period = common.period(cases.sites) }),
    doc:map {
      id = "coverage-map", table = cases.sites, column = "coverage", level = "departement",
      palette = "greens", height = 260,
      title = say { fr = "Part des personnes-années couverte par les sources, par département",
        en = "Share of person-years covered by the sources, by département" },
    },
    doc:grid {
      id = "coverage-regions", table = cases.sites, rows = "territory", level = "region",
      columns = { "coverage", { table = cases.sites, column = "count", sex = "T",
        heading = cases.label } },
      title = say { fr = "Part des personnes-années couverte par les sources, par région",
        en = "Share of person-years covered by the sources, by region" },
      unit = "",
    },
  }
end

return { page = coverage }
