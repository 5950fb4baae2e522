-- SPDX-License-Identifier: EUPL-1.2
-- chapter_sources.lua - who made the data and the report, and what closes a
-- report: glossary, abbreviations, references, lists, index.

-- A chapter without number.
local function free(title, id)
  return heading(1, title, id, { numbered = false })
end

-- Bodies, each with what it did; nobody twice.
local function contributors(doc, common)
  local say, release = common.say, doc:release()
  local rows, place = {}, {}
  local function add(body, part)
    if body == "" then
      return
    elseif not place[body] then
      rows[#rows + 1] = { body, part }
      place[body] = { row = rows[#rows], parts = { [part] = true } }
    elseif not place[body].parts[part] then
      place[body].parts[part] = true
      place[body].row[2] = place[body].row[2] .. say { fr = " ; ", en = "; " } .. part
    end
  end
  for _, measure in ipairs(doc:measures()) do
    add(measure.source, measure.label)
  end
  add(release.publisher, say { fr = "Édition et calcul des indicateurs", en = "Publishing and computing the indicators" })
  add(release.policy.owner, say { fr = "Règles de secret statistique", en = "Rules of confidentiality" })
  for _, rule in ipairs(release.policy.rules) do
    add(rule.owner, say { fr = "Règles de secret statistique", en = "Rules of confidentiality" })
  end
  for _, waiver in ipairs(release.policy.waivers) do
    add(waiver.owner, say { fr = "Dérogations à la règle", en = "Waivers of the rule" })
  end
  return facts {
    id = "contributors", rows = rows, source = common.own_source(),
    columns = { say { fr = "Organisme", en = "Body" }, say { fr = "Part prise à ce rapport", en = "Part in this report" } },
    title = say { fr = "Organismes contributeurs", en = "Contributing bodies" },
  }
end

local function producers(doc, common)
  local say, rows = common.say, {}
  for _, measure in ipairs(doc:measures()) do
    rows[#rows + 1] = { measure.label, measure.source, common.capital(measure.method) }
  end
  return facts {
    id = "sources", rows = rows, source = common.registry(),
    columns = { say { fr = "Indicateur", en = "Indicator" }, say { fr = "Source", en = "Source" },
      say { fr = "Méthode du producteur", en = "Producer’s method" } },
    title = say { fr = "Producteurs des données", en = "Producers of the data" },
  }
end

return {
  page = function(doc, common)
    local say = common.say
    return {
      annex(say { fr = "Sources et contributeurs", en = "Sources and contributors" }, "sources"),
      prose("sources"),
      producers(doc, common),
      prose("contributors"),
      contributors(doc, common),
      free(say { fr = "Glossaire et abréviations", en = "Glossary and abbreviations" }, "glossary"),
      glossary(prose("glossary")),
      heading(2, say { fr = "Abréviations", en = "Abbreviations" }, "abbreviations"),
      abbreviations(),
      free(say { fr = "Bibliographie", en = "References" }, "references"),
      bibliography(),
      free(say { fr = "Figures et tableaux", en = "Figures and tables" }, "lists"),
      section { columns = 2, list_of_figures(), list_of_tables() },
      free(say { fr = "Index", en = "Index" }, "index"),
      section { columns = 2, index() },
    }
  end,
}
