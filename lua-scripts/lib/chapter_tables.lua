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
  local span = nodes[first].label .. spec.to .. nodes[last].label
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

-- Numbers, then rates, of men, then women: a page each, the first below the
-- heading.
local function by(doc, common, event, spec)
  local say, t = common.say, spec.table
  local blocks = { not spec.first and page_break() or {}, heading(2, spec.heading) }
  for _, sex in ipairs(sexes) do
    local who, name = t:node("sex", sex).in_, event.code .. "-annex-" .. spec.name
    local function add(suffix, column, title, unit)
      blocks[#blocks + 1] = parts(doc, {
        id = name .. suffix .. string.lower(sex), table = t, column = column, dimension = spec.dimension, sex = sex,
        opens = sex == sexes[1] and column == "count", title = title, unit = unit, to = say { fr = " à ", en = " to " },
      }, spec.nodes, spec.width)
    end
    local rate = { site = t:axis("site")[1], sex = sex, [spec.dimension] = spec.nodes[1], column = spec.rate }
    add("s-", "count", event.label .. " " .. who, say { fr = "nombre", en = "number" })
    add("-rates-", spec.rate, event.title .. " " .. who .. spec.rate_words, t:cell(rate):unit())
  end
  return blocks
end

local function by_age(doc, common, event, first)
  local say, t = common.say, event.site_ages
  return by(doc, common, event, {
    table = t, name = "age", first = event == first, dimension = "age", nodes = classes(t), width = AGES_WIDE, rate = "crude_rate",
    rate_words = say { fr = " : taux par âge", en = ": age-specific rates" },
    heading = event.title .. say { fr = " par localisation et par âge", en = " by cancer site and age" },
  })
end

local function by_year(doc, common, event)
  local say, t = common.say, event.site_years
  return by(doc, common, event, {
    table = t, name = "year", dimension = "period", nodes = t:axis("period"), width = YEARS_WIDE, rate = "asr_world",
    rate_words = say { fr = " : taux standardisé monde", en = ": world-standardised rate" },
    heading = event.title .. say { fr = " par localisation et par année", en = " by cancer site and year" },
  })
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
      group = risk:node("sex", sex).label, heading = risk:node("sex", sex).label .. say { fr = ", rapport lissé", en = ", smoothed ratio" } }
    ratio[#ratio + 1] = { column = "spatial_ratio_above", sex = sex, unit = "%", group = risk:node("sex", sex).label,
      heading = say { fr = "Probabilité d’un excès", en = "Probability of an excess" } }
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
      unit = "", note = common.certainty(),
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
        en = "Organised screening: participation by département" },
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
        by_age(doc, common, event, cases), by_year(doc, common, event), by_departement(doc, common, event),
      }
    end
    blocks[#blocks + 1] = screening(doc, common)
    return blocks
  end,
}
