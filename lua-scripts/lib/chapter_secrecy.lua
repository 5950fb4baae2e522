-- SPDX-License-Identifier: EUPL-1.2
-- chapter_secrecy.lua - statistical confidentiality: the rules in force, and the
-- share of cells withheld.

-- The tables with cells withheld, and how many have none.
local function shares(doc, common)
  local say, rows, read, rest = common.say, {}, false, 0
  for _, t in ipairs(doc:disclosure()) do
    rows[#rows + 1] = t.percent > 0 and { t.title, t.id, t.cells, t.percent } or nil
    rest = rest + (t.percent > 0 and 0 or 1)
    read = read or t.percent > 0 and t
  end
  local none = common.number(0, 1)
  return #rows > 0 and facts {
    id = "shares", rows = rows, source = common.own_source(),
    columns = { say { fr = "Tableau", en = "Table" }, say { fr = "Identifiant", en = "Identifier" },
      { heading = say { fr = "Cellules", en = "Cells" }, align = "right" },
      { heading = say { fr = "Masquées", en = "Withheld" }, unit = "%", align = "right" } },
    title = say { fr = "Part des cellules masquées, par tableau", en = "Share of cells withheld, by table" },
    reading = read and say {
      fr = "du tableau " .. read.id .. ", " .. read.share .. " des cellules sont masquées.",
      en = "of the table " .. read.id .. ", " .. read.share .. " of the cells are withheld.",
    } or "",
    note = rest > 0 and say {
      fr = "Tableaux de l’édition dont la part est de " .. none .. " % : " .. common.number(rest) .. ".",
      en = "Tables of the release whose share is " .. none .. "%: " .. common.number(rest) .. ".",
    } or nil,
  } or {}
end

-- Of the sites and the territories of a level: how many numbers are shown.
local function by_level(doc, common, cases, deaths)
  local say, rows = common.say, {}
  for _, event in ipairs { cases, deaths } do
    local t = event.sites
    for _, level in ipairs { "region", "departement" } do
      local shown, withheld = 0, 0
      for _, place in ipairs(t and t:axis("territory", level) or {}) do
        for _, site in ipairs(t:axis("site")) do
          for _, sex in ipairs { "M", "F" } do
            local status = t:cell { territory = place, site = site, sex = sex, column = "asr_world" }:status()
            shown = shown + (status == "v" and 1 or 0)
            withheld = withheld + (status == "c" and 1 or 0)
          end
        end
      end
      if shown + withheld > 0 then
        rows[#rows + 1] = { event.title, common.capital(doc:level_name(level)), shown + withheld, withheld,
          math.floor(1000 * withheld / (shown + withheld) + 0.5) / 10 }
      end
    end
  end
  return #rows > 0 and facts {
    id = "shares-levels", rows = rows, source = common.own_source(),
    columns = { say { fr = "Indicateur", en = "Indicator" }, say { fr = "Niveau", en = "Level" },
      { heading = say { fr = "Taux", en = "Rates" }, align = "right" },
      { heading = say { fr = "Masqués", en = "Withheld" }, align = "right" },
      { heading = say { fr = "Part", en = "Share" }, unit = "%", align = "right" } },
    title = say { fr = "Taux standardisés monde couverts par le secret, par niveau territorial",
      en = "World-standardised rates withheld, by territorial level" },
    reading = say {
      fr = "pour l’indicateur « " .. rows[1][1] .. " » et le niveau « " .. rows[1][2] .. " », " .. common.number(rows[1][5], 1) ..
        " % des taux sont masqués.",
      en = "for the indicator “" .. rows[1][1] .. "” and the level “" .. rows[1][2] .. "”, " .. common.number(rows[1][5], 1) ..
        "% of the rates are withheld.",
    },
    note = say { fr = "Une localisation, un sexe et un territoire font un taux.",
      en = "A site, a sex and a territory make one rate." },
  } or {}
end

local function rules_of(common, policy)
  local say, rules = common.say, {}
  for _, rule in ipairs(policy.rules) do
    rules[#rules + 1] = { rule.scope, rule.rule, rule.legal_basis, rule.owner, rule.date }
  end
  return #rules > 0 and {
    heading(2, say { fr = "Règles en vigueur", en = "Rules in force" }),
    facts {
      id = "rules", rows = rules, source = common.own_source(),
      columns = { say { fr = "Objet", en = "Scope" }, say { fr = "Règle", en = "Rule" },
        say { fr = "Fondement", en = "Legal basis" }, say { fr = "Responsable", en = "Owner" },
        say { fr = "Date", en = "Date" } },
      title = say { fr = "Règles particulières de secret", en = "Particular rules of confidentiality" },
    },
  } or {}
end

local function waivers_of(common, policy)
  local say, waivers = common.say, {}
  for _, waiver in ipairs(policy.waivers) do
    waivers[#waivers + 1] = { waiver.reason, waiver.owner, waiver.date }
  end
  return #waivers > 0 and facts {
    id = "waivers", rows = waivers, source = common.own_source(),
    columns = { say { fr = "Dérogation", en = "Waiver" }, say { fr = "Responsable", en = "Owner" },
      say { fr = "Date", en = "Date" } },
    title = say { fr = "Dérogations à la règle", en = "Waivers of the rule" },
  } or {}
end

return {
  page = function(doc, common, cases, deaths)
    local say, policy = common.say, doc:release().policy
    return {
      annex(say { fr = "Secret statistique", en = "Statistical confidentiality" }, "secrecy"),
      prose("secrecy", {
        limit = policy.limit, threshold = policy.threshold, legal_basis = policy.legal_basis,
        date = policy.date, owner = policy.owner,
      }),
      rules_of(common, policy),
      waivers_of(common, policy),
      heading(2, say { fr = "Ce qui est masqué", en = "What is withheld" }),
      prose("secrecy_shares"),
      by_level(doc, common, cases, deaths),
      shares(doc, common),
    }
  end,
}
