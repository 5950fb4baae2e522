-- SPDX-License-Identifier: EUPL-1.2
-- sheet_trend.lua - the years of a sheet: rates since the first year, their
-- segments, and what they change a year.
local data = require("lib.sheet_data")

local LEGEND, MOST = 7, 4 -- points for one more segment; joins at most
local THE = {
  cases = { fr = "l’incidence", en = "incidence of" },
  deaths = { fr = "la mortalité", en = "mortality from" },
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

-- A note where one decimal is too coarse for the rates of one of the sexes.
local function coarse(sheet, event, sexes)
  for _, sex in ipairs(sexes) do
    if sheet.common.is_low(event, sheet.site, { sex }) then
      return sheet.say { fr = "Taux publiés avec une décimale : s’ils sont aussi faibles, leurs écarts tiennent à l’arrondi.",
        en = "Rates are published with one decimal: where they are so low, rounding makes their differences." }
    end
  end
end

-- Why no figure is drawn of rates as low as that.
local function told_low(sheet, event, name, sex)
  return prose(name, {
    of = sheet.name("of"), rate = sheet.say(data.RATE[event.code]), events = sheet.say(EVENTS[event.code]),
    least = sheet.common.number(sheet.common.LEAST_DRAWN, 1), unit = rate(sheet, event, sheet.sexes[1]):unit(),
    sex_in = sex and sheet.sex(sex).in_,
  })
end

local function curve(sheet, event, alone)
  return sheet.doc:chart {
    id = "trend-" .. sheet.code .. "-" .. event.code, kind = "line", width = alone and "full" or "half",
    height = 110,
    table = event.site_years, column = "asr_world", filter = { site = sheet.site },
    series = sheet.common.series(event.national_sites, sheet.site), note = coarse(sheet, event, sheet.sexes),
    title = sheet.say { fr = event.title .. " : taux standardisé monde",
      en = event.title .. ": world-standardised rate" },
  }
end

-- The sexes whose years have a joinpoint model.
local function joined(sheet, event, t)
  local list = {}
  for _, sex in ipairs(t and sheet.sexes or {}) do
    if t:cell { site = sheet.site, sex = sex, column = "joinpoint_change_1" }:value() then
      list[#list + 1] = sex
    end
  end
  return list
end

-- The joinpoint model of one sex; `alone` where it is the only figure.
local function segments_of(sheet, event, t, sex, alone)
  local joins = t:cell { site = sheet.site, sex = sex, column = "joinpoint" }:value() or 0
  local title = event.title .. sheet.among(sex)
  return sheet.doc:chart {
    id = "segments-" .. sheet.code .. "-" .. event.code .. "-" .. string.lower(sex), kind = "joinpoint",
    table = event.site_years, column = "asr_world", trend = t, filter = { site = sheet.site, sex = sex },
    width = alone and "full" or "half", height = (alone and 128 or 180) + LEGEND * math.min(joins, MOST),
    title = title .. sheet.say { fr = " : segments", en = ": segments" },
  }
end

-- The joinpoint model of each sex, where there is one and rates are not so low
-- that rounding makes it.
local function segments(sheet, event)
  local t, drawn, told, figures = sheet.common.find("open_data." .. event.code .. "_segments"), {}, {}, {}
  for _, sex in ipairs(joined(sheet, event, t)) do
    if not sheet.common.is_low(event, sheet.site, { sex }) then
      drawn[#drawn + 1] = sex
    elseif not sheet.common.is_low(event, sheet.site, sheet.sexes) then
      told[#told + 1] = told_low(sheet, event, "sheet_segments_low", sex)
    end
  end
  for _, sex in ipairs(drawn) do
    figures[#figures + 1] = segments_of(sheet, event, t, sex, #drawn == 1)
  end
  return { told, #figures == 2 and columns(figures) or figures }
end

return function(sheet)
  local curves, told = {}, {}
  for _, event in ipairs(sheet.events) do
    local any = false
    for _, sex in ipairs(sheet.sexes) do
      any = any or shown(sheet, event, sex)
    end
    if any and sheet.common.is_low(event, sheet.site, sheet.sexes) then
      told[#told + 1] = told_low(sheet, event, "sheet_trend_low")
    elseif any then
      curves[#curves + 1] = event
    end
  end
  if #curves + #told == 0 then
    return {}
  end
  for i, event in ipairs(curves) do
    curves[i] = curve(sheet, event, #curves == 1)
  end
  return {
    heading(3, sheet.say { fr = "Évolution", en = "Trend" }),
    sentences(sheet), told,
    #curves == 2 and columns(curves) or curves,
    segments(sheet, sheet.cases), #sheet.sexes == 1 and segments(sheet, sheet.deaths),
  }
end
