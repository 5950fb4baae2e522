-- SPDX-License-Identifier: EUPL-1.2
-- chapter_screening.lua - participation in the screening programmes.
local PROGRAMMES = { "breast", "colorectal", "cervix" }
local FIRST_SCREENED = "2018"

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
}

local function plan(p)
  for _, programme in ipairs(PROGRAMMES) do
    p.table {
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

local function screening(doc, common)
  local say = common.say
  local columns_of, series = {}, {}
  local first
  for _, programme in ipairs(PROGRAMMES) do
    local t = doc:table("open_data.screening_" .. programme)
    first = first or t
    local label = say(titles.screening[programme])
    columns_of[#columns_of + 1] = { table = t, column = "proportion", heading = label }
    series[#series + 1] = { table = doc:table("national.screening_" .. programme .. "_years"),
      column = "proportion", label = label }
  end
  -- Of each year the participation, and how far it is from the first one's.
  local by_year = {}
  for p, programme in ipairs(PROGRAMMES) do
    by_year[#by_year + 1] = { table = series[p].table, column = "proportion",
      heading = say(titles.organ[programme]), unit = "%" }
    by_year[#by_year + 1] = { table = doc:table("national.screening_" .. programme .. "_change"),
      column = "proportion_difference", interval = true, unit = "points",
      heading = say { fr = "Écart", en = "Difference" } }
  end
  local blocks = {
    heading(1, say { fr = "Dépistage", en = "Screening" }),
    prose("screening"),
    doc:chart {
      id = "screening-trend", kind = "line", table = doc:table("national.screening_breast_years"),
      series = series, height = 220,
      title = say { fr = "Participation aux programmes de dépistage organisé",
        en = "Participation in the organised screening programmes" },
    },
    doc:grid {
      id = "screening-years", table = doc:table("national.screening_breast_years"), rows = "period", columns = by_year,
      title = say { fr = "Participation au dépistage organisé par année, et écart à " .. FIRST_SCREENED,
        en = "Participation in organised screening by year, and difference from " .. FIRST_SCREENED },
      unit = say { fr = "% ; points", en = "%; points" },
    },
    doc:grid {
      id = "screening-regions", table = first, rows = "territory", level = "region",
      columns = columns_of,
      title = say { fr = "Participation au dépistage organisé par région",
        en = "Participation in organised screening by region" },
    },
  }
  for _, programme in ipairs { "breast", "colorectal" } do
    blocks[#blocks + 1] = doc:map {
      id = "map-screening-" .. programme, table = doc:table("open_data.screening_" .. programme),
      column = "proportion", level = "departement", palette = "greens", height = 290,
      title = say {
        fr = say(titles.screening[programme]) .. ", par département",
        en = say(titles.screening[programme]) .. ", by département",
      },
    }
  end
  return blocks
end

return { plan = plan, page = screening }
