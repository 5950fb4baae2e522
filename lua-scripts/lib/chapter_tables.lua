-- SPDX-License-Identifier: EUPL-1.2
-- chapter_tables.lua - the annex: numbers and rates of all sites by age and
-- year, and of all départements.
local AGES_WIDE = 9 -- columns of a table
local YEARS_WIDE = 10

local sexes = { "M", "F" }

-- One table, of a page, with a column for each node from one to another.
local function wide(doc, spec, nodes, first, last)
  local columns_of = {}
  local rows = { spec.table:axis("site", "all")[1] }
  for _, site in ipairs(spec.table:axis("site", "site")) do
    rows[#rows + 1] = (site.sex == "" or site.sex == spec.sex) and site or nil
  end
  for n = first, last do
    columns_of[#columns_of + 1] = { column = spec.column, [spec.dimension] = nodes[n], heading = nodes[n].label,
      unit = "" }
  end
  local span = nodes[first].label .. " – " .. nodes[last].label
  return doc:grid {
    id = spec.id .. "-" .. first, table = spec.table, rows = rows, columns = columns_of,
    filter = { sex = spec.sex }, title = spec.title .. ", " .. span, unit = spec.unit,
  }
end

local function parts(doc, spec, nodes, width)
  local blocks = {}
  width = math.ceil(#nodes / math.ceil(#nodes / width)) -- as wide as each other
  for first = 1, #nodes, width do
    blocks[#blocks + 1] = (first > 1 or not spec.opens) and page_break()
    blocks[#blocks + 1] = wide(doc, spec, nodes, first, math.min(first + width - 1, #nodes))
  end
  return blocks
end

local function classes(t)
  local kept = {}
  for _, age in ipairs(t:axis("age")) do
    kept[#kept + 1] = not age.total and age or nil
  end
  return kept
end

local function by_age(doc, common, event)
  local say, t = common.say, event.site_ages
  local blocks = {
    heading(2, say { fr = event.title .. " par localisation et par âge", en = event.title .. " by cancer site and age" }),
  }
  for _, sex in ipairs(sexes) do
    local who = t:node("sex", sex).in_
    blocks[#blocks + 1] = parts(doc, {
      id = event.code .. "-annex-ages-" .. string.lower(sex), table = t, column = "count", dimension = "age", sex = sex,
      opens = sex == sexes[1], title = event.label .. " " .. who, unit = say { fr = "nombre", en = "number" },
    }, classes(t), AGES_WIDE)
    blocks[#blocks + 1] = parts(doc, {
      id = event.code .. "-annex-age-rates-" .. string.lower(sex), table = t, column = "crude_rate", dimension = "age",
      sex = sex, title = event.title .. " " .. who .. say { fr = " : taux par âge", en = ": age-specific rates" },
      unit = t:cell { site = t:axis("site")[1], sex = sex, age = classes(t)[1], column = "crude_rate" }:unit(),
    }, classes(t), AGES_WIDE)
  end
  return blocks
end

local function by_year(doc, common, event)
  local say, t = common.say, event.site_years
  local blocks = {
    heading(2, say { fr = event.title .. " par localisation et par année", en = event.title .. " by cancer site and year" }),
  }
  for _, sex in ipairs(sexes) do
    local who = t:node("sex", sex).in_
    blocks[#blocks + 1] = parts(doc, {
      id = event.code .. "-annex-years-" .. string.lower(sex), table = t, column = "count", dimension = "period", sex = sex,
      opens = sex == sexes[1], title = event.label .. " " .. who, unit = say { fr = "nombre", en = "number" },
    }, t:axis("period"), YEARS_WIDE)
    blocks[#blocks + 1] = parts(doc, {
      id = event.code .. "-annex-year-rates-" .. string.lower(sex), table = t, column = "asr_world", dimension = "period",
      sex = sex, title = event.title .. " " .. who .. say { fr = " : taux standardisé monde", en = ": world-standardised rate" },
      unit = t:cell { site = t:axis("site")[1], sex = sex, column = "asr_world" }:unit(),
    }, t:axis("period"), YEARS_WIDE)
  end
  return blocks
end

local function by_departement(doc, common, event)
  local say, t = common.say, event.sites
  if #t:axis("territory", "departement") == 0 then
    return {}
  end
  local risk = common.find("open_data." .. event.code .. "_risk")
  local ratio = {}
  for _, sex in ipairs(risk and sexes or {}) do
    ratio[#ratio + 1] = { column = "spatial_ratio", sex = sex, interval = true,
      heading = risk:node("sex", sex).label .. say { fr = ", rapport lissé", en = ", smoothed ratio" } }
    ratio[#ratio + 1] = { column = "spatial_ratio_above", sex = sex, unit = "%",
      heading = say { fr = "Probabilité d’un rapport supérieur à un", en = "Probability of a ratio above one" } }
  end
  return {
    heading(2, say { fr = event.title .. " par département", en = event.title .. " by département" }),
    doc:grid {
      id = event.code .. "-annex-departements", table = t, rows = "territory", level = "departement",
      columns = common.by_sex(t),
      title = say { fr = event.title .. " par département, tous cancers", en = event.title .. " by département, all cancers" },
      unit = "", note = common.abbreviations(),
    },
    risk and doc:grid {
      id = event.code .. "-annex-risk", table = risk, rows = "territory", level = "departement", columns = ratio,
      title = say { fr = event.title .. " par département : rapport standardisé lissé, tous cancers",
        en = event.title .. " by département: smoothed standardised ratio, all cancers" },
      unit = "",
    },
  }
end

local function screening(doc, common)
  local say, columns_of = common.say, {}
  local programmes = require("lib.chapter_screening").known(common)
  for _, programme in ipairs(programmes) do
    columns_of[#columns_of + 1] = { table = programme.places, column = "proportion", heading = programme.organ,
      interval = true }
  end
  if #programmes == 0 or #programmes[1].places:axis("territory", "departement") == 0 then
    return {}
  end
  return {
    heading(2, say { fr = "Dépistage par département", en = "Screening by département" }),
    doc:grid {
      id = "screening-annex", table = programmes[1].places, rows = "territory", level = "departement",
      columns = columns_of,
      title = say { fr = "Participation au dépistage organisé par département",
        en = "Participation in organised screening by département" },
    },
  }
end

return {
  page = function(doc, common, cases, deaths)
    local blocks = {
      annex(common.say { fr = "Tableaux", en = "Tables" }, "tables"),
      prose("tables"),
    }
    for _, event in ipairs { cases, deaths } do
      blocks[#blocks + 1] = {
        by_age(doc, common, event), by_year(doc, common, event), by_departement(doc, common, event),
      }
    end
    blocks[#blocks + 1] = screening(doc, common)
    return blocks
  end,
}
