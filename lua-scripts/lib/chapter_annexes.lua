-- SPDX-License-Identifier: EUPL-1.2
-- chapter_annexes.lua - methods, confidentiality, glossary, sources.
local function standards(common)
  local say = common.say
  local all = require("lib.standards")
  local used = { world = true, esp2013 = true }
  local heads = { say { fr = "Âge", en = "Age" } }
  local chosen = {}
  for _, standard in ipairs(all) do
    if used[standard.code] then
      chosen[#chosen + 1] = standard
      heads[#heads + 1] = { heading = say(standard.label), align = "right" }
    end
  end
  local rows = {}
  for b, band in ipairs(chosen[1].bands) do
    local age = band[2] < 0 and band[1] .. "+" or band[1] .. "-" .. band[2]
    local row = { age }
    for _, standard in ipairs(chosen) do
      row[#row + 1] = standard.bands[b][3]
    end
    rows[#rows + 1] = row
  end
  local sources = {}
  for _, standard in ipairs(chosen) do
    sources[#sources + 1] = standard.source
  end
  return facts {
    id = "standards", columns = heads, rows = rows,
    title = say { fr = "Populations de référence", en = "Reference populations" },
    source = table.concat(sources, " ; "),
  }
end

-- A chapter without number.
local function free(title, id)
  return heading(1, title, id, { numbered = false })
end

local function annexes(doc, common, cases)
  local say, release = common.say, doc:release()
  local policy = release.policy
  local shares, rules, waivers, sources = {}, {}, {}, {}
  for _, t in ipairs(doc:disclosure()) do
    shares[#shares + 1] = { t.title, t.id, t.percent }
  end
  for _, rule in ipairs(policy.rules) do
    rules[#rules + 1] = { rule.scope, rule.rule, rule.legal_basis, rule.owner, rule.date }
  end
  for _, waiver in ipairs(policy.waivers) do
    waivers[#waivers + 1] = { waiver.reason, waiver.owner, waiver.date }
  end
  for _, measure in ipairs(doc:measures()) do
    sources[#sources + 1] = { measure.label, measure.source, measure.method }
  end
  local period = common.period(cases.sites)
  return {
    annex(say { fr = "Méthodes", en = "Methods" }, "methods"),
    prose("methods", {
      unit = common.rate(cases.sites, "M"):unit(),
      years = string.format("%d", period.high - period.low + 1),
      unreliable_under = policy.unreliable_under,
      caution_from = policy.caution_from, caution_to = policy.caution_to,
    }),
    standards(common),
    annex(say { fr = "Secret statistique", en = "Statistical confidentiality" }, "secrecy"),
    prose("secrecy", {
      limit = policy.limit, threshold = policy.threshold, legal_basis = policy.legal_basis,
      date = policy.date, owner = policy.owner,
    }),
    #rules > 0 and facts {
      id = "rules",
      columns = { say { fr = "Objet", en = "Scope" }, say { fr = "Règle", en = "Rule" },
        say { fr = "Fondement", en = "Legal basis" }, say { fr = "Responsable", en = "Owner" },
        say { fr = "Date", en = "Date" } },
      rows = rules,
      title = say { fr = "Règles particulières de secret", en = "Particular rules of confidentiality" },
    },
    facts {
      id = "shares",
      columns = { say { fr = "Tableau", en = "Table" }, say { fr = "Identifiant", en = "Identifier" },
        { heading = say { fr = "Part des cellules masquées", en = "Share of cells withheld" }, unit = "%", align = "right" } },
      rows = shares,
      title = say { fr = "Part des cellules masquées, par tableau", en = "Share of cells withheld, by table" },
    },
    #waivers > 0 and facts {
      id = "waivers",
      columns = { say { fr = "Dérogation", en = "Waiver" }, say { fr = "Responsable", en = "Owner" },
        say { fr = "Date", en = "Date" } },
      rows = waivers,
      title = say { fr = "Dérogations à la règle", en = "Waivers of the rule" },
    },
    annex(say { fr = "Sources et mentions", en = "Sources and imprint" }, "sources"),
    prose("sources"),
    facts {
      id = "sources",
      columns = { say { fr = "Indicateur", en = "Indicator" }, say { fr = "Source", en = "Source" },
        say { fr = "Méthode du producteur", en = "Producer’s method" } },
      rows = sources,
      title = say { fr = "Producteurs des données", en = "Producers of the data" },
    },
    prose("imprint", {
      publisher = release.publisher, date = release.date, id = release.id,
      snapshot = release.snapshot, licence = release.licence, contact = release.contact,
      title = release.title,
    }),
    free(say { fr = "Glossaire", en = "Glossary" }, "glossary"),
    glossary(prose("glossary")),
    free(say { fr = "Abréviations", en = "Abbreviations" }, "abbreviations"),
    abbreviations(),
    free(say { fr = "Bibliographie", en = "References" }, "references"),
    bibliography(),
    free(say { fr = "Index", en = "Index" }, "index"),
    index(),
  }
end

return { page = annexes }
