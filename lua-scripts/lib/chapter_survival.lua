-- SPDX-License-Identifier: EUPL-1.2
-- chapter_survival.lua - survival, estimated incidence and prevalence, as the producers give them.
local function plan(p)
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
  local t = doc:table("national.calibrated")
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
  local survival, prevalence = doc:table("national.survival"), doc:table("national.prevalence")
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

return { plan = plan, page = estimates }
