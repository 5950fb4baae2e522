-- SPDX-License-Identifier: EUPL-1.2
-- chapter_territories.lua - régions and départements.
-- Whether départements differ at all. The whole map has one answer: any of them
-- that is shown has it.
local function evidence_of(risk)
  for _, place in ipairs(risk:axis("territory", "departement")) do
    local cell = risk:cell { territory = place, sex = "T", column = "spatial_ratio_evidence" }
    if cell:value() then return cell end
  end
end

-- Where more occurs than ages explain: ratios smoothed with the neighbours, and
-- how sure it is that they are above 1.
local function variations(doc, common, event)
  local say, risk = common.say, doc:table("open_data." .. event.code .. "_risk")
  local function map(column, words, fields)
    fields.id = "map-" .. event.code .. "-" .. column
    fields.table, fields.column, fields.level = risk, column, "departement"
    fields.filter, fields.height = { sex = "T" }, 290
    fields.title = say {
      fr = event.title .. " : " .. words.fr .. ", par département, tous cancers",
      en = event.title .. ": " .. words.en .. ", by département, all cancers",
    }
    return doc:map(fields)
  end
  local evidence = evidence_of(risk)
  return {
    evidence and text(say { fr = event.title .. ", entre départements : {evidence}.",
      en = event.title .. ", between départements: {evidence}." }, { evidence = evidence }) or {},
    map("spatial_ratio", { fr = "rapport standardisé lissé", en = "smoothed standardised ratio" },
      { palette = event.palette, classes = 5 }),
    map("spatial_ratio_above", { fr = "probabilité d’un excès", en = "probability of an excess" },
      { palette = event.palette, breaks = { 20, 80 } }),
  }
end

local function territories(doc, common, cases, deaths)
  local say = common.say
  local blocks = {
    heading(1, say { fr = "Les territoires", en = "Territories" }),
    prose("territories"),
  }
  for _, event in ipairs { cases, deaths } do
    blocks[#blocks + 1] = doc:grid {
      id = event.code .. "-regions", table = event.sites, rows = "territory", level = "region",
      columns = common.by_sex(event.sites),
      title = say { fr = event.title .. " par région, tous cancers", en = event.title .. " by region, all cancers" },
      unit = "", note = common.abbreviations(),
    }
    blocks[#blocks + 1] = doc:map {
      id = "map-all-" .. event.code, table = event.sites, column = "asr_world", level = "departement",
      filter = { sex = "T" }, palette = event.palette, height = 290,
      title = say { fr = event.title .. " : taux standardisé monde par département, tous cancers",
        en = event.title .. ": world-standardised rate by département, all cancers" },
    }
    blocks[#blocks + 1] = variations(doc, common, event)
  end
  blocks[#blocks + 1] = doc:grid {
    id = "cases-departements", table = cases.sites, rows = "territory", level = "departement",
    columns = common.by_sex(cases.sites),
    title = say { fr = "Incidence par département, tous cancers", en = "Incidence by département, all cancers" },
    unit = "", note = common.abbreviations(),
  }
  return blocks
end

return { page = territories }
