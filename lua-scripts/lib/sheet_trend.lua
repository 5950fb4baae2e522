-- SPDX-License-Identifier: EUPL-1.2
-- sheet_trend.lua - the years of a sheet: rates since the first year, their
-- segments, and what they change a year.
local data = require("lib.sheet_data")

local LEGEND, MOST = 7, 4 -- points for one more segment; joins at most
local THE = {
  cases = { fr = "l’incidence", en = "incidence" },
  deaths = { fr = "la mortalité", en = "mortality" },
}

local EVENTS = { cases = { fr = "cas", en = "cases" }, deaths = { fr = "décès", en = "deaths" } }

local function rate(sheet, event, sex, year)
  return event.site_years:cell { site = sheet.site, sex = sex, period = year, column = "asr_world" }
end

local function shown(sheet, event, sex)
  local fields = { site = sheet.site, sex = sex, column = "asr_world" }
  return event.site_years and data.shown(event.site_years, fields, { "period" })
end

-- What the years say of one event and sex, or nil.
local function said(sheet, event, sex)
  if not event.site_years or not sheet.common.find("open_data." .. event.code .. "_trend") then
    return nil
  end
  local years = event.site_years:axis("period")
  local from, to = rate(sheet, event, sex, years[1]), rate(sheet, event, sex, years[#years])
  local word, change = sheet.common.change(event, sex, sheet.site)
  if not (from:value() and to:value() and change:value()) then
    return nil
  end
  return { among = sheet.among(sex), events = sheet.say(EVENTS[event.code]), from = from, to = to, unit = to:unit(), word = word,
    change = change, limits = change:interval_text() }
end

-- One sex in a paragraph of its own; rates that are printed alike did not move.
local function alone(values)
  local level = values.from:text() == values.to:text()
  values.from = not level and values.from or nil
  return prose(level and "sheet_trend_level" or "sheet_trend", values)
end

-- Both sexes in one paragraph, where both have moved.
local function together(values, other)
  for name, value in pairs(other) do
    values["other_" .. name] = value
  end
  values.other_unit, values.other_events = nil, nil
  return prose("sheet_trend_both", values)
end

-- One paragraph an event: both sexes where both are known.
local function sentences(sheet)
  local blocks = {}
  for _, event in ipairs(sheet.events) do
    local years = event.site_years and event.site_years:axis("period") or {}
    local known, moved = {}, true
    for _, sex in ipairs(sheet.sexes) do
      local values = said(sheet, event, sex)
      moved = moved and values and values.from:text() ~= values.to:text()
      known[#known + 1] = values
    end
    local head = { first_year = years[1], last_year = years[#years], of = sheet.name("of"),
      event = sheet.say(THE[event.code]) }
    for i, values in ipairs(known) do
      for name, value in pairs(i == 2 and moved and {} or head) do
        values[name] = value
      end
    end
    if #known == 2 and moved then
      blocks[#blocks + 1] = together(known[1], known[2])
    else
      for _, values in ipairs(known) do
        blocks[#blocks + 1] = alone(values)
      end
    end
  end
  return blocks
end

-- Whether one decimal is too coarse for the rates of a sex: all are under one.
local function coarse(sheet, event, sexes)
  for _, sex in ipairs(sexes) do
    local highest
    for _, year in ipairs(event.site_years:axis("period")) do
      local value = rate(sheet, event, sex, year):value()
      highest = value and math.max(value, highest or value) or highest
    end
    if highest and highest < 1 then
      return sheet.say { fr = "Taux publiés avec une décimale : s’ils sont aussi faibles, leurs écarts tiennent à l’arrondi.",
        en = "Rates are published with one decimal: where they are so low, rounding makes their differences." }
    end
  end
end

local function curve(sheet, event)
  return sheet.doc:chart {
    id = "trend-" .. sheet.code .. "-" .. event.code, kind = "line", width = "half", height = 110,
    table = event.site_years, column = "asr_world", filter = { site = sheet.site },
    series = sheet.common.series(event.national_sites, sheet.site), note = coarse(sheet, event, sheet.sexes),
    title = sheet.say { fr = event.title .. " : taux standardisé monde",
      en = event.title .. ": world-standardised rate" },
  }
end

-- The joinpoint model of each sex, where there is one.
local function segments(sheet, event)
  local t, figures = sheet.common.find("open_data." .. event.code .. "_segments"), {}
  for _, sex in ipairs(t and sheet.sexes or {}) do
    local joins = { site = sheet.site, sex = sex, column = "joinpoint" }
    if t:cell { site = sheet.site, sex = sex, column = "joinpoint_change_1" }:value() then
      figures[#figures + 1] = sheet.doc:chart {
        id = "segments-" .. sheet.code .. "-" .. event.code .. "-" .. string.lower(sex), kind = "joinpoint",
        table = event.site_years, column = "asr_world", trend = t, filter = { site = sheet.site, sex = sex },
        width = #sheet.sexes == 2 and "half" or "full", note = coarse(sheet, event, { sex }),
        height = (#sheet.sexes == 2 and 180 or 128) + LEGEND * math.min(t:cell(joins):value() or 0, MOST),
        title = sheet.say {
          fr = event.title .. sheet.among(sex) .. " : segments",
          en = event.title .. sheet.among(sex) .. ": segments",
        },
      }
    end
  end
  return #figures == 2 and columns(figures) or figures
end

return function(sheet)
  local curves = {}
  for _, event in ipairs(sheet.events) do
    local any = false
    for _, sex in ipairs(sheet.sexes) do
      any = any or shown(sheet, event, sex)
    end
    if any then
      curves[#curves + 1] = curve(sheet, event)
    end
  end
  if #curves == 0 then
    return {}
  end
  return {
    heading(3, sheet.say { fr = "Évolution", en = "Trend" }),
    sentences(sheet),
    #curves == 2 and columns(curves) or curves,
    segments(sheet, sheet.cases), #sheet.sexes == 1 and segments(sheet, sheet.deaths),
  }
end
