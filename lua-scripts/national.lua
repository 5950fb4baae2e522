-- SPDX-License-Identifier: EUPL-1.2
-- national.lua - the national report.
--
-- Tables of cases and deaths are those of the open data; what only this report
-- shows (screening, survival, prevalence, trends, calibrated estimates) is
-- declared here.
local PROGRAMMES = { "breast", "colorectal", "cervix" }
local SHEETS = { "POU", "SEI", "CRC", "PRO" } -- sites with a chapter of maps
-- The periods of open_data.cases_then.
local BEFORE, NOW = "2014-2018", "2019-2023"
local FIRST_SCREENED = "2018"
local INDICES = { "slope_index", "relative_index", "concentration_index" }
local events = {
  cases = { fr = "Incidence", en = "Incidence" },
  deaths = { fr = "Mortalité", en = "Mortality" },
}
local indices = {
  slope_index = { fr = "indice de pente des inégalités", en = "slope index of inequality" },
  relative_index = { fr = "indice relatif des inégalités", en = "relative index of inequality" },
  concentration_index = { fr = "indice de concentration", en = "concentration index" },
}

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

-- Indices along the quintiles, from the least to the most deprived.
local function plan_inequality(p)
  for _, measure in ipairs { "cases", "deaths" } do
    for _, kind in ipairs(INDICES) do
      p.statistic {
        id = measure .. "_" .. kind,
        title = { fr = events[measure].fr .. " : " .. indices[kind].fr,
          en = events[measure].en .. ": " .. indices[kind].en },
        from = "open_data." .. measure .. "_quintiles", kind = kind, along = "territory", value = "asr_world",
      }
    end
  end
end

-- Statistics of what the release prints.
local function plan_statistics(p)
  for _, programme in ipairs(PROGRAMMES) do
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
  p.statistic {
    id = "mortality_incidence",
    title = { fr = "Rapport mortalité/incidence par localisation",
      en = "Mortality:incidence ratio by cancer site" },
    from = "open_data.deaths_national_sites", against = "open_data.cases_national_sites",
    kind = "mortality_incidence", value = "count",
  }
  p.statistic {
    id = "cases_change",
    title = { fr = "Variation du nombre de nouveaux cas et ce à quoi elle est due",
      en = "Change of the number of new cases and what it is due to" },
    from = "open_data.cases_then", kind = "decomposition", along = "age", value = "count", reference = BEFORE,
  }
end

local function plan(p)
  plan_statistics(p)
  plan_inequality(p)
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
  end
  p.table {
    id = "survival",
    title = { fr = "Survie nette par localisation", en = "Net survival by cancer site" },
    measure = "survival_net", site = "site", sex = { "T", "M", "F" },
    period = "last:5", stratum = "each",
    values = {
      { kind = "estimate", interval = true, decimals = 0 },
      { kind = "standardised_survival", standard = "icss1", interval = true, decimals = 0 },
      { kind = "conditional_survival", given = "1", interval = true, decimals = 0 },
    },
  }
  p.table {
    id = "calibrated",
    title = { fr = "Incidence estimée par département et localisation",
      en = "Estimated incidence by département and cancer site" },
    measure = "incidence_calibrated", territory = "level:departement", site = "site",
    sex = { "M", "F" }, period = "last:5",
    values = { { kind = "estimate", interval = true, decimals = 1 }, "grade" },
  }
  p.table {
    id = "prevalence",
    title = { fr = "Prévalence par localisation", en = "Prevalence by cancer site" },
    measure = "prevalence", site = "every", sex = { "T", "M", "F" },
    period = "2017", stratum = { "T", "code:5" },
    values = { { kind = "estimate", interval = true, decimals = 0 } },
  }
  p.table {
    id = "trends",
    title = { fr = "Variation annuelle moyenne de l’incidence par localisation",
      en = "Mean yearly change of incidence by cancer site" },
    measure = "incidence_trend", site = "site", sex = { "M", "F" },
    period = "last:5",
    values = { { kind = "estimate", interval = true, decimals = 1 } },
  }
end

-- --- chapters ----------------------------------------------------------------

local function rate(t, sex, fields)
  local pick = { sex = sex, column = "asr_world" }
  for name, value in pairs(fields or {}) do
    pick[name] = value
  end
  return t:cell(pick)
end

local function opening(doc, common, cases)
  local say, release = common.say, doc:release()
  return {
    cover {
      title = release.title,
      subtitle = say { fr = "Rapport national", en = "National report" },
      description = say {
        fr = "Incidence, mortalité, dépistage, survie et prévalence des cancers, par localisation, âge, sexe et territoire.",
        en = "Cancer incidence, mortality, screening, survival and prevalence, by site, age, sex and territory.",
      },
      lines = {
        common.country(cases.sites).label .. ", " .. common.period(cases.sites).label,
        doc:registry(doc.lang == "en" and "name.en" or "name"),
      },
    },
    contents(),
  }
end

local function essentials(doc, common, cases, deaths)
  local say = common.say
  local years = cases.years:axis("period")
  local first, last = years[1], years[#years]
  local function trend(sex)
    local fields = { period = first }
    local word = doc:trend(rate(cases.years, sex, fields), rate(cases.years, sex, { period = last }))
    return word
  end
  return {
    heading(1, say { fr = "L’essentiel", en = "Key points" }),
    key_figures {
      { value = cases.sites:cell { sex = "T", column = "count" }, label = cases.label },
      { value = rate(cases.sites, "M"), label = say {
        fr = "Taux d’incidence standardisé monde, hommes", en = "World-standardised incidence rate, men" } },
      { value = rate(cases.sites, "F"), label = say {
        fr = "Taux d’incidence standardisé monde, femmes", en = "World-standardised incidence rate, women" } },
      { value = deaths.sites:cell { sex = "T", column = "count" }, label = deaths.label },
      { value = rate(deaths.sites, "M"), label = say {
        fr = "Taux de mortalité standardisé monde, hommes", en = "World-standardised mortality rate, men" } },
      { value = rate(deaths.sites, "F"), label = say {
        fr = "Taux de mortalité standardisé monde, femmes", en = "World-standardised mortality rate, women" } },
    },
    prose("introduction", {
      period = common.period(cases.sites),
      first_year = first, last_year = last,
      cases = cases.sites:cell { sex = "T", column = "count" },
      cases_men = cases.sites:cell { sex = "M", column = "count" },
      cases_women = cases.sites:cell { sex = "F", column = "count" },
      deaths = deaths.sites:cell { sex = "T", column = "count" },
      asr_men = rate(cases.sites, "M"), asr_women = rate(cases.sites, "F"),
      death_men = rate(deaths.sites, "M"), death_women = rate(deaths.sites, "F"),
      unit = rate(cases.sites, "M"):unit(),
      trend_men = trend("M"), trend_women = trend("F"),
    }),
    doc:chart {
      id = "essential-trend", kind = "line", table = cases.years, column = "asr_world",
      series = "sex", height = 210,
      title = say { fr = "Évolution du taux d’incidence standardisé, tous cancers",
        en = "Trend of the standardised incidence rate, all cancers" },
    },
    heading(1, say { fr = "Lire ce rapport", en = "How to read this report" }),
    prose("reading"),
    common.warning(),
  }
end

local function coverage(doc, common, cases)
  local say = common.say
  return {
    heading(1, say { fr = "Ce que les sources couvrent", en = "What the sources cover" }),
    prose("coverage", { period = common.period(cases.sites) }),
    doc:map {
      id = "coverage-map", table = cases.sites, column = "coverage", level = "departement",
      palette = "greens", height = 260,
      title = say { fr = "Part des personnes-années couverte par les sources, par département",
        en = "Share of person-years covered by the sources, by département" },
    },
    doc:grid {
      id = "coverage-regions", table = cases.sites, rows = "territory", level = "region",
      columns = { "coverage", { table = cases.sites, column = "count", sex = "T",
        heading = cases.label } },
      title = say { fr = "Part des personnes-années couverte par les sources, par région",
        en = "Share of person-years covered by the sources, by region" },
      unit = "",
    },
  }
end

-- One chapter for new cases, one for deaths: the same tables and figures.
local function burden(doc, common, event, prose_name)
  local say = common.say
  local t = event.national_sites
  local country = common.country(t)
  local men, women = t:node("sex", "M"), t:node("sex", "F")
  return {
    heading(1, event.title),
    prose(prose_name, {
      period = common.period(t), country_in = country.in_,
      cases = t:cell { sex = "T", column = "count" },
      deaths = t:cell { sex = "T", column = "count" },
      crude = t:cell { sex = "T", column = "crude_rate" },
      unit = t:cell { column = "crude_rate" }:unit(),
      asr_men = rate(t, "M"), asr_women = rate(t, "F"),
      men_in = men.in_, women_in = women.in_,
    }),
    heading(2, say { fr = "Selon l’âge et l’année", en = "By age and year" }),
    doc:chart {
      id = event.code .. "-trend", kind = "line", table = event.years, column = "asr_world",
      series = "sex", height = 205,
      title = say { fr = event.title .. " : évolution du taux standardisé monde, tous cancers",
        en = event.title .. ": trend of the world-standardised rate, all cancers" },
    },
    doc:chart {
      id = event.code .. "-age", kind = "age", table = event.site_ages, x = "age",
      filter = { site = event.site_ages:axis("site", "all")[1] }, column = "crude_rate",
      series = "sex", height = 205,
      title = say { fr = event.title .. " : taux par âge, tous cancers",
        en = event.title .. ": age-specific rates, all cancers" },
    },
    heading(2, say { fr = "Selon la localisation", en = "By cancer site" }),
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
    doc:chart {
      id = event.code .. "-bars", kind = "bar", table = t, x = "site", level = "site", top = 15,
      column = "asr_world", filter = { sex = "T" }, height = 330,
      title = say { fr = event.title .. " : les localisations au taux le plus élevé",
        en = event.title .. ": the sites with the highest rates" },
    },
  }
end

-- Why there are more cases, or fewer: one table for each sex.
local function changes(doc, common)
  local say = common.say
  local before, change = doc:table("open_data.cases_then"), doc:table("cases_change")
  local blocks = {
    heading(2, say { fr = "Pourquoi le nombre de cas a changé", en = "Why the number of cases has changed" }),
    prose("changes", { before = before:node("period", BEFORE), now = before:node("period", NOW) }),
  }
  local function part(column, fr, en)
    return { table = change, column = column, period = NOW, heading = say { fr = fr, en = en } }
  end
  local function reading(sex)
    local site = change:node("site", "POU") or change:axis("site")[1]
    local function said(column)
      return change:cell { site = site, sex = sex, period = NOW, column = column }:said()
    end
    local now = change:node("period", NOW)
    local subject = now.in_ .. ", " .. say { fr = "« " .. site.label .. " »", en = "“" .. site.label .. "”" } ..
      ", " .. sex.in_
    return say {
      fr = subject .. ", variation du nombre de nouveaux cas depuis " .. BEFORE ..
        " : " .. said("decomposition") .. " ; due au risque : " .. said("decomposition_risk") ..
        " ; à la taille de la population : " .. said("decomposition_size") ..
        " ; à son âge : " .. said("decomposition_ageing") .. ".",
      en = subject .. ", change of the number of new cases since " .. BEFORE ..
        ": " .. said("decomposition") .. "; due to risk: " .. said("decomposition_risk") ..
        "; to the size of the population: " .. said("decomposition_size") ..
        "; to its ages: " .. said("decomposition_ageing") .. ".",
    }
  end
  for _, code in ipairs { "M", "F" } do
    local sex = change:node("sex", code)
    blocks[#blocks + 1] = doc:grid {
      id = "cases-change-" .. string.lower(code), table = change, rows = "site",
      filter = { sex = code, period = NOW },
      columns = {
        { table = before, column = "count", period = BEFORE, heading = BEFORE, unit = "" },
        { table = before, column = "count", period = NOW, heading = NOW, unit = "" },
        part("decomposition", "Variation", "Change"),
        part("decomposition_risk", "due au risque", "due to risk"),
        part("decomposition_size", "à la taille de la population", "to the size of the population"),
        part("decomposition_ageing", "à son âge", "to its ages"),
      },
      title = say {
        fr = "Variation du nombre de nouveaux cas " .. sex.in_ .. ", et ce à quoi elle est due",
        en = "Change of the number of new cases " .. sex.in_ .. ", and what it is due to",
      },
      unit = say { fr = "nombre de cas ; % des cas de " .. BEFORE, en = "number of cases; % of the cases of " .. BEFORE },
      reading = reading(sex),
    }
  end
  return blocks
end

-- Deaths beside the cases of the same years.
local function lethality(doc, common)
  local say, t = common.say, doc:table("mortality_incidence")
  local columns = {}
  for _, sex in ipairs(t:axis("sex")) do
    columns[#columns + 1] = { column = "mortality_incidence", sex = sex, heading = sex.label, interval = true }
  end
  return {
    heading(2, say { fr = "Mortalité rapportée à l’incidence", en = "Mortality against incidence" }),
    prose("mortality_incidence"),
    doc:grid {
      id = "mortality-incidence", table = t, rows = "site", columns = columns,
      title = say { fr = "Rapport mortalité/incidence par localisation et par sexe",
        en = "Mortality:incidence ratio by cancer site and sex" },
    },
  }
end

local function site_map(doc, common, cases, site, code, level, size)
  local say = common.say
  local sex = cases.sites:node("sex", code)
  return doc:map {
    id = "map-" .. string.lower(site.code) .. "-" .. string.lower(code) .. "-" .. level,
    table = cases.sites, column = "asr_world", level = level,
    filter = { site = site, sex = code }, width = size.width, height = size.height,
    palette = code == "M" and "blues" or "purples",
    title = say {
      fr = site.label .. ", " .. sex.in_ .. " : taux d’incidence standardisé monde, par " ..
        doc:level_name(level),
      en = site.label .. ", " .. sex.in_ .. ": world-standardised incidence rate, by " ..
        doc:level_name(level),
    },
  }
end

-- Régions side by side where both sexes are concerned, then départements.
local function site_maps(doc, common, cases, site)
  local sexes = common.sexes(site)
  local blocks = {}
  if #sexes == 2 then
    local half = { width = "half", height = 330 }
    blocks[1] = columns {
      site_map(doc, common, cases, site, "M", "region", half),
      site_map(doc, common, cases, site, "F", "region", half),
    }
  else
    blocks[1] = site_map(doc, common, cases, site, sexes[1], "region", { height = 300 })
  end
  for _, code in ipairs(sexes) do
    blocks[#blocks + 1] = site_map(doc, common, cases, site, code, "departement", { height = 330 })
  end
  return blocks
end

local function site_sheet(doc, common, cases, deaths, trends, code)
  local say = common.say
  local site = cases.sites:node("site", code)
  if not site then
    return {} -- another registry's list of sites
  end
  local sexes = common.sexes(site)
  local keys = {}
  for _, sex in ipairs(sexes) do
    local label = cases.sites:node("sex", sex).in_
    keys[#keys + 1] = { value = rate(cases.sites, sex, { site = site }),
      label = say { fr = "Taux d’incidence ", en = "Incidence rate " } .. label }
    keys[#keys + 1] = { value = rate(deaths.sites, sex, { site = site }),
      label = say { fr = "Taux de mortalité ", en = "Mortality rate " } .. label }
    keys[#keys + 1] = { value = trends:cell { site = site, sex = sex, column = "estimate" },
      label = say { fr = "Variation annuelle moyenne de l’incidence (% par an) ",
        en = "Mean yearly change of incidence (% per year) " } .. label }
  end
  local function trend_of(event)
    return doc:chart {
      id = "trend-" .. string.lower(code) .. "-" .. event.code, kind = "line", width = "half", height = 150,
      table = event.site_years, column = "asr_world", filter = { site = site },
      series = common.series(event.sites, site),
      title = say { fr = event.title .. " : taux standardisé monde", en = event.title .. ": world-standardised rate" },
    }
  end
  local function ages_of(event)
    return doc:chart {
      id = "age-" .. string.lower(code) .. "-" .. event.code, kind = "age", width = "half", height = 150,
      table = event.site_ages, x = "age", column = "crude_rate", filter = { site = site },
      series = common.series(event.sites, site),
      title = say { fr = event.title .. " : taux par âge", en = event.title .. ": age-specific rate" },
    }
  end
  return {
    heading(2, site.label, "site-" .. string.lower(code)),
    prose("site", {
      site = site, icd10 = site.icd10, country_in = common.country(cases.sites).in_,
      period = common.period(cases.sites),
      cases = cases.sites:cell { site = site, sex = "T", column = "count" },
      deaths = deaths.sites:cell { site = site, sex = "T", column = "count" },
    }),
    key_figures(keys),
    columns { trend_of(cases), trend_of(deaths) },
    columns { ages_of(cases), ages_of(deaths) },
    site_maps(doc, common, cases, site),
  }
end

-- Whether départements differ at all. The whole map has one answer: any of them
-- that is shown has it.
local function evidence_of(risk)
  for _, place in ipairs(risk:axis("territory", "departement")) do
    local cell = risk:cell { territory = place, sex = "T", column = "spatial_ratio_evidence" }
    if cell:value() then return cell end
  end
end

-- Where more occurs than ages explain: ratios smoothed with the neighbours, and
-- how sure it is that they are above 1.
local function variations(doc, common, event)
  local say, risk = common.say, doc:table("open_data." .. event.code .. "_risk")
  local function map(column, words, fields)
    fields.id = "map-" .. event.code .. "-" .. column
    fields.table, fields.column, fields.level = risk, column, "departement"
    fields.filter, fields.height = { sex = "T" }, 290
    fields.title = say {
      fr = event.title .. " : " .. words.fr .. ", par département, tous cancers",
      en = event.title .. ": " .. words.en .. ", by département, all cancers",
    }
    return doc:map(fields)
  end
  local evidence = evidence_of(risk)
  return {
    evidence and text(say { fr = event.title .. ", entre départements : {evidence}.",
      en = event.title .. ", between départements: {evidence}." }, { evidence = evidence }) or {},
    map("spatial_ratio", { fr = "rapport standardisé lissé", en = "smoothed standardised ratio" },
      { palette = event.palette, classes = 5 }),
    map("spatial_ratio_above", { fr = "probabilité d’un excès", en = "probability of an excess" },
      { palette = event.palette, breaks = { 20, 80 } }),
  }
end

local function territories(doc, common, cases, deaths)
  local say = common.say
  local blocks = {
    heading(1, say { fr = "Les territoires", en = "Territories" }),
    prose("territories"),
  }
  for _, event in ipairs { cases, deaths } do
    blocks[#blocks + 1] = doc:grid {
      id = event.code .. "-regions", table = event.sites, rows = "territory", level = "region",
      columns = common.by_sex(event.sites),
      title = say { fr = event.title .. " par région, tous cancers", en = event.title .. " by region, all cancers" },
      unit = "", note = common.abbreviations(),
    }
    blocks[#blocks + 1] = doc:map {
      id = "map-all-" .. event.code, table = event.sites, column = "asr_world", level = "departement",
      filter = { sex = "T" }, palette = event.palette, height = 290,
      title = say { fr = event.title .. " : taux standardisé monde par département, tous cancers",
        en = event.title .. ": world-standardised rate by département, all cancers" },
    }
    blocks[#blocks + 1] = variations(doc, common, event)
  end
  blocks[#blocks + 1] = doc:grid {
    id = "cases-departements", table = cases.sites, rows = "territory", level = "departement",
    columns = common.by_sex(cases.sites),
    title = say { fr = "Incidence par département, tous cancers", en = "Incidence by département, all cancers" },
    unit = "", note = common.abbreviations(),
  }
  return blocks
end

-- What all five quintiles say together: one table for each sex.
local function indices_of(doc, common, event)
  local say, blocks = common.say, {}
  for _, code in ipairs { "M", "F" } do
    local columns = {}
    for _, kind in ipairs(INDICES) do
      columns[#columns + 1] = { table = doc:table(event.code .. "_" .. kind), column = kind, interval = true }
    end
    local t = columns[1].table
    blocks[#blocks + 1] = doc:grid {
      id = event.code .. "-inequality-" .. string.lower(code), table = t, rows = "site", columns = columns,
      filter = { sex = code },
      title = say { fr = event.title .. " " .. t:node("sex", code).in_ .. " : indices des inégalités sociales",
        en = event.title .. " " .. t:node("sex", code).in_ .. ": indices of social inequality" },
    }
  end
  return blocks
end

local function inequality(doc, common, cases, deaths)
  local say = common.say
  local quintiles = cases.sites:axis("territory", "quintile")
  if #quintiles == 0 then
    return {}
  end
  local blocks = {
    heading(1, say { fr = "Inégalités sociales", en = "Social inequality" }),
    prose("inequality"),
  }
  for _, event in ipairs { cases, deaths } do
    blocks[#blocks + 1] = doc:grid {
      id = event.code .. "-quintiles", table = event.sites, rows = quintiles,
      columns = common.by_sex(event.sites),
      title = say { fr = event.title .. " par quintile de défavorisation, tous cancers",
        en = event.title .. " by deprivation quintile, all cancers" },
      unit = "", note = common.abbreviations(),
    }
  end
  for _, event in ipairs { cases, deaths } do
    blocks[#blocks + 1] = doc:chart {
      id = event.code .. "-quintile-bars", kind = "bar", table = event.sites, x = "territory",
      level = "quintile", column = "asr_world", filter = { site = "POU" },
      series = common.series(event.sites, event.sites:node("site", "POU")), height = 185,
      title = say { fr = event.title .. " du cancer du poumon par quintile de défavorisation",
        en = "Lung cancer " .. event.noun .. " by deprivation quintile" },
    }
  end
  blocks[#blocks + 1] = heading(2, say { fr = "Indices des inégalités", en = "Indices of inequality" })
  blocks[#blocks + 1] = prose("inequality_indices")
  for _, event in ipairs { cases, deaths } do
    blocks[#blocks + 1] = indices_of(doc, common, event)
  end
  return blocks
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
    series[#series + 1] = { table = doc:table("screening_" .. programme .. "_years"),
      column = "proportion", label = label }
  end
  -- Of each year the participation, and how far it is from the first one's.
  local by_year = {}
  for p, programme in ipairs(PROGRAMMES) do
    by_year[#by_year + 1] = { table = series[p].table, column = "proportion",
      heading = say(titles.organ[programme]), unit = "%" }
    by_year[#by_year + 1] = { table = doc:table("screening_" .. programme .. "_change"),
      column = "proportion_difference", interval = true, unit = "points",
      heading = say { fr = "Écart", en = "Difference" } }
  end
  local blocks = {
    heading(1, say { fr = "Dépistage", en = "Screening" }),
    prose("screening"),
    doc:chart {
      id = "screening-trend", kind = "line", table = doc:table("screening_breast_years"),
      series = series, height = 220,
      title = say { fr = "Participation aux programmes de dépistage organisé",
        en = "Participation in the organised screening programmes" },
    },
    doc:grid {
      id = "screening-years", table = doc:table("screening_breast_years"), rows = "period", columns = by_year,
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

-- What is made of stored survival, five years after diagnosis.
local function survival_made(doc, common, survival, method)
  local say = common.say
  return doc:grid {
    id = "survival-made", table = survival, rows = "site", filter = { sex = "T", stratum = "5" },
    columns = {
      { column = "estimate", heading = say { fr = "Tous âges", en = "All ages" }, interval = true },
      { column = "survival_icss1", heading = say { fr = "Standardisée (ICSS 1)", en = "Standardised (ICSS 1)" },
        interval = true },
      { column = "survival_given_1",
        heading = say { fr = "De ceux en vie un an après", en = "Of those alive after one year" },
        interval = true },
    },
    title = say { fr = "Survie nette à cinq ans, standardisée sur l’âge et conditionnelle",
      en = "Net survival after five years, age-standardised and conditional" },
    reading = "", note = method,
  }
end

-- Where no registry counts: estimates with their grade, one map a site, and
-- the grades of all sites.
local function calibrated(doc, common)
  local say = common.say
  local t = doc:table("calibrated")
  local place = t:axis("territory")[1]
  local maps = {}
  for _, code in ipairs { "POU", "LAR" } do -- a good grade and a low one
    local site = t:node("site", code)
    maps[#maps + 1] = site and doc:map {
      id = "map-calibrated-" .. string.lower(code), table = t, column = "estimate", level = "departement",
      filter = { site = site, sex = "M" }, palette = "oranges", width = "half", height = 290,
      title = say { fr = site.label .. ", hommes : incidence estimée par département",
        en = site.label .. ", men: estimated incidence by département" },
    }
  end
  local grades = {}
  for _, sex in ipairs(t:axis("sex")) do
    grades[#grades + 1] = { column = "grade", sex = sex, heading = sex.label }
  end
  return {
    heading(1, say { fr = "Incidence estimée", en = "Estimated incidence" }),
    prose("calibrated"),
    #maps == 2 and columns { maps[1], maps[2] } or maps,
    doc:grid {
      id = "grades", table = t, rows = "site", columns = grades, filter = { territory = place },
      title = say { fr = "Note des estimations par localisation", en = "Grade of the estimates by cancer site" },
      scope = say { fr = "Tous les départements", en = "All départements" }, reading = "", unit = "",
    },
  }
end

-- Stored estimates carry no period of the report: scope and reading are said
-- here, and the producer's method is the note.
local function estimates(doc, common)
  local say = common.say
  local methods = {}
  for _, measure in ipairs(doc:measures()) do
    methods[measure.code] = measure.method
  end
  local survival, prevalence = doc:table("survival"), doc:table("prevalence")
  local country = common.country(survival)
  local horizons, windows = {}, {}
  for _, stratum in ipairs(survival:axis("stratum")) do
    horizons[#horizons + 1] = { column = "estimate", stratum = stratum, heading = stratum.label, interval = true }
  end
  for _, stratum in ipairs(prevalence:axis("stratum")) do
    local label = stratum.total and say { fr = "Totale", en = "Total" }
      or say { fr = "Dans les ", en = "Within " } .. stratum.label
    for _, sex in ipairs(prevalence:axis("sex")) do
      windows[#windows + 1] = { column = "estimate", stratum = stratum, sex = sex,
        heading = label .. ", " .. sex.label }
    end
  end
  return {
    heading(1, say { fr = "Survie", en = "Survival" }),
    prose("survival", { alive_under = doc:release().policy.alive_under }),
    doc:grid {
      id = "survival", table = survival, rows = "site", columns = horizons, filter = { sex = "T" },
      title = say { fr = "Survie nette selon le temps écoulé depuis le diagnostic",
        en = "Net survival by time since diagnosis" },
      scope = country.label, reading = "", note = methods.survival_net,
    },
    survival_made(doc, common, survival, methods.survival_net),
    calibrated(doc, common),
    heading(1, say { fr = "Prévalence", en = "Prevalence" }),
    prose("prevalence"),
    doc:grid {
      id = "prevalence", table = prevalence, rows = "site", columns = windows,
      title = say { fr = "Personnes en vie ayant eu un cancer", en = "People alive who have had a cancer" },
      note = methods.prevalence,
    },
  }
end

local function standards(common)
  local say = common.say
  local all = require("lib.standards")
  local used = { world = true, esp2013 = true }
  local heads = { say { fr = "Âge", en = "Age" } }
  local chosen = {}
  for _, standard in ipairs(all) do
    if used[standard.code] then
      chosen[#chosen + 1] = standard
      heads[#heads + 1] = { heading = say(standard.label), align = "right" }
    end
  end
  local rows = {}
  for b, band in ipairs(chosen[1].bands) do
    local age = band[2] < 0 and band[1] .. "+" or band[1] .. "-" .. band[2]
    local row = { age }
    for _, standard in ipairs(chosen) do
      row[#row + 1] = standard.bands[b][3]
    end
    rows[#rows + 1] = row
  end
  local sources = {}
  for _, standard in ipairs(chosen) do
    sources[#sources + 1] = standard.source
  end
  return facts {
    id = "standards", columns = heads, rows = rows,
    title = say { fr = "Populations de référence", en = "Reference populations" },
    source = table.concat(sources, " ; "),
  }
end

local function annexes(doc, common, cases)
  local say, release = common.say, doc:release()
  local policy = release.policy
  local shares, rules, waivers, sources = {}, {}, {}, {}
  for _, t in ipairs(doc:disclosure()) do
    shares[#shares + 1] = { t.title, t.id, t.percent }
  end
  for _, rule in ipairs(policy.rules) do
    rules[#rules + 1] = { rule.scope, rule.rule, rule.legal_basis, rule.owner, rule.date }
  end
  for _, waiver in ipairs(policy.waivers) do
    waivers[#waivers + 1] = { waiver.reason, waiver.owner, waiver.date }
  end
  for _, measure in ipairs(doc:measures()) do
    sources[#sources + 1] = { measure.label, measure.source, measure.method }
  end
  local period = common.period(cases.sites)
  return {
    heading(1, say { fr = "Méthodes", en = "Methods" }),
    prose("methods", {
      unit = rate(cases.sites, "M"):unit(),
      years = string.format("%d", period.high - period.low + 1),
      unreliable_under = policy.unreliable_under,
      caution_from = policy.caution_from, caution_to = policy.caution_to,
    }),
    standards(common),
    heading(1, say { fr = "Secret statistique", en = "Statistical confidentiality" }),
    prose("secrecy", {
      limit = policy.limit, threshold = policy.threshold, legal_basis = policy.legal_basis,
      date = policy.date, owner = policy.owner,
    }),
    #rules > 0 and facts {
      id = "rules",
      columns = { say { fr = "Objet", en = "Scope" }, say { fr = "Règle", en = "Rule" },
        say { fr = "Fondement", en = "Legal basis" }, say { fr = "Responsable", en = "Owner" },
        say { fr = "Date", en = "Date" } },
      rows = rules,
      title = say { fr = "Règles particulières de secret", en = "Particular rules of confidentiality" },
    },
    facts {
      id = "shares",
      columns = { say { fr = "Tableau", en = "Table" }, say { fr = "Identifiant", en = "Identifier" },
        { heading = say { fr = "Part des cellules masquées", en = "Share of cells withheld" }, unit = "%", align = "right" } },
      rows = shares,
      title = say { fr = "Part des cellules masquées, par tableau", en = "Share of cells withheld, by table" },
    },
    #waivers > 0 and facts {
      id = "waivers",
      columns = { say { fr = "Dérogation", en = "Waiver" }, say { fr = "Responsable", en = "Owner" },
        say { fr = "Date", en = "Date" } },
      rows = waivers,
      title = say { fr = "Dérogations à la règle", en = "Waivers of the rule" },
    },
    heading(1, say { fr = "Glossaire", en = "Glossary" }),
    prose("glossary"),
    heading(1, say { fr = "Sources et mentions", en = "Sources and imprint" }),
    prose("sources"),
    facts {
      id = "sources",
      columns = { say { fr = "Indicateur", en = "Indicator" }, say { fr = "Source", en = "Source" },
        say { fr = "Méthode du producteur", en = "Producer’s method" } },
      rows = sources,
      title = say { fr = "Producteurs des données", en = "Producers of the data" },
    },
    prose("imprint", {
      publisher = release.publisher, date = release.date, id = release.id,
      snapshot = release.snapshot, licence = release.licence, contact = release.contact,
      title = release.title,
    }),
  }
end

return {
  id = "national",
  title = { fr = "Rapport national", en = "National report" },
  formats = { "pdf", "xlsx", "html" },
  uses = { "open_data" },
  plan = plan,
  page = function(doc)
    local common = require("lib.common")(doc)
    local cases, deaths = common.event("cases"), common.event("deaths")
    local trends = doc:table("trends")
    local sheets = {
      heading(1, common.say { fr = "Principales localisations", en = "Main cancer sites" }),
    }
    for i, code in ipairs(SHEETS) do
      sheets[#sheets + 1] = i > 1 and page_break()
      sheets[#sheets + 1] = site_sheet(doc, common, cases, deaths, trends, code)
    end
    return {
      opening(doc, common, cases),
      essentials(doc, common, cases, deaths),
      coverage(doc, common, cases),
      burden(doc, common, cases, "incidence"),
      changes(doc, common),
      burden(doc, common, deaths, "mortality"),
      lethality(doc, common),
      sheets,
      territories(doc, common, cases, deaths),
      inequality(doc, common, cases, deaths),
      screening(doc, common),
      estimates(doc, common),
      annexes(doc, common, cases),
    }
  end,
}
