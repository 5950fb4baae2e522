-- SPDX-License-Identifier: EUPL-1.2
-- open_data.lua - the data sets that portals harvest.
--
-- One table per question, over the same codes everywhere: the other reports
-- read these tables, so that a number has one fate in the whole release.
--
-- Territories show the sites that are frequent enough to be published for most
-- of them: a rare site would hide a frequent one of its group in every
-- département. All sites are shown for the whole country.
local events = {
  {
    code = "cases", fr = "Nouveaux cas", en = "New cases",
    sites = {
      "all", "code:LBP", "code:OES", "code:EST", "code:CRC", "code:FOI", "code:PAN",
      "code:POU", "code:MEL", "code:SEI", "code:CUT", "code:CRU", "code:OVA", "code:PRO",
      "code:REI", "code:VES", "code:SNC", "code:THY", "code:LNH", "code:MM", "code:LEL",
      "code:LEM",
    },
  },
  {
    code = "deaths", fr = "Décès", en = "Deaths",
    sites = {
      "all", "code:LBP", "code:OES", "code:EST", "code:CRC", "code:FOI", "code:PAN",
      "code:POU", "code:SEI", "code:CRU", "code:OVA", "code:PRO", "code:REI", "code:VES",
      "code:SNC", "code:LNH", "code:MM", "code:LEM",
    },
  },
}

local sexes = { "T", "M", "F" }

local rates = {
  "count",
  { kind = "crude_rate", interval = true },
  { kind = "standardised_rate", standard = "world", interval = true },
  { kind = "standardised_rate", standard = "esp2013", interval = true },
}

-- Where age is a class, the crude rate is the rate of that age.
local age_rates = {
  "count", "person_years",
  { kind = "crude_rate", interval = true },
}

-- Broad ages for territories: beside standardised rates, whose weights are
-- public, five-year ages of a small département could be worked back.
local bands = {
  "T", "band:0-39", "band:40-54", "band:55-64", "band:65-74", "band:75-84", "band:85+",
}

local questions = {
  {
    id = "sites",
    title = {
      fr = "par localisation et par territoire",
      en = "by cancer site and territory",
    },
    territory = { "all", "zone:quintile" },
    period = "last:5", values = rates,
  },
  {
    id = "national_sites",
    title = {
      fr = "par localisation, ensemble du pays",
      en = "by cancer site, whole country",
    },
    territory = "root", site = "every",
    period = "last:5", values = rates,
  },
  {
    id = "ages",
    title = {
      fr = "par âge et par territoire, tous cancers",
      en = "by age and territory, all cancers",
    },
    territory = "all", site = "all", age = bands,
    period = "last:5", values = age_rates,
  },
  {
    id = "years",
    title = {
      fr = "par année et par territoire, tous cancers",
      en = "by year and territory, all cancers",
    },
    territory = "all", site = "all",
    period = "each:last:20", values = rates,
  },
  {
    id = "national_ages",
    title = {
      fr = "par localisation et par âge, ensemble du pays",
      en = "by cancer site and age, whole country",
    },
    territory = "root", site = "every", age = { "T", "each" },
    period = "last:5", values = age_rates,
  },
  {
    id = "national_years",
    title = {
      fr = "par localisation et par année, ensemble du pays",
      en = "by cancer site and year, whole country",
    },
    territory = "root", site = "every",
    period = "each:last:20", values = rates,
  },
}

-- Participation in the screening programmes, by territory.
local programmes = {
  {
    code = "screening_breast",
    title = {
      fr = "Participation au dépistage organisé du cancer du sein",
      en = "Participation in the breast cancer screening programme",
    },
  },
  {
    code = "screening_colorectal",
    title = {
      fr = "Participation au dépistage organisé du cancer colorectal",
      en = "Participation in the colorectal cancer screening programme",
    },
  },
  {
    code = "screening_cervix",
    title = {
      fr = "Participation au dépistage organisé du cancer du col de l’utérus",
      en = "Participation in the cervical cancer screening programme",
    },
  },
}

-- What the change of the number of cases is made of: sites, and periods that the
-- sources cover alike, since what they begin to cover would pass for growth. All
-- cancers by age in the earlier years would withhold yearly rates of rare sites.
local CHANGING = {
  "code:LBP", "code:CRC", "code:PAN", "code:POU", "code:MEL", "code:SEI", "code:PRO",
  "code:REI", "code:VES", "code:THY",
}
-- Young ages together: of a site they have few cases.
local CHANGING_AGES = {
  "T", "band:0-49", "band:50-54", "band:55-59", "band:60-64", "band:65-69", "band:70-74",
  "band:75-79", "band:80-84", "band:85+",
}
-- Sites frequent enough for a map of the risk in each département.
local MAPPED = {
  cases = { "code:LBP", "code:CRC", "code:PAN", "code:POU", "code:MEL", "code:SEI", "code:PRO", "code:VES" },
  deaths = { "code:CRC", "code:PAN", "code:POU", "code:SEI", "code:PRO" },
}
-- Sites frequent enough in each quintile of deprivation.
local UNEQUAL = { "all", "code:LBP", "code:CRC", "code:POU", "code:SEI", "code:PRO" }

local function plan_changes(p)
  p.table {
    id = "cases_then",
    title = { fr = "Nouveaux cas par âge à deux périodes", en = "New cases by age in two periods" },
    measure = "cases", person_years = "population", optional = true, site = CHANGING, sex = { "M", "F" },
    age = CHANGING_AGES, period = { "2014-2018", "2019-2023" }, values = { "count", "person_years" },
    open_data = true,
  }
end

-- The rates of the quintiles alone, from the least to the most deprived.
local function plan_quintiles(p, event)
  p.table {
    id = event.code .. "_quintiles",
    title = { fr = event.fr .. " par quintile de défavorisation",
      en = event.en .. " by deprivation quintile" },
    measure = event.code, person_years = "population", optional = true, territory = "zone:quintile", site = UNEQUAL,
    sex = { "M", "F" }, period = "last:5", open_data = true,
    values = { { kind = "standardised_rate", standard = "world", interval = true }, "person_years" },
  }
end

-- What the published rates of 20 years say of their change, by cancer site.
local function trend_id(event)
  return event.code .. "_trend"
end

-- Where more occurs than the ages of the people tell, with the neighbours.
local function plan_risk(p, event)
  p.statistic {
    id = event.code .. "_risk",
    title = {
      fr = event.fr .. " : rapport standardisé lissé par territoire, tous cancers",
      en = event.en .. ": smoothed standardised ratio by territory, all cancers",
    },
    from = event.code .. "_ages", kind = "spatial_ratio", along = "age", value = "count",
    reference = "root", open_data = true,
  }
  p.statistic {
    id = event.code .. "_funnel",
    title = {
      fr = event.fr .. " : rapport standardisé dans un entonnoir, par territoire, tous cancers",
      en = event.en .. ": standardised ratio in a funnel, by territory, all cancers",
    },
    from = event.code .. "_ages", kind = "funnel", along = "age", value = "count",
    reference = "root", decimals = 3, open_data = true,
  }
end

-- The same by cancer site, from the numbers of all ages alone: those by age of a
-- département would tell too much. The rates by age are the country's.
local function plan_site_risk(p, event)
  p.table {
    id = event.code .. "_places",
    title = { fr = event.fr .. " des principales localisations par département",
      en = event.en .. " by département, main cancer sites" },
    measure = event.code, optional = true, territory = { "root", "level:departement" },
    site = MAPPED[event.code], sex = { "M", "F" }, period = "last:5", values = { "count" }, open_data = true,
  }
  p.table {
    id = event.code .. "_bands",
    title = { fr = event.fr .. " des principales localisations par grande classe d’âge",
      en = event.en .. " by broad age class, main cancer sites" },
    measure = event.code, person_years = "population", optional = true, territory = "root",
    site = MAPPED[event.code], sex = { "M", "F" }, age = bands, period = "last:5",
    values = { "count", "person_years" }, open_data = true,
  }
  p.statistic {
    id = event.code .. "_site_risk",
    title = {
      fr = event.fr .. " : rapport standardisé lissé par département et par localisation",
      en = event.en .. ": smoothed standardised ratio by département and cancer site",
    },
    from = event.code .. "_places", against = event.code .. "_bands", people = event.code .. "_ages",
    kind = "spatial_ratio", along = "age", value = "count", reference = "root", open_data = true,
  }
end

local function plan_trend(p, event)
  p.statistic {
    id = event.code .. "_segments",
    title = {
      fr = event.fr .. " : segments de l’évolution du taux standardisé par localisation",
      en = event.en .. ": segments of the change of the standardised rate by cancer site",
    },
    from = event.code .. "_national_years", kind = "joinpoint",
    along = "period", value = "asr_world", open_data = true,
  }
  p.statistic {
    id = trend_id(event),
    title = {
      fr = event.fr .. " : évolution annuelle moyenne du taux standardisé par localisation",
      en = event.en .. ": average annual change of the standardised rate by cancer site",
    },
    from = event.code .. "_national_years", kind = "annual_change",
    along = "period", value = "asr_world", open_data = true,
  }
end

local function each_table(visit)
  for _, event in ipairs(events) do
    for _, question in ipairs(questions) do
      visit(event, question, event.code .. "_" .. question.id)
    end
  end
end

return {
  id = "open_data",
  title = { fr = "Données ouvertes", en = "Open data" },
  directory = "donnees",
  formats = { "csv" },
  plan = function(p)
    each_table(function(event, question, id)
      p.table {
        id = id,
        title = {
          fr = event.fr .. " " .. question.title.fr,
          en = event.en .. " " .. question.title.en,
        },
        measure = event.code, person_years = "population", optional = true,
        territory = question.territory, site = question.site or event.sites, sex = sexes,
        age = question.age, period = question.period,
        values = question.values, open_data = true,
      }
    end)
    for _, event in ipairs(events) do
      plan_trend(p, event)
      plan_risk(p, event)
      plan_site_risk(p, event)
      plan_quintiles(p, event)
    end
    plan_changes(p)
    for _, programme in ipairs(programmes) do
      p.table {
        id = programme.code, title = programme.title,
        measure = programme.code, territory = "all", period = "last:2", optional = true,
        values = { { kind = "proportion", interval = true } }, open_data = true,
      }
    end
  end,
  page = function(doc)
    local function export(id)
      if doc:has(id) then
        doc:dataset(doc:table(id))
      end
    end
    each_table(function(_, _, id)
      export(id)
    end)
    for _, event in ipairs(events) do
      export(trend_id(event))
      for _, name in ipairs { "_risk", "_funnel", "_segments", "_quintiles", "_places", "_bands", "_site_risk" } do
        export(event.code .. name)
      end
    end
    export("cases_then")
    for _, programme in ipairs(programmes) do
      export(programme.code)
    end
    return {}
  end,
}
