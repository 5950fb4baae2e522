-- SPDX-License-Identifier: EUPL-1.2
-- chapter_screening.lua - participation in the screening programmes.
local PROGRAMMES = { "breast", "colorectal", "cervix" }
local FIRST_SCREENED = "2018"
local MAP_HEIGHT = 230 -- of half a page

local titles = {
  screening = {
    breast = { fr = "Participation au dépistage organisé du cancer du sein",
      en = "Participation in the breast cancer screening programme" },
    colorectal = { fr = "Participation au dépistage organisé du cancer colorectal",
      en = "Participation in the colorectal cancer screening programme" },
    cervix = { fr = "Participation au dépistage organisé du cancer du col de l’utérus",
      en = "Participation in the cervical cancer screening programme" },
  },
  organ = {
    breast = { fr = "Sein", en = "Breast" },
    colorectal = { fr = "Côlon-rectum", en = "Colorectum" },
    cervix = { fr = "Col de l’utérus", en = "Cervix" },
  },
  programme = {
    breast = { fr = "Cancer du sein", en = "Breast cancer" },
    colorectal = { fr = "Cancer colorectal", en = "Colorectal cancer" },
    cervix = { fr = "Cancer du col de l’utérus", en = "Cervical cancer" },
  },
}

local function plan(p)
  for _, programme in ipairs(PROGRAMMES) do
    p.table {
      optional = true,
      id = "screening_" .. programme .. "_years",
      title = {
        fr = titles.screening[programme].fr .. ", par année",
        en = titles.screening[programme].en .. ", by year",
      },
      measure = "screening_" .. programme, period = "each:last:6",
      values = { { kind = "proportion", interval = true } },
    }
    p.statistic {
      id = "screening_" .. programme .. "_change",
      title = {
        fr = titles.screening[programme].fr .. ", écart à " .. FIRST_SCREENED,
        en = titles.screening[programme].en .. ", difference from " .. FIRST_SCREENED,
      },
      from = "screening_" .. programme .. "_years", kind = "proportion_difference", along = "period",
      value = "proportion", reference = FIRST_SCREENED,
    }
  end
end

-- The programmes that the store knows, in their order.
local function known(common)
  local list = {}
  for _, programme in ipairs(PROGRAMMES) do
    local t = common.find("open_data.screening_" .. programme)
    if common.shows(t) then
      list[#list + 1] = { code = programme, places = t,
        years = common.find("national.screening_" .. programme .. "_years"),
        change = common.find("national.screening_" .. programme .. "_change"),
        title = common.say(titles.screening[programme]), organ = common.say(titles.organ[programme]),
        name = common.say(titles.programme[programme]) }
    end
  end
  return list
end

local function trend(doc, common, programmes)
  local say = common.say
  local series, by_year, keys = {}, {}, {}
  for i, programme in ipairs(programmes) do
    series[i] = { table = programme.years, column = "proportion", label = programme.organ }
    by_year[#by_year + 1] = { table = programme.years, column = "proportion",
      heading = programme.organ, unit = "%" }
    by_year[#by_year + 1] = { table = programme.change, column = "proportion_difference", interval = true,
      unit = "points", heading = say { fr = "Écart", en = "Difference" } }
    keys[i] = { value = programme.places:cell { territory = common.country(programme.places), column = "proportion" },
      label = programme.name .. ", " .. common.period(programme.places).label }
  end
  return {
    key_figures(keys),
    doc:chart {
      id = "screening-trend", kind = "line", table = programmes[1].years, series = series, height = 220,
      title = say { fr = "Participation aux programmes de dépistage organisé",
        en = "Participation in the organised screening programmes" },
    },
    doc:grid {
      id = "screening-years", table = programmes[1].years, rows = "period", columns = by_year,
      title = say { fr = "Participation au dépistage organisé par année, et écart à " .. FIRST_SCREENED,
        en = "Organised screening: participation by year, and difference from " .. FIRST_SCREENED },
      unit = say { fr = "% ; points", en = "%; points" },
    },
  }
end

local function regions(doc, common, programmes)
  local say, columns_of = common.say, {}
  if #programmes[1].places:axis("territory", "region") == 0 then
    return {}
  end
  for _, programme in ipairs(programmes) do
    columns_of[#columns_of + 1] = { table = programme.places, column = "proportion",
      heading = programme.organ, interval = true }
  end
  return doc:grid {
    id = "screening-regions", table = programmes[1].places, rows = "territory", level = "region",
    columns = columns_of,
    title = say { fr = "Participation au dépistage organisé par région",
      en = "Organised screening: participation by région" },
  }
end

local function map_of(doc, common, programme, fields)
  fields.id, fields.table, fields.column = "map-screening-" .. programme.code, programme.places, "proportion"
  fields.level, fields.palette = "departement", "greens"
  fields.title = common.say { fr = programme.title .. ", par département",
    en = programme.title .. ", by département" }
  return doc:map(fields)
end

-- Where participation differs from the country's by more than chance.
local function apart(doc, common, programme)
  local t = programme.places
  local here = t:cell { territory = common.country(t), column = "proportion" }
  local _, known = doc:compare(here, here, common.country(t).label)
  return known and doc:map {
    id = "map-screening-apart-" .. programme.code, kind = "significance", table = t, column = "proportion",
    level = "departement", reference = here, width = "half", height = MAP_HEIGHT,
    title = common.say { fr = programme.name .. " : participation comparée à celle du pays",
      en = programme.name .. ": participation compared with that of the country" },
  }
end

local function dots_of(doc, common, programme)
  return doc:chart {
    id = "screening-" .. programme.code .. "-regions", kind = "dot", table = programme.places, x = "territory",
    level = "region", column = "proportion", height = 190,
    title = common.say { fr = programme.title .. ", par région", en = programme.title .. ", by région" },
  }
end

-- How many take part, and where that differs from the country, side by side.
local function maps(doc, common, programme)
  local compared = apart(doc, common, programme)
  if not compared then
    return map_of(doc, common, programme, { height = 200 })
  end
  return columns { map_of(doc, common, programme, { width = "half", height = MAP_HEIGHT }), compared }
end

-- One programme: where people take part, région by région and on the map.
local function programme_pages(doc, common, programme)
  local t = programme.places
  local country = common.country(t)
  local blocks = {
    heading(2, programme.name),
    prose("screening_" .. programme.code, {
      here = t:cell { territory = country, column = "proportion" }, country_in = country.in_,
      period = common.period(t),
    }),
  }
  if #t:axis("territory", "region") > 0 then
    blocks[#blocks + 1] = dots_of(doc, common, programme)
  end
  if #t:axis("territory", "departement") > 0 then
    blocks[#blocks + 1] = maps(doc, common, programme)
  end
  return blocks
end

-- Two programmes against each other, a mark for each département.
local function pairs_of(doc, common, first, second)
  local say = common.say
  if #first.places:axis("territory", "departement") == 0 then
    return {}
  end
  return doc:chart {
    id = "screening-" .. first.code .. "-" .. second.code, kind = "scatter", table = first.places, level = "departement",
    column = "proportion", x_column = { table = second.places, column = "proportion" }, height = 240,
    waive = { uncertainty = say { fr = "les intervalles sont dans les données ouvertes",
      en = "the intervals are in the open data" } },
    title = say { fr = "Participation au dépistage par département : " .. common.inside(first.name) .. " et " ..
      common.inside(second.name), en = "Participation in screening by département: " .. common.inside(first.name) ..
      " and " .. common.inside(second.name) },
  }
end

-- All programmes, place by place.
local function together(doc, common, programmes)
  if #programmes < 2 then
    return {}
  end
  return {
    heading(2, common.say { fr = "Les programmes ensemble", en = "The programmes together" }),
    prose("screening_together"),
    regions(doc, common, programmes),
    pairs_of(doc, common, programmes[1], programmes[2]),
  }
end

return {
  programmes = titles.programme, plan = plan, known = known, trend = trend, map_of = map_of,
  page = function(doc, common)
    local programmes = known(common)
    if #programmes == 0 then
      return {}
    end
    local blocks = {
      heading(1, common.say { fr = "Dépistage", en = "Screening" }, "screening"),
      prose("screening"),
      trend(doc, common, programmes),
    }
    for _, programme in ipairs(programmes) do
      blocks[#blocks + 1] = programme_pages(doc, common, programme)
    end
    blocks[#blocks + 1] = together(doc, common, programmes)
    return blocks
  end,
}
