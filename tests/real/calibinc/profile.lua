-- One report: a map and a table for each of the four sites.
local subjects = require("lib.subjects")
local registry = require("lib.registry") -- made by convert.py

local function zone_of(t)
  return t:axis("territory", "registre")[1]
end

local function upper(label)
  local first = string.sub(label, 1, 1)
  return string.upper(first) .. string.sub(label, 2)
end

local function opening(doc, tables)
  local keys = {}
  for i, subject in ipairs(subjects.list) do
    keys[i] = { value = tables[i]:cell { column = "asr_world" },
      label = upper(subject.label) .. ", " .. subject.period }
  end
  return {
    cover {
      subtitle = "Taux standardisés, d’après les séjours hospitaliers",
      description = "Personnes repérées dans les séjours hospitaliers pour quatre cancers, par département, de 2007 à 2015.",
      lines = { "France métropolitaine, 2007-2011 et 2007-2015" },
    },
    note("**Ce ne sont pas des taux d’incidence.** Le nombre de personnes hospitalisées sert à estimer l’incidence là où aucun registre n’existe ; il peut compter des cancers plus anciens et manquer des personnes soignées hors de l’hôpital."),
    key_figures(keys),
    text("Taux de l’ensemble des départements couverts, {unit}, standardisés sur la population mondiale : ils corrigent les différences d’âge entre les départements.",
      { unit = tables[1]:cell { column = "asr_world" }:unit() }),
  }
end

-- What the registry area is beside the whole, for each site.
local function registry_area(doc, tables)
  local rows = {}
  for i, subject in ipairs(subjects.list) do
    local t = tables[i]
    local here = t:cell { territory = zone_of(t), column = "asr_world" }
    local there = t:cell { column = "asr_world" }
    local words = doc:compare(here, there, "celui de l’ensemble", "label")
    rows[i] = { upper(subject.label), subject.period, t:cell { column = "count" },
      there, here, here:interval_text(), words }
  end
  return facts {
    id = "registry-area", title = "Les départements à registre général et l’ensemble",
    columns = { "Localisation et sexe", "Période", "Personnes hospitalisées", "TSM, ensemble",
      "TSM, départements à registre", "Intervalle de confiance", "Comparaison" },
    rows = rows, scope = "France métropolitaine",
    unit = "nombre ; " .. tables[1]:cell { column = "asr_world" }:unit(),
    note = "TSM : taux standardisé sur la population mondiale. Les départements à registre font partie de l’ensemble. L’ensemble est signalé (a) parce que l’outre-mer n’est pas couvert.",
    source = "Santé publique France, CalibInc 0.2, données légèrement modifiées par leurs auteurs (GPL-3)",
  }
end

local function maps(doc, tables)
  local blocks = { heading(1, "Cartes") }
  for i, subject in ipairs(subjects.list) do
    blocks[#blocks + 1] = doc:map {
      id = "map-" .. subject.id, table = tables[i], column = "asr_world", level = "departement",
      palette = subject.palette, height = 560,
      mark = registry, mark_label = "Département à registre général",
      title = upper(subject.label) .. " : taux standardisé monde, " .. subject.period,
    }
  end
  return blocks
end

local function pair_table(doc, tables, first, second)
  local specs = {}
  for _, i in ipairs { first, second } do
    local subject = subjects.list[i]
    specs[#specs + 1] = { table = tables[i], column = "count",
      heading = upper(subject.label) .. ", nombre" }
    specs[#specs + 1] = { table = tables[i], column = "asr_world", heading = "TSM", interval = true }
  end
  return doc:grid {
    id = "departements-" .. subjects.list[first].id, table = tables[first], rows = "territory",
    level = "departement", columns = specs, unit = "",
    title = "Personnes hospitalisées par département, " .. subjects.list[first].period,
    note = "TSM : taux standardisé sur la population mondiale.",
  }
end

local function method(doc)
  local policy = doc:release().policy
  return {
    heading(1, "Source et méthode"),
    text("Source : Santé publique France, CalibInc 0.2, données légèrement modifiées par leurs auteurs pour protéger les personnes, sous licence GPL-3. Démonstration : Santé publique France n’a ni établi ni validé ce document."),
    text("**Territoires.** Les départements d’outre-mer ne sont pas couverts. Dans les fichiers de 2007 à 2015, la Corse n’a qu’un code, 20 : ses deux départements sont dessinés avec la même valeur."),
    text("**Registres.** Les départements marqués sont entièrement couverts par un registre général selon la liste de 2023 du réseau Francim ; certains de ces registres ont commencé pendant la période."),
    text("**Protection.** Les effectifs de un à {limit}, et ceux qui permettraient de les retrouver, sont confidentiels [c]. Un taux fondé sur moins de {under} personnes n’est pas publié.",
      { limit = policy.limit, under = policy.unreliable_under }),
  }
end

return {
  id = "profile",
  title = { fr = "Personnes hospitalisées pour quatre cancers, par département",
    en = "Persons in hospital for four cancers, by département" },
  formats = { "pdf", "xlsx", "html", "svg", "png" },
  uses = { "data" },
  plan = function() end,
  page = function(doc)
    local tables = {}
    for i, subject in ipairs(subjects.list) do
      tables[i] = doc:table("data." .. subject.id)
    end
    return {
      opening(doc, tables),
      registry_area(doc, tables),
      method(doc),
      maps(doc, tables),
      page_break(),
      heading(1, "Tableaux"),
      pair_table(doc, tables, 1, 2),
      pair_table(doc, tables, 3, 4),
    }
  end,
}
