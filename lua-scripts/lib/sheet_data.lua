-- SPDX-License-Identifier: EUPL-1.2
-- sheet_data.lua - what the sheets by cancer site are made of: the tables that
-- only they show, and the reading of cells for one site.
--
--     local data = require("lib.sheet_data")
--     data.plan(p)                       -- in plan()
--     local sheet = data.read(doc, common, names)   -- in page(), one site
local data = {}

-- Programmes whose numbers stand in a sheet.
local PROGRAMMES = { SEI = "breast", CRC = "colorectal", CUT = "cervix" }

-- What kind of rate an event has.
data.RATE = {
  cases = { fr = "d’incidence", en = "incidence" },
  deaths = { fr = "de mortalité", en = "mortality" },
}

data.AGES = { "band:15-44", "band:45-54", "band:55-64", "band:65-74", "band:75+" }
-- Of a cell: neither a value nor one that is withheld.
local UNTOLD = { z = true, x = true }

data.STAGES = { "code:I", "code:II", "code:III", "code:IV", "code:X" }

-- Estimates of the producers, and what printed rates of the sexes tell of one
-- another: no count of cases or deaths, which are those of the open data.
function data.plan(p)
  p.table {
    id = "sheet_survival_ages",
    title = { fr = "Survie nette par localisation et par âge", en = "Net survival by cancer site and age" },
    measure = "survival_net", optional = true, site = "site", sex = { "T", "M", "F" }, age = data.AGES,
    period = "last:5", stratum = { "code:1", "code:5" },
    values = { { kind = "estimate", interval = true, decimals = 0 } },
  }
  p.table {
    id = "stage",
    title = { fr = "Stade au moment du diagnostic par localisation", en = "Stage at diagnosis by cancer site" },
    measure = "stage_share", optional = true, site = "site", sex = { "M", "F" }, period = "last:5",
    stratum = data.STAGES, values = { { kind = "estimate", interval = true, decimals = 1 } },
  }
  for _, event in ipairs {
    { "cases", "Incidence : rapport des taux des hommes à ceux des femmes",
      "Incidence: ratio of men’s rates to women’s" },
    { "deaths", "Mortalité : rapport des taux des hommes à ceux des femmes",
      "Mortality: ratio of men’s rates to women’s" },
  } do
    p.statistic {
      id = event[1] .. "_sex_ratio", title = { fr = event[2], en = event[3] },
      from = "open_data." .. event[1] .. "_national_sites", kind = "rate_ratio", along = "sex",
      value = "asr_world", reference = "F",
    }
  end
end

-- The node of a table that has the same code, or nil.
local function same(t, dimension, node)
  return t and t:node(dimension, node.code)
end

-- Has the table this site, and a number in one of the cells that differ by the
-- nodes of the dimensions in `along`? A sheet leaves out what has none.
function data.shown(t, fields, along)
  local picks = { fields }
  for _, dimension in ipairs(along or {}) do
    local more = {}
    for _, pick in ipairs(picks) do
      for _, node in ipairs(t:axis(dimension.name or dimension, dimension.level)) do
        local one = { [dimension.name or dimension] = node }
        for name, value in pairs(pick) do
          one[name] = value
        end
        more[#more + 1] = one
      end
    end
    picks = more
  end
  for _, pick in ipairs(picks) do
    if t:cell(pick):value() then
      return true
    end
  end
  return false
end

-- The cell with the highest value among nodes, and its node; nil without any.
function data.highest(t, fields, nodes, dimension)
  local best, at
  for _, node in ipairs(nodes) do
    local pick = { [dimension] = node }
    for name, value in pairs(fields) do
      pick[name] = value
    end
    local cell = t:cell(pick)
    if cell:value() and (not best or cell:value() > best:value()) then
      best, at = cell, node
    end
  end
  return best, at
end

-- One site as the blocks of its sheet need it, or nil where the store does not
-- have it.
function data.read(doc, common, cases, deaths, names)
  local site = cases.national_sites:node("site", names.code)
  if not site then
    return nil
  end
  local sheet = {
    doc = doc, say = common.say, common = common, names = names, site = site, code = string.lower(names.code),
    events = { cases, deaths }, cases = cases, deaths = deaths, sexes = common.sexes(site),
    country = common.country(cases.national_sites), period = common.period(cases.national_sites),
    label = site.label, programme = PROGRAMMES[names.code],
  }
  -- The site's name as a sentence needs it: "new", "of" or "with".
  function sheet.name(form)
    return doc.lang == "en" and names.en or names[form]
  end
  -- Whether stages of the site are told.
  function sheet.staged()
    local t = common.find("national.stage")
    local within = t and sheet.within(t)
    return within and data.shown(t, { site = within, column = "estimate", sex = sheet.sexes[1] }, { "stratum" })
  end
  function sheet.sex(code)
    return cases.national_sites:node("sex", code)
  end
  -- " chez les hommes", and ", hommes" inside a label; nothing on a sheet of
  -- one sex.
  function sheet.among(code)
    return common.among(site, sheet.sex(code))
  end
  function sheet.marked(code)
    return #sheet.sexes == 2 and ", " .. common.inside(sheet.sex(code).label) or ""
  end
  -- The stages that have a share of some sex, and what is said of the others: a
  -- classification may not have them.
  function sheet.stages(t)
    local told, others = {}, {}
    for _, node in ipairs(t:axis("stratum")) do
      local empty = true
      for _, sex in ipairs(sheet.sexes) do
        local cell = t:cell { site = sheet.within(t), sex = sex, stratum = node, column = "estimate" }
        empty = empty and (cell:value() == 0 or UNTOLD[cell:status()])
      end
      local list = empty and others or told
      list[#list + 1] = empty and common.inside(node.label) or node
    end
    return told, #others > 0 and common.say { fr = "Sans cas, ou non distingué : ", en = "No case, or not told apart: " } ..
      table.concat(others, ", ") .. "." or nil
  end
  -- How its stages are read: the share of one of them.
  function sheet.stage_reading(t, stage)
    local cell = t:cell { site = sheet.within(t), sex = sheet.sexes[1], stratum = stage, column = "estimate" }
    local who = sheet.country.in_ .. (#sheet.sexes == 2 and "," or "") .. sheet.among(sheet.sexes[1])
    return cell:value() and sheet.say {
      fr = who .. ", la part des nouveaux cas " .. sheet.name("new") .. " diagnostiqués au " ..
        common.inside(stage.label) .. " est de ",
      en = who .. ", the share of new cases of " .. sheet.name("new") .. " diagnosed at " ..
        common.inside(stage.label) .. " is ",
    } .. cell:said() .. " " .. cell:limits_text() .. "." or ""
  end
  -- The site in another table, or nil.
  function sheet.within(t)
    return same(t, "site", site)
  end
  return sheet
end

return data
