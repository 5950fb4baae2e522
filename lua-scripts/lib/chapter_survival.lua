-- SPDX-License-Identifier: EUPL-1.2
-- chapter_survival.lua - survival, as the producers estimate it.
local CURVES = 8 -- sites with a curve of their own
local FIVE = "5" -- the stratum of five years

local function plan(p)
  p.table {
    optional = true,
    id = "survival",
    title = { fr = "Survie nette par localisation", en = "Net survival by cancer site" },
    measure = "survival_net", site = "site", sex = { "T", "M", "F" },
    period = "last:5", stratum = { "code:1", "code:5", "code:10" },
    values = {
      { kind = "estimate", interval = true, decimals = 0 },
      { kind = "standardised_survival", standard = "icss1", interval = true, decimals = 0 },
      { kind = "conditional_survival", given = "1", interval = true, decimals = 0 },
    },
  }
end

-- How the tables of survival are read: the most frequent site of both sexes.
local function reading(common, t, fields)
  for _, site in ipairs(common.main_sites(common.event("cases").national_sites, 6, t)) do
    local said = site.sex == "" and common.survival_reading(t, { site = site, sex = fields.sex or "T", age = fields.age,
      stratum = t:node("stratum", FIVE) }) or ""
    if said ~= "" then
      return said
    end
  end
  return ""
end

-- What is made of stored survival, five years after diagnosis.
local function made(doc, common, survival, method)
  local say = common.say
  return doc:grid {
    id = "survival-made", table = survival, rows = "site", filter = { sex = "T", stratum = FIVE },
    columns = {
      { column = "estimate", heading = say { fr = "Tous âges", en = "All ages" }, interval = true },
      { column = "survival_icss1", heading = say { fr = "Standardisée (ICSS 1)", en = "Standardised (ICSS 1)" },
        interval = true },
      { column = "survival_given_1",
        heading = say { fr = "Survivants à un an", en = "Those alive after one year" },
        interval = true },
    },
    title = say { fr = "Survie nette à cinq ans, standardisée sur l’âge et conditionnelle",
      en = "Net survival after five years, age-standardised and conditional" },
    scope = common.country(survival).label, reading = reading(common, survival, {}), note = method,
  }
end

local function sex_columns(t, fields)
  local made_columns = {}
  for _, sex in ipairs(t:axis("sex")) do
    local column = { column = "estimate", sex = sex, heading = sex.label, interval = true }
    for name, value in pairs(fields) do
      column[name] = value
    end
    made_columns[#made_columns + 1] = column
  end
  return made_columns
end

local function by_sex(doc, common, survival, method)
  local say = common.say
  return {
    heading(2, say { fr = "Chez les hommes et chez les femmes", en = "In men and in women" }),
    prose("survival_sexes"),
    doc:grid {
      id = "survival-sex", table = survival, rows = "site", columns = sex_columns(survival, { stratum = FIVE }),
      title = say { fr = "Survie nette à cinq ans par localisation et par sexe",
        en = "Net survival after five years by cancer site and sex" },
      scope = common.country(survival).label, reading = reading(common, survival, { sex = "M" }), note = method,
    },
    doc:chart {
      id = "survival-dots", kind = "dot", table = survival, x = "site", level = "site", column = "estimate",
      filter = { stratum = FIVE },
      series = { { sex = "M", label = survival:node("sex", "M").label },
        { sex = "F", label = survival:node("sex", "F").label } },
      title = say { fr = "Survie nette à cinq ans par localisation et par sexe",
        en = "Net survival after five years by cancer site and sex" },
      scope = common.country(survival).label, reading = reading(common, survival, { sex = "M" }), note = method,
    },
  }
end

local function by_age(doc, common, method)
  local say, t = common.say, common.find("national.sheet_survival_ages")
  if not common.shows(t) then
    return {}
  end
  local columns_of = {}
  for _, age in ipairs(t:axis("age")) do
    if not age.total then
      columns_of[#columns_of + 1] = { column = "estimate", age = age, heading = age.label, unit = "%" }
    end
  end
  return {
    heading(2, say { fr = "Selon l’âge au diagnostic", en = "By age at diagnosis" }),
    prose("survival_ages"),
    doc:grid {
      id = "survival-ages", table = t, rows = "site", columns = columns_of, filter = { sex = "T", stratum = FIVE },
      title = say { fr = "Survie nette à cinq ans par localisation et par âge au diagnostic",
        en = "Net survival after five years by cancer site and age at diagnosis" },
      unit = "%", scope = common.country(t).label, note = method,
      reading = reading(common, t, { age = t:axis("age")[2] }),
    },
  }
end

-- Curves of the most frequent sites, two side by side.
local function curves(doc, common, survival, method, count, height)
  local say = common.say
  local charts = {}
  for _, site in ipairs(common.main_sites(common.event("cases").national_sites, count, survival)) do
    charts[#charts + 1] = doc:chart {
      id = "survival-curve-" .. string.lower(site.code), kind = "step", table = survival, column = "estimate",
      filter = { site = site }, series = common.series(survival, site), width = "half", height = height,
      title = say { fr = "Survie nette : ", en = "Net survival: " } .. common.inside(site.label),
      scope = common.country(survival).label,
      reading = common.survival_reading(survival, { site = site, sex = common.sexes(site)[1],
        stratum = survival:node("stratum", FIVE) }),
    }
  end
  local blocks = {
    heading(2, say { fr = "Les localisations les plus fréquentes", en = "The most frequent sites" }),
    text(say { fr = "Les figures montrent la survie nette selon le temps écoulé depuis le diagnostic. ",
      en = "The figures show net survival by time since diagnosis. " } .. method),
  }
  for i = 1, #charts - 1, 2 do
    blocks[#blocks + 1] = columns { charts[i], charts[i + 1] }
  end
  return blocks
end

-- Of the most frequent sites, both sexes together.
local function main(doc, common, survival, count)
  local horizons = {}
  for _, stratum in ipairs(survival:axis("stratum")) do
    horizons[#horizons + 1] = { column = "estimate", stratum = stratum, heading = stratum.label, interval = true }
  end
  return doc:grid {
    id = "survival-main", table = survival, columns = horizons, filter = { sex = "T" },
    rows = common.main_sites(common.event("cases").national_sites, count, survival),
    title = common.say { fr = "Survie nette des localisations les plus fréquentes selon le temps écoulé depuis le diagnostic",
      en = "Net survival of the most frequent sites by time since diagnosis" },
    scope = common.country(survival).label, reading = reading(common, survival, {}),
    note = common.method("survival_net"),
  }
end

-- Where survival is the lowest and the highest: sites that share a value are
-- all named.
local function extremes(common, survival)
  local low, high = {}, {}
  local function keep(best, cell, site, nearer)
    if not best.cell or nearer(cell:value(), best.cell:value()) then
      best.cell, best.names = cell, {}
    end
    if cell:value() == best.cell:value() then
      best.names[#best.names + 1] = common.the_site(site)
    end
  end
  for _, site in ipairs(survival:axis("site", "site")) do
    local cell = survival:cell { site = site, sex = "T", stratum = FIVE, column = "estimate" }
    if cell:value() then
      keep(low, cell, site, function(value, best) return value < best end)
      keep(high, cell, site, function(value, best) return value > best end)
    end
  end
  return low.cell and prose("survival_key", { horizon = survival:node("stratum", FIVE).label, low = low.cell,
    high = high.cell, low_site = common.listed(low.names), high_site = common.listed(high.names) }) or {}
end

-- Stored estimates carry no period of the report: scope and reading are said
-- here, and the producer's method is the note.
local function page(doc, common)
  local say = common.say
  local survival = common.find("national.survival")
  if not common.shows(survival) then
    return {}
  end
  local method = common.method("survival_net")
  local horizons = {}
  for _, stratum in ipairs(survival:axis("stratum")) do
    horizons[#horizons + 1] = { column = "estimate", stratum = stratum, heading = stratum.label, interval = true }
  end
  return {
    heading(1, say { fr = "Survie", en = "Survival" }, "survival"),
    extremes(common, survival),
    prose("survival", { alive_under = doc:release().policy.alive_under }),
    doc:grid {
      id = "survival", table = survival, rows = "site", columns = horizons, filter = { sex = "T" },
      title = say { fr = "Survie nette selon le temps écoulé depuis le diagnostic",
        en = "Net survival by time since diagnosis" },
      scope = common.country(survival).label, reading = reading(common, survival, {}), note = method,
    },
    by_sex(doc, common, survival, method),
    by_age(doc, common, method),
    heading(2, say { fr = "Standardisée et conditionnelle", en = "Standardised and conditional" }),
    prose("survival_made"),
    made(doc, common, survival, method),
    curves(doc, common, survival, method, CURVES, 210),
  }
end

return { plan = plan, page = page, curves = curves, main = main }
