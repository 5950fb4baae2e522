-- SPDX-License-Identifier: EUPL-1.2
-- sheet_place.lua - the territories of a sheet: maps, régions, and the
-- quintiles of deprivation. Sites too rare to be counted by département have
-- the estimates of incidence, where their grade allows it.
local data = require("lib.sheet_data")

local function each_place(t, level, visit)
  for _, place in ipairs(t:axis("territory", level)) do
    visit(place)
  end
end

local function has_rates(sheet, event, sex, level)
  local t = event.sites
  local site = sheet.within(t)
  return site and data.shown(t, { site = site, sex = sex, column = "asr_world" },
    { { name = "territory", level = level } })
end

-- --- maps --------------------------------------------------------------------------

local function rate_map(sheet, event, sex, level, fields)
  fields.id = "map-" .. sheet.code .. "-" .. event.code .. "-" .. string.lower(sex) .. "-" .. level ..
    (fields.kind and "-" .. fields.kind or "")
  fields.table, fields.column, fields.level = event.sites, "asr_world", level
  fields.filter = { site = sheet.within(event.sites), sex = sex }
  fields.palette = not fields.kind and event.palette or nil
  local by = #sheet.sexes == 2 and sheet.say { fr = ", par ", en = ", by " } or sheet.say { fr = " par ", en = " by " }
  local what = event.title .. sheet.among(sex) ..
    (fields.kind and sheet.say { fr = " : écarts au pays, par ",
      en = ": differences from the country, by " } or by)
  fields.title = what .. sheet.doc:level_name(level)
  return sheet.doc:map(fields)
end

-- Where a rate differs from the whole country's: as the sentence counts, which compares two intervals.
local function significance(sheet, event, sex, level, height)
  local t = event.sites
  local whole = t:cell { site = sheet.within(t), sex = sex, territory = sheet.country, column = "asr_world" }
  local _, known = sheet.doc:compare(whole, whole, sheet.country.label)
  return known and rate_map(sheet, event, sex, level,
    { kind = "significance", reference = whole, width = "half", height = height }) or nil
end

-- Départements, or régions where fewer than half of them have a rate to show.
local function level_of(sheet, event, sex)
  local t = event.sites
  local shown, all = 0, 0
  each_place(t, "departement", function(place)
    local cell = t:cell { site = sheet.within(t), sex = sex, territory = place, column = "asr_world" }
    all = all + 1
    shown = shown + (cell:value() and 1 or 0)
  end)
  return 2 * shown >= all and "departement" or "region"
end

-- Two maps of new cases for two sexes; of one sex the rates, and how they
-- differ from the whole country's.
local function incidence_maps(sheet)
  local maps, height = {}, #sheet.sexes == 2 and 222 or 260
  for _, sex in ipairs(sheet.sexes) do
    local level = level_of(sheet, sheet.cases, sex)
    if has_rates(sheet, sheet.cases, sex, level) then
      maps[#maps + 1] = rate_map(sheet, sheet.cases, sex, level, { width = "half", height = height })
      if #sheet.sexes == 1 then
        maps[#maps + 1] = significance(sheet, sheet.cases, sex, level, height)
      end
    end
  end
  return #maps == 2 and columns(maps) or maps
end

-- Of a site that is not counted by département.
local function calibrated_maps(sheet)
  local t, maps = sheet.common.find("national.calibrated"), {}
  local site = sheet.within(t)
  for _, sex in ipairs(site and sheet.sexes or {}) do
    local fields = { site = site, sex = sex, column = "estimate" }
    if data.shown(t, fields, { { name = "territory", level = "departement" } }) then
      maps[#maps + 1] = sheet.doc:map {
        id = "map-" .. sheet.code .. "-estimate-" .. string.lower(sex), table = t, column = "estimate",
        level = "departement", filter = { site = site, sex = sex }, palette = "oranges", width = "half", height = 250,
        note = sheet.common.method("incidence_calibrated"),
        title = sheet.say { fr = "Incidence estimée" .. sheet.among(sex) .. ", par département",
          en = "Estimated incidence" .. sheet.among(sex) .. ", by département" },
      }
    end
  end
  return maps
end

-- --- sentences -----------------------------------------------------------------------

-- No département or one, in words.
local function few(sheet, count)
  local words = { [0] = { fr = "aucun", en = "none" }, { fr = "un", en = "one" } }
  return words[count] and sheet.say(words[count])
end

-- How many départements are on either side of the whole country, in the words
-- of doc:compare.
local function counted(sheet, sex)
  local t = sheet.cases.sites
  local site, number = sheet.within(t), { above = 0, below = 0, similar = 0, none = 0 }
  local whole = t:cell { site = site, sex = sex, territory = sheet.country, column = "asr_world" }
  if not whole:value() then
    return nil
  end
  each_place(t, "departement", function(place)
    local cell = t:cell { site = site, sex = sex, territory = place, column = "asr_world" }
    local _, side = sheet.doc:compare(cell, whole, sheet.country.label)
    number[side or "none"] = number[side or "none"] + 1
  end)
  local values = { among = sheet.among(sex), whole = whole, unit = whole:unit() }
  for side, count in pairs(number) do
    values[side] = count == 0 and few(sheet, count) or string.format("%d", count)
  end
  values.none = (few(sheet, number.none) or string.format("%d", number.none)) ..
    (number.none == 1 and " département" or " départements")
  if number.above + number.below + number.similar == 0 then
    return prose("sheet_departements_none", { among = values.among, whole = whole, unit = values.unit })
  end
  return prose(number.none > 0 and "sheet_departements" or "sheet_departements_all", values)
end

-- --- quintiles -------------------------------------------------------------------------

-- Whether rates of an event are shown by quintile.
local function has_quintiles(sheet, event)
  local t = event.sites
  for _, sex in ipairs(sheet.within(t) and #t:axis("territory", "quintile") > 0 and sheet.sexes or {}) do
    if has_rates(sheet, event, sex, "quintile") then
      return true
    end
  end
  return false
end

-- Side by side, or one as wide as the page.
local function quintiles(sheet)
  local figures, events = {}, {}
  for _, event in ipairs(sheet.events) do
    events[#events + 1] = has_quintiles(sheet, event) and event or nil
  end
  for _, event in ipairs(events) do
    local t = event.sites
    figures[#figures + 1] = sheet.doc:chart {
      id = "quintiles-" .. sheet.code .. "-" .. event.code, kind = "dot", table = t, x = "territory",
      level = "quintile", column = "asr_world", filter = { site = sheet.within(t) },
      series = sheet.common.series(t, sheet.site), width = #events == 2 and "half" or "full",
      height = #sheet.sexes == 2 and 135 or 155,
      title = sheet.say { fr = event.title .. " par quintile de défavorisation",
        en = event.title .. " by deprivation quintile" },
    }
  end
  return #figures == 2 and columns(figures) or figures
end

-- Whether there is any block: one, or a list that is not empty.
local function drawn(blocks)
  return type(blocks) ~= "table" or #blocks > 0
end

local function title(sheet)
  return heading(3, sheet.say { fr = "Dans les territoires", en = "In the territories" })
end

return function(sheet)
  if not sheet.within(sheet.cases.sites) then
    local maps = calibrated_maps(sheet)
    return #maps > 0 and { title(sheet), prose("sheet_estimated"), #maps == 2 and columns(maps) or maps } or {}
  end
  local counts = {}
  for _, sex in ipairs(sheet.sexes) do
    counts[#counts + 1] = counted(sheet, sex)
  end
  local maps, groups = incidence_maps(sheet), not sheet.programme and quintiles(sheet) or {}
  local any = #counts > 0 or drawn(maps) or drawn(groups)
  return any and { title(sheet), counts, maps, groups } or {}
end
