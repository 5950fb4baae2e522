-- SPDX-License-Identifier: EUPL-1.2
-- chapter_territories.lua - régions and départements, all cancers together.

local EVENTS = { cases = { fr = "cas", en = "cases" }, deaths = { fr = "décès", en = "deaths" } }

-- Whether départements differ at all. The whole map has one answer: any of them
-- that is shown has it.
local function evidence_of(risk, sex, site)
  for _, place in ipairs(risk:axis("territory", "departement")) do
    local cell = risk:cell { territory = place, sex = sex, site = site, column = "spatial_ratio_evidence" }
    if cell:value() then return cell end
  end
end

local function risk_map(doc, event, risk, sex, column, words, fields)
  local label = risk:node("sex", sex)
  fields.id = "map-" .. event.code .. "-" .. column .. "-" .. string.lower(sex)
  fields.table, fields.column, fields.level = risk, column, "departement"
  fields.filter, fields.height = { sex = sex }, fields.width == "half" and 250 or 290
  local of = sex == "T" and "" or " " .. label.in_
  fields.title = event.title .. of .. words .. doc:level_name("departement")
  return doc:map(fields)
end

-- Ratios, and how sure they are above 1, have a middle: two colours part there, as
-- on all maps of such values, where one of the event would only grow darker. Half a
-- page has no room for the words of `method = "probability"`.
local RATIO = { method = "around", reference = 1, factors = true }
local CERTAINTY = { breaks = { 20, 80 }, palette = "bgbr" }

local function with(scale, fields)
  for key, value in pairs(scale) do
    fields[key] = value
  end
  return fields
end

-- Where more occurs than ages explain: ratios smoothed with the neighbours, and
-- how sure it is that they are above 1; side by side in half the width.
local function variations(doc, common, event, sex, width)
  local say, risk = common.say, common.find("open_data." .. event.code .. "_risk")
  if not risk then
    return {}
  end
  local evidence = evidence_of(risk, sex)
  local who = sex == "T" and "" or " " .. risk:node("sex", sex).in_
  local maps = {
    risk_map(doc, event, risk, sex, "spatial_ratio",
      say { fr = " : rapport standardisé lissé par ", en = ": smoothed standardised ratio by " },
      with(RATIO, { width = width })),
    risk_map(doc, event, risk, sex, "spatial_ratio_above",
      say { fr = " : probabilité d’un rapport supérieur à un, par ",
        en = ": probability of a ratio above one, by " },
      with(CERTAINTY, { width = width })),
  }
  return {
    evidence and text(event.title .. who .. say { fr = " : {evidence} entre départements.",
      en = ": {evidence} between départements." }, { evidence = evidence }) or {},
    width == "half" and columns(maps) or maps,
  }
end

local function funnel(doc, common, event)
  local t = common.find("open_data." .. event.code .. "_funnel")
  return t and doc:chart {
    id = event.code .. "-funnel", kind = "funnel", table = t, level = "departement", filter = { sex = "T" },
    height = 200, unit = common.say { fr = "rapport", en = "ratio" },
    note = common.say { fr = "Limites intérieures à 95 %, extérieures à 99,8 %.",
      en = "Inner limits at 95%, outer ones at 99.8%." },
    title = common.say { fr = event.title .. " : rapport standardisé des départements et limites de l’entonnoir",
      en = event.title .. ": standardised ratio of the départements and limits of the funnel" },
  }
end

local function regions(doc, common, event)
  return doc:grid {
    id = event.code .. "-regions", table = event.sites, rows = "territory", level = "region",
    columns = common.by_sex(event.sites),
    title = common.say { fr = event.title .. " par région, tous cancers", en = event.title .. " by région, all cancers" },
    unit = "", note = common.abbreviations(),
  }
end

local function region_dots(doc, common, event)
  local t = event.sites
  return doc:chart {
    id = event.code .. "-regions-dots", kind = "dot", table = t, x = "territory", level = "region",
    column = "asr_world", filter = { site = t:axis("site", "all")[1] }, width = "half", height = 330,
    series = { { sex = "M", label = t:node("sex", "M").label }, { sex = "F", label = t:node("sex", "F").label } },
    title = common.say { fr = event.title .. " : taux standardisé monde par région, tous cancers",
      en = event.title .. ": world-standardised rate by région, all cancers" },
  }
end

local function departements(doc, common, event, height)
  local say = common.say
  if #event.sites:axis("territory", "departement") == 0 then
    return {}
  end
  return {
    heading(2, say { fr = event.title .. " par département", en = event.title .. " by département" },
      event.code .. "-departements"),
    doc:map {
      id = "map-all-" .. event.code, table = event.sites, column = "asr_world", level = "departement",
      filter = { sex = "T" }, palette = event.palette, height = height,
      title = say { fr = event.title .. " : taux standardisé monde par département, tous cancers",
        en = event.title .. ": world-standardised rate by département, all cancers" },
    },
    funnel(doc, common, event),
    variations(doc, common, event, "M", "half"),
    variations(doc, common, event, "F", "half"),
  }
end

-- Of one site: the ratio on the left, how sure it is to be above one on the right.
local function site_pair(doc, common, event, t, site, sex)
  local say = common.say
  local name = common.marked(site, t:node("sex", sex))
  local function map_of(column, words, fields)
    fields.id = "map-" .. event.code .. "-" .. column .. "-" .. string.lower(site.code) .. "-" .. string.lower(sex)
    fields.table, fields.column, fields.level = t, column, "departement"
    fields.filter, fields.width, fields.height = { site = site, sex = sex }, "half", 266
    fields.title = name .. words
    return doc:map(fields)
  end
  return columns {
    map_of("spatial_ratio", say { fr = " : rapport lissé", en = ": smoothed ratio" }, with(RATIO, {})),
    map_of("spatial_ratio_above", say { fr = " : probabilité d’un rapport supérieur à un",
      en = ": probability of a ratio above one" }, with(CERTAINTY, {})),
  }
end

-- Of each map the evidence that its départements differ at all.
local function evidence_table(doc, common, event, t)
  local say, rows, reading = common.say, {}, ""
  for _, site in ipairs(t:axis("site")) do
    local row = { site }
    for _, sex in ipairs { "M", "F" } do
      local concerned = site.sex == "" or site.sex == sex
      local hidden = t:cell { territory = t:axis("territory", "departement")[1], sex = sex, site = site,
        column = "spatial_ratio_evidence" }
      local evidence = concerned and evidence_of(t, sex, site)
      row[#row + 1] = evidence or hidden
      if reading == "" and evidence then
        reading = say { fr = "pour ", en = "for " } .. common.the_site(site) .. ", " .. t:node("sex", sex).in_ ..
          say { fr = " : ", en = ": " } .. evidence:said() .. say { fr = " entre départements.",
          en = " between départements." }
      end
    end
    rows[#rows + 1] = row
  end
  return facts {
    id = event.code .. "-evidence", rows = rows, reading = reading, source = common.source(event.code),
    columns = { say { fr = "Localisation", en = "Cancer site" }, t:node("sex", "M").label, t:node("sex", "F").label },
    title = event.title .. say { fr = " : preuve que les départements diffèrent",
      en = ": evidence that départements differ" },
  }
end

local function site_risks(doc, common, event)
  local t = common.find("open_data." .. event.code .. "_site_risk")
  if not t or #t:axis("territory", "departement") == 0 then
    return {}
  end
  local blocks = {
    heading(2, common.say { fr = event.title .. " des principales localisations, par département",
      en = event.title .. " " .. event.of .. " the main cancers, by département" }, event.code .. "-sites"),
    prose("site_risks", { events = common.say(EVENTS[event.code]) }),
    evidence_table(doc, common, event, t),
  }
  for _, site in ipairs(t:axis("site")) do
    for _, sex in ipairs(common.sexes(site)) do
      if common.drawn(t, "territory", { site = site, sex = sex, column = "spatial_ratio" }) then
        blocks[#blocks + 1] = site_pair(doc, common, event, t, site, sex)
      end
    end
  end
  return blocks
end

-- The régions whose rates are the lowest and the highest of those shown.
local function extremes(common, event)
  local t, values = event.sites, {}
  local function keep(name, ending, cell, place, better)
    local best = values[name .. ending]
    if not best or better(cell:value(), best:value()) then
      values[name .. ending], values[name .. "_place" .. ending] = cell, place
    end
  end
  for sex, ending in pairs { M = "_m", F = "_f" } do
    for _, place in ipairs(t:axis("territory", "region")) do
      local cell = common.rate(t, sex, { territory = place, site = t:axis("site", "all")[1] })
      if cell:value() then
        keep("low", ending, cell, place, function(a, b) return a < b end)
        keep("high", ending, cell, place, function(a, b) return a > b end)
      end
    end
  end
  values.unit = values.low_m and values.low_m:unit()
  return values.low_m and values.low_f and prose("territories_key", values) or {}
end

return {
  variations = variations,
  page = function(doc, common, cases, deaths)
    local say = common.say
    if #cases.sites:axis("territory", "region") == 0 then
      return {}
    end
    return {
      heading(1, say { fr = "Les territoires", en = "Territories" }, "territories"),
      extremes(common, cases),
      prose("territories"),
      heading(2, say { fr = "Comparer les régions", en = "Comparing the régions" }, "comparing"),
      deaths and columns { region_dots(doc, common, cases), region_dots(doc, common, deaths) }
        or region_dots(doc, common, cases),
      regions(doc, common, cases),
      deaths and regions(doc, common, deaths),
      heading(2, say { fr = "Lire les cartes de risque", en = "How to read the maps of risk" }, "risk"),
      prose("smoothing"),
      departements(doc, common, cases, 420), -- alone below the words that explain the maps
      site_risks(doc, common, cases),
      deaths and departements(doc, common, deaths, 290),
      deaths and site_risks(doc, common, deaths),
    }
  end,
}
