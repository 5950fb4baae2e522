-- SPDX-License-Identifier: EUPL-1.2
-- sheet_screening.lua - the screening programme of a site that has one.
return function(sheet)
  local programme = sheet.programme
  if not programme then
    return {}
  end
  local say = sheet.say
  local years, places = sheet.common.find("national.screening_" .. programme .. "_years"),
    sheet.common.find("open_data.screening_" .. programme)
  if not years or not sheet.common.shows(places) then
    return {}
  end
  local last = sheet.common.period(places)
  local now = places:cell { territory = sheet.country, period = last, column = "proportion" }
  if not now:value() then
    return {}
  end
  return {
    heading(3, say { fr = "Dépistage organisé", en = "Organised screening" }),
    prose("sheet_screening", { now = now, limits = now:interval_text(), period = last,
      country_in = sheet.country.in_ }),
    columns {
      sheet.doc:chart {
        id = "screening-" .. sheet.code .. "-years", kind = "line", table = years, column = "proportion",
        series = { { label = "Participation", column = "proportion" } }, width = "half", height = 165,
        title = say { fr = "Participation au dépistage, par année", en = "Participation in screening, by year" },
      },
      sheet.doc:map {
        id = "screening-" .. sheet.code .. "-map", table = places, column = "proportion", level = "departement",
        palette = "greens", width = "half", height = 185,
        title = say { fr = "Participation au dépistage, par département",
          en = "Participation in screening, by département" },
      },
    },
  }
end

