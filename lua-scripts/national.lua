-- SPDX-License-Identifier: EUPL-1.2
-- national.lua - the national report.
--
-- Its chapters are files of lib: each plans the tables that only it shows and
-- makes its pages. Tables of cases and deaths are those of the open data.
local PLANNED = {
  "coverage", "changes", "survival", "prevalence", "sites", "inequality", "screening", "calibrated",
  "young",
}

local function chapter(name)
  return require("lib.chapter_" .. name)
end

return {
  id = "national",
  title = { fr = "Rapport national", en = "National report" },
  formats = { "pdf", "xlsx", "html" },
  uses = { "open_data" },
  plan = function(p)
    for _, name in ipairs(PLANNED) do
      chapter(name).plan(p)
    end
  end,
  page = function(doc)
    local common = require("lib.common")(doc)
    local cases, deaths = common.event("cases"), common.event("deaths")
    return {
      chapter("opening").cover(doc, common, cases),
      chapter("opening").page(doc, common, cases, deaths),
      chapter("coverage").page(doc, common, cases),
      chapter("burden").page(doc, common, cases, "incidence"),
      chapter("changes").changes(doc, common),
      deaths and chapter("burden").page(doc, common, deaths, "mortality"),
      chapter("changes").lethality(doc, common),
      chapter("survival").page(doc, common),
      chapter("prevalence").page(doc, common),
      chapter("young").page(doc, common),
      deaths and chapter("sites").page(doc, common, cases, deaths),
      chapter("territories").page(doc, common, cases, deaths),
      chapter("regions").page(doc, common, cases, deaths),
      chapter("inequality").page(doc, common, cases, deaths),
      chapter("screening").page(doc, common),
      chapter("calibrated").page(doc, common),
      chapter("methods").page(doc, common, cases),
      chapter("secrecy").page(doc, common, cases, deaths),
      chapter("tables").page(doc, common, cases, deaths),
      deaths and chapter("sites").tables(doc, common, cases, deaths),
      chapter("sources").page(doc, common),
    }
  end,
}
