-- SPDX-License-Identifier: EUPL-1.2
-- chapter_burden.lua - new cases, or deaths: by sex, age, year and site.
local TRENDS = 6 -- of sites: four fill a page
local BARS, HALF_BARS = 15, 10 -- in the width of a page, and of half a page

local sexes = { "M", "F" }

local function introduction(common, event, name)
  local t = event.national_sites
  local country = common.country(t)
  local men, women = t:node("sex", "M"), t:node("sex", "F")
  local function count(sex)
    return { value = t:cell { sex = sex, column = "count" },
      label = event.label .. (sex == "T" and "" or ", " .. common.sex_word(sex)) }
  end
  local function standard(sex)
    return { value = common.rate(t, sex),
      label = common.say { fr = "Taux standardisé monde, ", en = "World-standardised rate, " } ..
        common.sex_word(sex) }
  end
  return {
    heading(1, event.title, name),
    prose(name, {
      period = common.period(t), country_in = country.in_,
      cases = t:cell { sex = "T", column = "count" },
      deaths = t:cell { sex = "T", column = "count" },
      crude = t:cell { sex = "T", column = "crude_rate" },
      unit = t:cell { column = "crude_rate" }:unit(),
      asr_men = common.rate(t, "M"), asr_women = common.rate(t, "F"),
      men_in = men.in_, women_in = women.in_,
    }),
    key_figures { count("T"), count("M"), count("F"),
      { value = t:cell { sex = "T", column = "crude_rate" },
        label = common.say { fr = "Taux brut", en = "Crude rate" } },
      standard("M"), standard("F") },
  }
end

-- Two figures side by side, or the one that there is.
local function pair(left, right)
  return left and right and columns { left, right } or left or right or {}
end

local function drawn(common, event, sex)
  local t = event.site_years
  return common.drawn(t, "period", { site = t:axis("site", "all")[1], sex = sex, column = "asr_world" })
end

-- `height`, where it has the rest of a page to itself.
local function trend(doc, common, event, height)
  local t = event.site_years
  return drawn(common, event) and doc:chart {
    id = event.code .. "-trend", kind = "line", table = t, column = "asr_world",
    filter = { site = t:axis("site", "all")[1] }, series = "sex", height = height or 205,
    title = common.say { fr = event.title .. " : évolution du taux standardisé monde, tous cancers",
      en = event.title .. ": trend of the world-standardised rate, all cancers" },
  }
end

-- Years one by one: what happens between the first and the last one too.
local function by_year(doc, common, event)
  local say, t = common.say, event.site_years
  local all = t:axis("site", "all")[1]
  local segments = doc:table("open_data." .. event.code .. "_segments")
  local trend_men, change_men = common.change(event, "M", all)
  local trend_women, change_women = common.change(event, "F", all)
  local function joined(sex)
    return drawn(common, event, sex) and doc:chart {
      id = event.code .. "-segments-" .. string.lower(sex), kind = "joinpoint", table = t,
      column = "asr_world", filter = { site = all, sex = sex }, trend = segments,
      width = "half", height = 170,
      title = say { fr = event.title .. " " .. t:node("sex", sex).in_ .. " : évolution par segments",
        en = event.title .. " " .. t:node("sex", sex).in_ .. ": trend in segments" },
    }
  end
  return {
    heading(2, say { fr = "Évolution", en = "Trend" }),
    prose("burden_years", {
      first = t:axis("period")[1], last = common.period(t),
      noun = event.noun,
      trend_men = trend_men, trend_women = trend_women,
      change_men = change_men, change_women = change_women,
    }),
    trend(doc, common, event),
    pair(joined("M"), joined("F")),
    doc:grid {
      id = event.code .. "-years", table = t, rows = "period", filter = { site = all },
      columns = common.by_sex(t),
      title = say { fr = event.label .. " et taux standardisés monde par année, tous cancers",
        en = event.label .. " and world-standardised rates by year, all cancers" },
      unit = "", note = common.abbreviations(),
    },
  }
end

local function age_curve(doc, common, event)
  local t = event.site_ages
  return doc:chart {
    id = event.code .. "-age", kind = "age", table = t, x = "age",
    filter = { site = t:axis("site", "all")[1] }, column = "crude_rate", series = "sex", height = 205,
    title = common.say { fr = event.title .. " : taux par âge, tous cancers",
      en = event.title .. ": age-specific rates, all cancers" },
  }
end

local function by_age(doc, common, event)
  local say, t = common.say, event.site_ages
  local all = t:axis("site", "all")[1]
  local columns_of = {}
  for _, sex in ipairs(sexes) do
    local label = t:node("sex", sex).label
    columns_of[#columns_of + 1] = { column = "count", sex = sex, group = label,
      heading = label .. say { fr = ", nombre", en = ", number" } }
    columns_of[#columns_of + 1] = { column = "crude_rate", sex = sex, group = label, interval = true,
      heading = label .. say { fr = ", taux", en = ", rate" } }
  end
  return {
    heading(2, say { fr = "Selon l’âge", en = "By age" }),
    prose("burden_ages", { noun = event.noun }),
    age_curve(doc, common, event),
    doc:chart {
      id = event.code .. "-pyramid", kind = "pyramid", table = t, x = "age",
      filter = { site = all }, column = "count",
      title = say { fr = event.label .. " par âge et par sexe, tous cancers",
        en = event.label .. " by age and sex, all cancers" },
    },
    doc:grid {
      id = event.code .. "-ages", table = t, rows = "age", filter = { site = all }, columns = columns_of,
      title = say { fr = event.label .. " et taux par âge, tous cancers",
        en = event.label .. " and rates by age, all cancers" },
      unit = "",
    },
  }
end

local function bars(doc, common, event, sex, width)
  local say, t = common.say, event.national_sites
  local label = t:node("sex", sex).in_
  return doc:chart {
    id = event.code .. "-bars-" .. string.lower(sex), kind = "bar", table = t, x = "site", level = "site",
    top = width and HALF_BARS or BARS, height = width and 190 or 300, width = width,
    column = "asr_world", filter = { sex = sex },
    title = say { fr = event.title .. " " .. label .. " : les localisations aux taux les plus élevés",
      en = event.title .. " " .. label .. ": the sites with the highest rates" },
  }
end

local function by_site(doc, common, event)
  local say, t = common.say, event.national_sites
  return {
    heading(2, say { fr = "Selon la localisation", en = "By cancer site" }),
    prose("burden_sites", { noun = event.noun }),
    columns { bars(doc, common, event, "M", "half"), bars(doc, common, event, "F", "half") },
    doc:grid {
      id = event.code .. "-sites-sex", table = t, rows = "site", columns = common.by_sex(t),
      title = say { fr = event.label .. " et taux standardisés monde par localisation et par sexe",
        en = event.label .. " and world-standardised rates by cancer site and sex" },
      unit = "", note = common.abbreviations(),
    },
    doc:grid {
      id = event.code .. "-sites", table = t, rows = "site", filter = { sex = "T" },
      columns = { "count", { column = "crude_rate", interval = true },
        { column = "asr_world", heading = say { fr = "TSM", en = "WSR" }, interval = true },
        { column = "asr_esp2013", heading = say { fr = "TSE", en = "ESR" }, interval = true } },
      title = say { fr = event.label .. ", taux bruts et taux standardisés par localisation",
        en = event.label .. ", crude and standardised rates by cancer site" },
      unit = "", note = common.abbreviations(true),
    },
  }
end

-- Sites of a sex with the most events, most first, whose rates can be drawn.
local function main_of(common, event, sex, count)
  local kept = {}
  for _, site in ipairs(common.main_sites(event.national_sites, 2 * count + 6)) do
    if #kept < count and (site.sex == "" or site.sex == sex) and not common.is_low(event, site, { sex }) then
      kept[#kept + 1] = site
    end
  end
  return kept
end

-- The most frequent sites with both sexes side by side, for a page.
local function main_sites(doc, common, event, count)
  local t = event.national_sites
  local rows = { t:axis("site", "all")[1] }
  for _, site in ipairs(common.main_sites(t, count)) do
    rows[#rows + 1] = site
  end
  return doc:grid {
    id = event.code .. "-main-sites", table = t, rows = rows, columns = common.by_sex(t),
    title = common.say { fr = event.label .. " et taux standardisés monde des localisations les plus fréquentes",
      en = event.label .. " and world-standardised rates of the most frequent sites" },
    unit = "", note = common.abbreviations(),
  }
end

-- The trends of so many sites, two side by side.
local function segments_of(doc, common, event, sex, count)
  local say, t = common.say, event.site_years
  local segments = doc:table("open_data." .. event.code .. "_segments")
  local charts = {}
  for _, site in ipairs(main_of(common, event, sex, count)) do
    charts[#charts + 1] = doc:chart {
      id = event.code .. "-segments-" .. string.lower(site.code) .. "-" .. string.lower(sex),
      kind = "joinpoint", table = t, column = "asr_world", filter = { site = site, sex = sex },
      trend = segments, width = "half", height = 134,
      title = common.of_site(event, site) .. common.among(site, t:node("sex", sex)),
    }
  end
  local blocks = {
    heading(3, say { fr = "Principales localisations, " .. t:node("sex", sex).in_,
      en = "Main cancer sites, " .. t:node("sex", sex).in_ }),
  }
  for i = 1, #charts - 1, 2 do
    blocks[#blocks + 1] = columns { charts[i], charts[i + 1] }
  end
  return blocks
end

local function site_trends(doc, common, event)
  local say = common.say
  local trend = doc:table("open_data." .. event.code .. "_trend")
  local columns_of = {}
  for _, sex in ipairs(sexes) do
    columns_of[#columns_of + 1] = { column = "annual_change", sex = sex, interval = true,
      heading = trend:node("sex", sex).label }
  end
  return {
    heading(2, say { fr = "Évolution selon la localisation", en = "Trend by cancer site" }),
    prose("burden_trends", { noun = event.noun, period = trend:axis("period")[1] }),
    doc:grid {
      id = event.code .. "-changes", table = trend, rows = "site", columns = columns_of,
      title = say { fr = event.title .. " : évolution annuelle moyenne du taux standardisé monde",
        en = event.title .. ": average annual change of the world-standardised rate" },
    },
    segments_of(doc, common, event, "M", TRENDS),
    segments_of(doc, common, event, "F", TRENDS),
  }
end

return {
  page = function(doc, common, event, name)
    return {
      introduction(common, event, name),
      by_year(doc, common, event),
      by_age(doc, common, event),
      by_site(doc, common, event),
      site_trends(doc, common, event),
    }
  end,
  introduction = introduction, bars = bars, trend = trend, age_curve = age_curve,
  segments_of = segments_of, main_sites = main_sites,
}
