-- SPDX-License-Identifier: EUPL-1.2
-- chapter_methods.lua - how the values of this release were made. Statistics,
-- standards and program are those that ran.

local function standards(doc, common)
  local say = common.say
  local _, used = doc:kinds()
  local heads = { say { fr = "Âge", en = "Age" } }
  local chosen, sources, rows = {}, {}, {}
  for _, standard in ipairs(require("lib.standards")) do
    if used[standard.code] and not string.find(standard.code, "^icss") then
      chosen[#chosen + 1] = standard
      sources[#sources + 1] = standard.source
      heads[#heads + 1] = { heading = say(standard.label), align = "right" }
    end
  end
  local first = chosen[1]
  for b, band in ipairs(first and first.bands or {}) do
    rows[b] = { band[2] < 0 and band[1] .. "+" or band[1] .. common.say { fr = "-", en = "–" } .. band[2] }
    for _, standard in ipairs(chosen) do
      rows[b][#rows[b] + 1] = standard.bands[b] and standard.bands[b][3] or ""
    end
  end
  return #rows > 0 and {
    heading(2, say { fr = "Populations de référence", en = "Reference populations" }),
    facts {
      id = "standards", columns = heads, rows = rows,
      title = say { fr = "Populations de référence", en = "Reference populations" },
      source = table.concat(sources, say { fr = " ; ", en = "; " }),
      reading = say {
        fr = "la population « " .. say(first.label) .. " » compte " .. common.number(first.bands[1][3]) ..
          " personnes de la classe d’âge " .. rows[1][1] .. " ans pour un total de " .. common.number(first.total) .. ".",
        en = "the population “" .. say(first.label) .. "” has " .. common.number(first.bands[1][3]) ..
          " people of the age class " .. rows[1][1] .. " for a total of " .. common.number(first.total) .. ".",
      },
    },
  } or {}
end

-- Methods that are described, with their publications, where they ran: the
-- kind of value, or the table, that they made.
local DESCRIBED = {
  "annual_change", "joinpoint", "rate_ratio", "proportion_difference", "mortality_incidence", "decomposition",
  "spatial_ratio", "funnel", "slope_index",
}

local function described(doc, common)
  local kinds, blocks = doc:kinds(), {}
  for _, kind in ipairs(DESCRIBED) do
    blocks[#blocks + 1] = kinds[kind] and prose("method_" .. kind) or nil
  end
  blocks[#blocks + 1] = common.find("national.survival") and prose("method_survival") or nil
  return blocks
end

-- A value that the release has and nobody described stops the build.
local function made_by(doc, common)
  local say = common.say
  local kinds, rows = doc:kinds(), {}
  for _, entry in ipairs(require("lib.made_by")) do
    if kinds[entry.kind] then
      rows[#rows + 1] = { say(entry.name), common.capital(say(entry.calculation)), entry.reference }
      kinds[entry.kind] = nil
    end
  end
  for kind in pairs(kinds) do
    error("made_by.lua says nothing of '" .. kind .. "'", 0)
  end
  return {
    heading(2, say { fr = "Statistiques employées", en = "Statistics used" }),
    prose("methods_used"),
    facts {
      id = "made-by", rows = rows, source = common.own_source(),
      columns = { say { fr = "Valeur", en = "Value" }, say { fr = "Calcul", en = "Calculation" },
        say { fr = "Référence", en = "Reference" } },
      title = say { fr = "Valeurs et statistiques de cette édition", en = "Values and statistics of this release" },
    },
  }
end

local function definitions(doc, common)
  local say, rows = common.say, {}
  for _, measure in ipairs(doc:measures()) do
    rows[#rows + 1] = { measure.label, common.capital(measure.unit), common.capital(measure.method) }
  end
  return {
    heading(2, say { fr = "Indicateurs", en = "Indicators" }),
    facts {
      id = "indicators", rows = rows, source = common.registry(),
      columns = { say { fr = "Indicateur", en = "Indicator" }, say { fr = "Unité", en = "Unit" },
        say { fr = "Définition du producteur", en = "Producer’s definition" } },
      title = say { fr = "Définition des indicateurs", en = "Definition of the indicators" },
    },
  }
end

-- The cancer sites and their codes.
local function sites(common, cases)
  local say, rows = common.say, {}
  for _, site in ipairs(cases.national_sites:axis("site")) do
    local parent = site.parent and site.parent.label or "–"
    rows[#rows + 1] = { site.label, site.icd10, parent }
  end
  return {
    heading(2, say { fr = "Localisations", en = "Cancer sites" }),
    prose("methods_sites"),
    facts {
      id = "site-codes", rows = rows,
      source = common.registry() .. say { fr = ", d’après la CIM-10 de l’Organisation mondiale de la santé",
        en = ", after the ICD-10 of the World Health Organization" },
      columns = { say { fr = "Localisation", en = "Cancer site" }, say { fr = "Codes CIM-10", en = "ICD-10 codes" },
        say { fr = "Partie de", en = "Part of" } },
      title = say { fr = "Localisations et codes de la classification internationale des maladies",
        en = "Cancer sites and codes of the International Classification of Diseases" },
    },
  }
end

-- The list of territories, the official French one with its name in full.
local function territories_of(doc, common)
  local vintage = doc:registry("code_vintage")
  if string.find(vintage, "^COG") then
    return common.say { fr = "du code officiel géographique (« " .. vintage .. " »)",
      en = "the official geographic code of France (“" .. vintage .. "”)" }
  end
  return common.say { fr = "des territoires « " .. vintage .. " »", en = "the territories “" .. vintage .. "”" }
end

local function program(doc, common)
  local release = doc:release()
  return {
    heading(2, common.say { fr = "Programme", en = "Program" }),
    prose("methods_program", {
      version = release.version, snapshot = release.snapshot,
      territories = territories_of(doc, common), id = release.id,
    }),
  }
end

return {
  program = program,
  page = function(doc, common, cases)
    local policy, period = doc:release().policy, common.period(cases.national_sites)
    return {
      annex(common.say { fr = "Méthodes", en = "Methods" }, "methods"),
      prose("methods", {
        unit = common.rate(cases.national_sites, "M"):unit(),
        years = string.format("%d", period.high - period.low + 1),
        unreliable_under = policy.unreliable_under,
        caution_from = policy.caution_from, caution_to = policy.caution_to,
        least_drawn = common.number(common.LEAST_DRAWN, 1),
      }),
      described(doc, common),
      made_by(doc, common),
      definitions(doc, common),
      sites(common, cases),
      standards(doc, common),
      program(doc, common),
    }
  end,
}
