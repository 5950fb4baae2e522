-- SPDX-License-Identifier: EUPL-1.2
-- sheet_after.lua - the end of a sheet: stage at diagnosis, survival,
-- prevalence, and where its data are.
local data = require("lib.sheet_data")

-- --- stage ------------------------------------------------------------------------------

-- Men and women as parts of a whole; of one sex the stages with their limits.
local function stage_chart(sheet, t, site)
  local say, two = sheet.say, #sheet.sexes == 2
  local series = {}
  for _, node in ipairs(t:axis("stratum")) do
    series[#series + 1] = { stratum = node, label = node.label, apart = node.code == "X" }
  end
  local shown, others = sheet.stages(t)
  return sheet.doc:chart {
    id = "stage-" .. sheet.code, kind = two and "parts" or "bar", table = t, x = two and "sex" or "stratum",
    column = "estimate", series = two and series or nil, places = not two and shown or nil,
    filter = { site = site, sex = not two and sheet.sexes[1] or nil }, height = two and 118 or 112,
    waive = two and { uncertainty = say {
      fr = "les parts d’un tout ; les intervalles sont dans les tableaux par localisation",
      en = "parts of a whole; the intervals are in the tables by cancer site" } } or nil,
    title = say { fr = sheet.label .. " : stade au moment du diagnostic", en = sheet.label .. ": stage at diagnosis" },
    scope = sheet.country.label,
    reading = sheet.stage_reading(t, shown[1]),
    note = others,
  }
end

-- What share is found late, of each sex where it is known.
local function advanced(sheet, t, site)
  local values, known = { new = sheet.name("new") }, 0
  for _, sex in ipairs(sheet.sexes) do
    local last = t:cell { site = site, sex = sex, stratum = "IV", column = "estimate" }
    if (last:value() or 0) > 0 then
      local before = known == 0 and "" or "other_"
      known = known + 1
      values[before .. "advanced"], values[before .. "limits"] = last, last:interval_text()
      values[before .. "among"] = sheet.among(sex)
    end
  end
  local names = { [0] = "sheet_stage_unknown", "sheet_stage", "sheet_stage_both" }
  return prose(names[known], values)
end

local function stage(sheet)
  local t = sheet.common.find("national.stage")
  local site = sheet.within(t)
  if not sheet.staged() then
    return {}
  end
  return {
    heading(3, sheet.say { fr = "Stade au moment du diagnostic", en = "Stage at diagnosis" }),
    advanced(sheet, t, site),
    stage_chart(sheet, t, site),
  }
end

-- --- survival -----------------------------------------------------------------------------

-- Both sexes in rows, times in columns; of one sex the times in rows.
local function survival_table(sheet, t, site)
  local say, list, rows = sheet.say, {}, {}
  local one, five = t:axis("stratum")[1].label, t:node("stratum", "5").label
  local two = #sheet.sexes == 2
  -- Of a time, below its name; of one sex the times are in rows.
  local function add(field, time, words, alone)
    field.unit = ""
    field.group = two and time or nil
    field.heading = two and time .. ", " .. say(words) or say(alone)
    list[#list + 1] = field
  end
  local net, net_alone = { fr = "nette", en = "net" }, { fr = "Survie nette", en = "Net survival" }
  local function add_more()
    add({ column = "survival_icss1", stratum = two and "5" or nil, interval = not two }, five,
      { fr = "standardisée", en = "standardised" }, { fr = "Survie standardisée", en = "Standardised survival" })
    add({ column = "survival_given_1", stratum = two and "5" or nil, interval = not two }, five,
      { fr = "si en vie à " .. one, en = "if alive after " .. one },
      { fr = "Survie des survivants à " .. one, en = "Survival of those alive after " .. one })
  end
  for _, stratum in ipairs(two and t:axis("stratum") or {}) do
    add({ column = "estimate", stratum = stratum, interval = stratum.label ~= one }, stratum.label, net)
    if stratum.code == "5" then
      add_more()
    end
  end
  if not two then
    add({ column = "estimate", interval = true }, nil, nil, net_alone)
    add_more()
  end
  for _, code in ipairs { "T", "M", "F" } do
    rows[#rows + 1] = t:node("sex", code)
  end
  return sheet.doc:grid {
    id = "survival-" .. sheet.code, table = t, rows = two and rows or "stratum", columns = list,
    filter = { site = site, sex = not two and sheet.sexes[1] or nil }, unit = "%",
    title = say { fr = sheet.label .. " : survie nette selon le temps écoulé depuis le diagnostic",
      en = sheet.label .. ": net survival by time since diagnosis" },
    scope = sheet.country.label, note = sheet.common.method("survival_net"),
    reading = sheet.common.survival_reading(t, { site = site, sex = sheet.sexes[1], stratum = t:node("stratum", "5") }),
  }
end

local function survival_by_age(sheet, width)
  local t = sheet.common.find("national.sheet_survival_ages")
  local site = sheet.within(t)
  local first = { site = site, sex = sheet.sexes[1], stratum = "5", column = "estimate" }
  if not site or not data.shown(t, first, { "age" }) then
    return nil
  end
  first.age = t:axis("age")[1]
  return sheet.doc:chart {
    id = "survival-ages-" .. sheet.code, kind = "dot", table = t, x = "age", column = "estimate",
    filter = { site = site, stratum = "5" }, series = sheet.common.series(t, sheet.site), width = width,
    height = #sheet.sexes == 2 and 138 or 145,
    title = sheet.say { fr = "Survie nette à cinq ans selon l’âge", en = "Net survival after five years by age" },
    scope = sheet.country.label,
    reading = sheet.common.survival_reading(t, { site = site, sex = sheet.sexes[1], age = first.age,
      stratum = t:node("stratum", "5") }),
  }
end

local function survived(sheet, t, site, sex)
  local one = t:cell { site = site, sex = sex, stratum = "1", column = "estimate" }
  local five = t:cell { site = site, sex = sex, stratum = "5", column = "estimate" }
  return one:value() and five:value() and
    { one = one, five = five, limits = five:interval_text(), among = sheet.among(sex) } or nil
end

local function survival_sentence(sheet, t, site)
  local known = {}
  for _, sex in ipairs(sheet.sexes) do
    known[#known + 1] = survived(sheet, t, site, sex)
  end
  if #known == 0 then
    return {}
  end
  local values = known[1]
  values.with = sheet.name("with")
  for name, value in pairs(known[2] or {}) do
    values["other_" .. name] = value
  end
  return prose(#known == 2 and "sheet_survival_both" or "sheet_survival", values)
end

local function prevalence(sheet)
  local t = sheet.common.find("national.prevalence")
  local site = sheet.within(t)
  local sex = #sheet.sexes == 1 and sheet.sexes[1] or "T"
  local all = site and t:cell { site = site, sex = sex, stratum = "T", column = "estimate" }
  local recent = site and t:cell { site = site, sex = sex, stratum = "5", column = "estimate" }
  if not all or not (all:value() and recent:value()) then
    return {}
  end
  return {
    prose("sheet_prevalence", { all = all, recent = recent, with = sheet.name("with"),
      year = t:axis("period")[1] }),
  }
end

-- Whether survival has a page of its own: nothing is known of stages, or
-- nothing of territories and the sheet is of one sex.
local function alone(sheet)
  return not sheet.staged() or #sheet.sexes == 1 and not sheet.within(sheet.cases.sites)
end

-- How long people live after the diagnosis, and how many are alive.
local function survival(sheet)
  local say, t = sheet.say, sheet.common.find("national.survival")
  local site, horizon = sheet.within(t), t and t:node("stratum", "5")
  local five = site and horizon and t:cell { site = site, sex = sheet.sexes[1], stratum = horizon, column = "estimate" }
  if not five or not five:value() then
    return {}
  end
  local by_age = survival_by_age(sheet, alone(sheet) and "full" or "half")
  local beside = by_age and not alone(sheet)
  local steps = sheet.doc:chart {
    id = "survival-step-" .. sheet.code, kind = "step", table = t, column = "estimate", filter = { site = site },
    series = sheet.common.series(t, sheet.site), width = beside and "half" or "full",
    height = #sheet.sexes == 2 and 138 or 145,
    title = say { fr = "Survie nette selon le temps", en = "Net survival over time" }, scope = sheet.country.label,
    reading = sheet.common.survival_reading(t, { site = site, sex = sheet.sexes[1], stratum = horizon }),
  }
  return {
    heading(3, say { fr = "Survie et prévalence", en = "Survival and prevalence" }),
    survival_sentence(sheet, t, site),
    beside and columns { steps, by_age } or { steps, by_age },
    survival_table(sheet, t, site),
    prevalence(sheet),
  }
end

-- Where the numbers of this sheet are found again.
local function related(sheet)
  return prose("sheet_data", { code = sheet.names.code })
end

return function(sheet)
  local parts = { stage(sheet), survival(sheet), related(sheet) }
  return sheet.within(sheet.cases.sites) and { page_break(), parts } or parts
end
