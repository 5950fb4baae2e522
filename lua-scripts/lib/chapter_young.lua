-- SPDX-License-Identifier: EUPL-1.2
-- chapter_young.lua - the chapter on children, adolescents and young adults: all
-- their cancers and the sites that they have by five years of age, and survival.
-- Bands of ages of their own would withhold rates elsewhere. What a store has no
-- data for is left out.
local data = require("lib.sheet_data")

-- Sites whose five-year ages are shown; those that a store lacks are passed over.
local SITES = {
  "LEL", "LEM", "LH", "LNH", "SNC", "OEI", "END", "REI", "FOI", "OSC", "TMO", "THY", "MEL", "TES", "OVA", "CUT", "SEI",
  "CRC",
}
-- Those whose survival is told.
local SURVIVED = {
  "all", "code:LEL", "code:LEM", "code:LH", "code:LNH", "code:SNC", "code:OEI", "code:END", "code:REI", "code:FOI",
  "code:OSC", "code:TMO", "code:THY", "code:MEL", "code:TES", "code:OVA",
}
local BANDS = { "band:0-14", "band:15-24", "band:25-39" }
-- Years; children are younger than GROWN, the young than OLDER.
local LAST_AGE, GROWN, OLDER = 39, 15, 25
local MOST_SERIES = 6 -- of a chart
local MOST_BARS = 10
local BARS_FRAME, BAR_HEIGHT = 60, 14 -- points

local function plan(p)
  p.table {
    id = "survival_young",
    title = { fr = "Survie nette des enfants, des adolescents et des jeunes adultes",
      en = "Net survival of children, adolescents and young adults" },
    measure = "survival_young", optional = true, site = SURVIVED, sex = "T", age = BANDS, period = "last:5",
    stratum = { "code:1", "code:5", "code:10" }, values = { { kind = "estimate", interval = true, decimals = 0 } },
  }
end

-- --- reading ------------------------------------------------------------------------

local function each_event(young, visit)
  for _, event in ipairs(young.events) do
    visit(event)
  end
end

-- Nodes of ages under 40 by five years.
local function five_years(t)
  local nodes = {}
  for _, age in ipairs(t:axis("age")) do
    if not age.total and age.high >= 0 and age.high <= LAST_AGE then
      nodes[#nodes + 1] = age
    end
  end
  return nodes
end

-- Those of the sites that the table has and shows some event of at these ages.
local function sites_shown(t, ages, column)
  local nodes = {}
  for _, code in ipairs(SITES) do
    local site = t:node("site", code)
    local most = site and data.highest(t, { site = site, sex = "T", column = column }, ages, "age")
    if most and most:value() > 0 then
      nodes[#nodes + 1] = site
    end
  end
  return nodes
end

local function read(doc, common)
  local young = { doc = doc, common = common, say = common.say, events = {} }
  for _, code in ipairs { "cases", "deaths" } do
    local event = common.event(code)
    event.all = event.site_ages:axis("site", "all")[1]
    young.events[#young.events + 1] = event
  end
  young.cases, young.deaths = young.events[1], young.events[2]
  young.country = common.country(young.cases.site_ages)
  young.period = common.period(young.cases.site_ages)
  young.ages = five_years(young.cases.site_ages)
  return young
end

-- Those of the ages that lie between two.
local function between(young, low, high)
  local nodes = {}
  for _, age in ipairs(young.ages) do
    if age.low >= low and age.high <= high then
      nodes[#nodes + 1] = age
    end
  end
  return nodes
end

local function all_cell(event, age, sex, column)
  return event.site_ages:cell { site = event.all, age = age, sex = sex, column = column }
end

-- --- all cancers ------------------------------------------------------------------------

-- What a sex is called over all these ages, where "men" and "boys" would both
-- be wrong.
local function sex_of_all_ages(young, t, sex)
  local names = { M = { fr = "sexe masculin", en = "males" }, F = { fr = "sexe féminin", en = "females" } }
  return names[sex] and young.say(names[sex]) or young.common.inside(t:node("sex", sex).label)
end

-- All under forty, where that is a class of the tables by territory.
local function key_box(young)
  local keys = {}
  each_event(young, function(event)
    local age = event.ages:axis("age")[2]
    for _, sex in ipairs { "T", "M", "F" } do
      if age.low == 0 and age.high == LAST_AGE then
        local cell = event.ages:cell { territory = young.country, age = age, sex = sex, column = "count" }
        keys[#keys + 1] = { value = cell,
          label = event.label .. ", " .. age.label .. ", " .. sex_of_all_ages(young, event.ages, sex),
          detail = young.say { fr = "effectif de toute la période", en = "number in the whole period" } }
      end
    end
  end)
  return #keys > 0 and key_figures(keys) or {}
end

-- A sentence for each class of ages: numbers, rate, and men against women.
local function sentences(young, ages)
  local lines = {}
  for _, age in ipairs(ages) do
    local rate = all_cell(young.cases, age, "T", "crude_rate")
    local men, women = all_cell(young.cases, age, "M", "crude_rate"), all_cell(young.cases, age, "F", "crude_rate")
    if rate:value() and men:value() and women:value() then
      lines[#lines + 1] = prose("young_age", {
        age = age.label, cases = all_cell(young.cases, age, "T", "count"), rate = rate, limits = rate:interval_text(),
        unit = rate:unit(), deaths = all_cell(young.deaths, age, "T", "count"), men = men, women = women,
        word = young.doc:compare(men, women,
          young.say { fr = "celui du sexe féminin", en = "that of females" }),
      })
    end
  end
  return lines
end

local function age_table(young)
  local list = {}
  each_event(young, function(event)
    for _, sex in ipairs { "M", "F" } do
      local group = event.label .. ", " .. sex_of_all_ages(young, event.site_ages, sex)
      local function add(column, word, interval)
        list[#list + 1] = { table = event.site_ages, column = column, sex = sex, site = event.all, unit = "",
          group = group, interval = interval, heading = group .. ", " .. young.say(word) }
      end
      add("count", { fr = "nombre", en = "number" })
      add("crude_rate", { fr = "taux", en = "rate" }, event == young.cases)
    end
  end)
  return young.doc:grid {
    id = "young-ages", table = young.cases.site_ages, rows = young.ages, columns = list,
    filter = { site = young.cases.all },
    title = young.say { fr = "Nouveaux cas, décès et taux avant quarante ans, tous cancers",
      en = "New cases, deaths and rates under forty, all cancers" },
    unit = young.say { fr = "nombre ; pour 100 000 personnes-années", en = "number; per 100,000 person-years" },
  }
end

-- Rates by sex, a bar for each class of ages.
local function rate_bars(young, ages, id, words)
  local figures = {}
  each_event(young, function(event)
    local series = {}
    for _, age in ipairs(ages) do
      series[#series + 1] = { age = age, label = age.label }
    end
    if #series > 0 and #series <= MOST_SERIES then
      figures[#figures + 1] = young.doc:chart {
        id = id .. "-" .. event.code, kind = "dot", table = event.site_ages, x = "sex", column = "crude_rate",
        filter = { site = event.all }, series = series, width = "half", height = 150,
        title = event.title .. young.say(words),
      }
    end
  end)
  return #figures == 2 and columns(figures) or figures
end

-- --- sites -------------------------------------------------------------------------------

-- How many sites have a bar, which all its classes of ages make: `most` at most.
local function whole_bars(young, ages, most)
  local count = 0
  for _, site in ipairs(young.cases.site_ages:axis("site", "site")) do
    local sum = 0
    for _, age in ipairs(ages) do
      local value = young.cases.site_ages:cell { site = site, age = age, sex = "T", column = "count" }:value()
      sum = sum and value and sum + value
    end
    count = count + (sum and sum > 0 and 1 or 0)
  end
  return math.min(count, most)
end

local function site_bars(young, ages, id, words)
  local t, series = young.cases.site_ages, {}
  local top = whole_bars(young, ages, MOST_BARS)
  for _, age in ipairs(ages) do
    series[#series + 1] = { age = age, sex = "T", label = age.label }
  end
  return top > 0 and #series > 0 and #series <= MOST_SERIES and young.doc:chart {
    id = id, kind = "stacked", table = t, x = "site", level = "site", top = top, column = "count", series = series,
    height = BARS_FRAME + BAR_HEIGHT * top, title = young.say(words),
    note = young.say { fr = "Localisations les plus fréquentes dont toutes les classes d’âge sont publiées.",
      en = "The most frequent sites of which all age classes are published." },
  } or {}
end

-- Sites in rows, five years of age in columns.
local function by_five_years(young, event, column, words)
  local t, list = event.site_ages, {}
  local nodes = sites_shown(t, young.ages, column)
  if #nodes == 0 then
    return {}
  end
  for _, age in ipairs(young.ages) do
    list[#list + 1] = { column = column, age = age, sex = "T", heading = age.label, unit = "" }
  end
  return young.doc:grid {
    id = "young-" .. event.code .. "-" .. column, table = t, rows = nodes, columns = list, filter = { sex = "T" },
    title = young.say(words),
    unit = column == "count" and ""
      or young.say { fr = "pour 100 000 personnes-années", en = "per 100,000 person-years" },
  }
end

-- "Garçons" and "Filles" before fifteen, "Jeunes hommes" and "Jeunes femmes" before twenty-five.
local function sex_label(young, t, sex, age)
  local children = { M = { fr = "Garçons", en = "Boys" }, F = { fr = "Filles", en = "Girls" } }
  local grown = { M = { fr = "Jeunes hommes", en = "Young men" }, F = { fr = "Jeunes femmes", en = "Young women" } }
  local names = age.high < GROWN and children or age.high < OLDER and grown
  return names and young.say(names[sex]) or t:node("sex", sex).label
end

-- The sites of some ages of five years, by sex.
local function sites_by_sex(young, ages, id, words)
  local t, list = young.cases.site_ages, {}
  local nodes = sites_shown(t, ages, "count")
  if #nodes == 0 then
    return {}
  end
  for _, age in ipairs(ages) do
    for _, sex in ipairs { "M", "F" } do
      local head = age.label .. ", " .. sex_label(young, t, sex, age)
      list[#list + 1] = { column = "count", age = age, sex = sex, group = age.label, heading = head, unit = "" }
      list[#list + 1] = { column = "crude_rate", age = age, sex = sex, group = age.label, unit = "",
        heading = young.say { fr = "taux", en = "rate" } }
    end
  end
  return young.doc:grid {
    id = id, table = t, rows = nodes, columns = list, title = young.say(words),
    unit = young.say { fr = "nombre ; pour 100 000 personnes-années", en = "number; per 100,000 person-years" },
  }
end

-- What there is of one group of ages.
local function group(young, ages, id, who)
  return {
    sentences(young, ages),
    rate_bars(young, ages, id .. "-rates", { fr = " : taux par âge des " .. who.fr .. ", tous cancers",
      en = ": rates by age in " .. who.en .. ", all cancers" }),
    site_bars(young, ages, id .. "-sites", { fr = "Nouveaux cas des " .. who.fr .. " selon l’âge, par localisation",
      en = "New cases in " .. who.en .. " by age and site" }),
    sites_by_sex(young, ages, id, { fr = "Nouveaux cas et taux des " .. who.fr .. " par localisation et par sexe",
      en = "New cases and rates in " .. who.en .. " by site and sex" }),
  }
end

-- --- survival ------------------------------------------------------------------------------

local function survival_reading(young, t, site)
  return young.common.survival_reading(t, { site = site, sex = "T", age = t:axis("age")[1],
    stratum = t:node("stratum", "5") })
end

local function survival_charts(young, t)
  local all = t:axis("site", "all")[1]
  local figures = {}
  if all and data.shown(t, { site = all, stratum = "5", column = "estimate" }, { "age" }) then
    figures[1] = young.doc:chart {
      id = "young-survival-step", kind = "step", table = t, column = "estimate", filter = { site = all },
      series = "age", height = 170, scope = young.country.label, reading = survival_reading(young, t, all),
      title = young.say { fr = "Survie nette avant quarante ans, tous cancers",
        en = "Net survival under forty, all cancers" },
    }
  end
  return figures
end

local function survival(young)
  local t = young.common.find("national.survival_young")
  local rows, list = {}, {}
  for _, site in ipairs(t and t:axis("site") or {}) do
    if data.shown(t, { site = site, stratum = "5", column = "estimate" }, { "age" }) then
      rows[#rows + 1] = site
    end
  end
  if #rows == 0 then
    return {}
  end
  for _, age in ipairs(t:axis("age")) do
    list[#list + 1] = { column = "estimate", age = age, stratum = "5", interval = true, unit = "%",
      heading = age.label }
  end
  return {
    heading(2, young.say { fr = "Survie", en = "Survival" }),
    prose("young_survival", { alive_under = young.doc:release().policy.alive_under }),
    survival_charts(young, t),
    young.doc:grid {
      id = "young-survival", table = t, rows = rows, columns = list, filter = { stratum = "5" },
      title = young.say { fr = "Survie nette à cinq ans avant quarante ans",
        en = "Net survival after five years under forty" },
      scope = young.country.label, reading = survival_reading(young, t, rows[1]), note = young.common.method("survival_young"),
    },
  }
end

local function page(doc, common)
  if not common.event("cases") or not common.event("deaths") then
    return {}
  end
  local young = read(doc, common)
  local all = { site = young.cases.all, sex = "T", column = "count" }
  if not data.highest(young.cases.site_ages, all, young.ages, "age") then
    return {}
  end
  local say = common.say
  local children, teens, adults = between(young, 0, 14), between(young, 15, 24), between(young, 25, LAST_AGE)
  return {
    heading(1, say { fr = "Enfants, adolescents et jeunes adultes", en = "Children, adolescents and young adults" },
      "young"),
    prose("young", { period = young.period, country_in = young.country.in_ }),
    key_box(young), age_table(young),
    heading(2, say { fr = "Les localisations", en = "Cancer sites" }),
    prose("young_sites"),
    by_five_years(young, young.cases, "count", { fr = "Nouveaux cas avant quarante ans par localisation et par âge",
      en = "New cases under forty by site and age" }),
    by_five_years(young, young.cases, "crude_rate", {
      fr = "Taux d’incidence avant quarante ans par localisation et par âge",
      en = "Incidence rates under forty by site and age" }),
    by_five_years(young, young.deaths, "count", { fr = "Décès avant quarante ans par localisation et par âge",
      en = "Deaths under forty by site and age" }),
    heading(2, say { fr = "Enfants", en = "Children" }),
    prose("young_children"),
    group(young, children, "young-children", { fr = "enfants", en = "children" }),
    heading(2, say { fr = "Adolescents et jeunes adultes", en = "Adolescents and young adults" }),
    prose("young_adults"),
    group(young, teens, "young-teens", { fr = "adolescents et très jeunes adultes",
      en = "adolescents and very young adults" }),
    group(young, adults, "young-adults", { fr = "jeunes adultes", en = "young adults" }),
    survival(young),
  }
end

return { plan = plan, page = page }
