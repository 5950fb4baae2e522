-- SPDX-License-Identifier: EUPL-1.2
-- chapter_calibrated.lua - incidence where no registry counts it: estimates of
-- the départements, with their grade.
local MAPS = { { "POU", "M" }, { "POU", "F" }, { "SEI", "F" }, { "PRO", "M" }, { "CRC", "M" }, { "CRC", "F" } }
local DRAWN = 4 -- of these, the first that can be

local function plan(p)
  p.table {
    optional = true,
    id = "calibrated",
    title = { fr = "Incidence estimée par département et localisation",
      en = "Estimated incidence by département and cancer site" },
    measure = "incidence_calibrated", territory = "level:departement", site = "site",
    sex = { "M", "F" }, period = "last:5",
    values = { { kind = "estimate", interval = true, decimals = 1 }, "grade" },
  }
end

local function map_of(doc, common, t, site, sex)
  return doc:map {
    id = "map-calibrated-" .. string.lower(site.code) .. "-" .. string.lower(sex.code), table = t,
    column = "estimate", level = "departement", filter = { site = site, sex = sex },
    palette = "oranges", width = "half", height = 206,
    title = common.marked(site, sex) .. common.say { fr = " : incidence estimée par département",
      en = ": estimated incidence by département" },
  }
end

return {
  plan = plan,
  page = function(doc, common)
    local say, t = common.say, common.find("national.calibrated")
    if not common.shows(t) then
      return {}
    end
    local blocks, maps, grades, reading = {}, {}, {}, ""
    for _, pair in ipairs(MAPS) do
      local site, sex = t:node("site", pair[1]), t:node("sex", pair[2])
      if #maps < DRAWN and site and sex and common.drawn(t, "territory", { site = site, sex = sex, column = "estimate" }) then
        maps[#maps + 1] = map_of(doc, common, t, site, sex)
      end
    end
    for i = 1, #maps, 2 do
      blocks[#blocks + 1] = maps[i + 1] and columns { maps[i], maps[i + 1] } or maps[i]
    end
    for _, sex in ipairs(t:axis("sex")) do
      grades[#grades + 1] = { column = "grade", sex = sex, heading = sex.label }
    end
    for _, site in ipairs(t:axis("site")) do
      for _, sex in ipairs(t:axis("sex")) do
        local grade = t:cell { site = site, sex = sex, territory = t:axis("territory")[1], column = "grade" }
        if reading == "" and grade:value() then
          reading = say { fr = "pour ", en = "for " } .. common.the_site(site) .. ", " .. sex.in_ ..
            say { fr = ", les estimations ont la note ", en = ", the estimates have the grade " } .. grade:said() .. "."
        end
      end
    end
    return {
      heading(1, say { fr = "Incidence estimée", en = "Estimated incidence" }, "estimated"),
      prose("calibrated"),
      text(say { fr = "Les figures donnent l’incidence estimée. ", en = "The figures show estimated incidence. " } ..
        common.method("incidence_calibrated")),
      blocks,
      doc:grid {
        id = "grades", table = t, rows = "site", columns = grades,
        filter = { territory = t:axis("territory")[1] },
        title = say { fr = "Note des estimations par localisation", en = "Grade of the estimates by cancer site" },
        scope = say { fr = "Tous les départements", en = "All départements" }, reading = reading, unit = "",
      },
    }
  end,
}
