-- SPDX-License-Identifier: EUPL-1.2
-- chapter_burden.lua - new cases, or deaths: by sex, age, year and site.
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
      asr_men = common.rate(t, "M"), asr_women = common.rate(t, "F"),
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

return { page = burden }
