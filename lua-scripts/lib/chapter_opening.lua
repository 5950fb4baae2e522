-- SPDX-License-Identifier: EUPL-1.2
-- chapter_opening.lua - cover, contents, key points, and how to read the report.
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
    local word = doc:trend(common.rate(cases.years, sex, fields), common.rate(cases.years, sex, { period = last }))
    return word
  end
  return {
    heading(1, say { fr = "L’essentiel", en = "Key points" }),
    key_figures {
      { value = cases.sites:cell { sex = "T", column = "count" }, label = cases.label },
      { value = common.rate(cases.sites, "M"), label = say {
        fr = "Taux d’incidence standardisé monde, hommes", en = "World-standardised incidence rate, men" } },
      { value = common.rate(cases.sites, "F"), label = say {
        fr = "Taux d’incidence standardisé monde, femmes", en = "World-standardised incidence rate, women" } },
      { value = deaths.sites:cell { sex = "T", column = "count" }, label = deaths.label },
      { value = common.rate(deaths.sites, "M"), label = say {
        fr = "Taux de mortalité standardisé monde, hommes", en = "World-standardised mortality rate, men" } },
      { value = common.rate(deaths.sites, "F"), label = say {
        fr = "Taux de mortalité standardisé monde, femmes", en = "World-standardised mortality rate, women" } },
    },
    prose("introduction", {
      period = common.period(cases.sites),
      first_year = first, last_year = last,
      cases = cases.sites:cell { sex = "T", column = "count" },
      cases_men = cases.sites:cell { sex = "M", column = "count" },
      cases_women = cases.sites:cell { sex = "F", column = "count" },
      deaths = deaths.sites:cell { sex = "T", column = "count" },
      asr_men = common.rate(cases.sites, "M"), asr_women = common.rate(cases.sites, "F"),
      death_men = common.rate(deaths.sites, "M"), death_women = common.rate(deaths.sites, "F"),
      unit = common.rate(cases.sites, "M"):unit(),
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

return { cover = opening, page = essentials }
