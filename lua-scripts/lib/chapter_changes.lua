-- SPDX-License-Identifier: EUPL-1.2
-- chapter_changes.lua - why there are more cases, and deaths beside the cases.
-- The periods of open_data.cases_then.
local BEFORE, NOW = "2014-2018", "2019-2023"

local function plan(p)
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

-- Why there are more cases, or fewer: one table for each sex.
local function changes(doc, common)
  local say = common.say
  local before, change = common.find("open_data.cases_then"), common.find("national.cases_change")
  if not change then
    return {}
  end
  local earlier, later = before:node("period", BEFORE), before:node("period", NOW)
  local blocks = {
    heading(2, say { fr = "Pourquoi le nombre de cas a changé", en = "Why the number of cases has changed" }),
    prose("changes", { before = earlier, now = later }),
  }
  local function part(column, fr, en)
    return { table = change, column = column, period = NOW, heading = say { fr = fr, en = en } }
  end
  local function reading(sex)
    local site = change:node("site", "POU") or change:axis("site")[1]
    local function said(column)
      return change:cell { site = site, sex = sex, period = NOW, column = column }:said()
    end
    local name = common.site_name(site, "new") or say { fr = "« " .. site.label .. " »", en = "“" .. site.label .. "”" }
    return say {
      fr = sex.in_ .. ", de la période " .. earlier.label .. " à la période " .. later.label .. ", le nombre de nouveaux cas " ..
        name .. " a varié de " .. said("decomposition") .. ", somme de ce qui est dû au risque (" ..
        said("decomposition_risk") .. "), à la taille de la population (" .. said("decomposition_size") ..
        ") et à son âge (" .. said("decomposition_ageing") .. ").",
      en = sex.in_ .. ", from the period " .. earlier.label .. " to the period " .. later.label ..
        ", the number of new cases of " .. name .. " changed by " .. said("decomposition") ..
        ", the sum of what is due to risk (" .. said("decomposition_risk") .. "), to the size of the population (" ..
        said("decomposition_size") .. ") and to its ages (" .. said("decomposition_ageing") .. ").",
    }
  end
  for _, code in ipairs { "M", "F" } do
    local sex = change:node("sex", code)
    blocks[#blocks + 1] = doc:grid {
      id = "cases-change-" .. string.lower(code), table = change, rows = "site",
      filter = { sex = code, period = NOW },
      columns = {
        { table = before, column = "count", period = BEFORE, heading = earlier.label, unit = "" },
        { table = before, column = "count", period = NOW, heading = later.label, unit = "" },
        part("decomposition", "Variation", "Change"),
        part("decomposition_risk", "due au risque", "due to risk"),
        part("decomposition_size", "à la taille de la population", "to the size of the population"),
        part("decomposition_ageing", "à son âge", "to its ages"),
      },
      title = say {
        fr = "Variation du nombre de nouveaux cas " .. sex.in_ .. " et ses trois composantes",
        en = "Change of the number of new cases " .. sex.in_ .. " and its three components",
      },
      unit = say { fr = "nombre de cas ; % des cas de " .. earlier.label,
        en = "number of cases; % of the cases of " .. earlier.label },
      reading = reading(sex),
    }
  end
  return blocks
end

-- Deaths beside the cases of the same years.
local function lethality(doc, common)
  local say, t = common.say, common.find("national.mortality_incidence")
  if not t then
    return {}
  end
  local columns = {}
  local rows = { t:axis("site", "all")[1] }
  for _, site in ipairs(t:axis("site", "site")) do
    rows[#rows + 1] = site
  end
  for _, sex in ipairs(t:axis("sex")) do
    columns[#columns + 1] = { column = "mortality_incidence", sex = sex, heading = sex.label, interval = true }
  end
  return {
    heading(2, say { fr = "Mortalité rapportée à l’incidence", en = "Mortality against incidence" }),
    prose("mortality_incidence"),
    doc:grid {
      id = "mortality-incidence", table = t, rows = rows, columns = columns,
      title = say { fr = "Rapport mortalité/incidence par localisation et par sexe",
        en = "Mortality:incidence ratio by cancer site and sex" },
    },
  }
end

return { plan = plan, changes = changes, lethality = lethality }
