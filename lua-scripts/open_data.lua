-- open_data.lua - the data sets that portals harvest.
--
-- One table per question, over the same codes everywhere: the other reports
-- read these tables, so that a number has one fate in the whole release.
local sexes = { "T", "M", "F" }
local territories = { "all", "zone:quintile" }

local rates = {
  "count",
  { kind = "crude_rate", interval = true, decimals = 1 },
  { kind = "standardised_rate", standard = "world", interval = true, decimals = 1 },
  { kind = "standardised_rate", standard = "esp2013", interval = true, decimals = 1 },
}

local events = {
  { code = "cases", fr = "Nouveaux cas", en = "New cases" },
  { code = "deaths", fr = "Décès", en = "Deaths" },
}

local function declare(p, event)
  local function add(id, fr, en, where, site, age, period, values)
    p.table {
      id = event.code .. "_" .. id,
      title = { fr = event.fr .. " " .. fr, en = event.en .. " " .. en },
      note = {
        fr = "Données synthétiques : aucune personne réelle.",
        en = "Synthetic data: no real person.",
      },
      measure = event.code, person_years = "population",
      territory = where, site = site, sex = sexes, age = age, period = period,
      values = values, open_data = true,
    }
  end
  add("sites", "par localisation et territoire", "by site and territory",
      territories, "every", "T", "last:5", rates)
  add("ages", "par âge et territoire, tous cancers", "by age and territory, all cancers",
      "all", "root", { "T", "each" }, "last:5",
      { "count", { kind = "crude_rate", interval = true, decimals = 1 } })
  add("years", "par année et territoire, tous cancers", "by year and territory, all cancers",
      "all", "root", "T", "each:last:20", rates)
  add("national_ages", "par localisation et âge, pays entier", "by site and age, whole country",
      "root", "every", { "T", "each" }, "last:5",
      { "count", { kind = "crude_rate", interval = true, decimals = 1 } })
  add("national_years", "par localisation et année, pays entier", "by site and year, whole country",
      "root", "every", "T", "each:last:20", rates)
end

return {
  id = "open_data",
  title = { fr = "Données ouvertes", en = "Open data" },
  formats = { "csv" },
  plan = function(p)
    for _, event in ipairs(events) do
      declare(p, event)
    end
  end,
  page = function(doc)
    for _, event in ipairs(events) do
      for _, id in ipairs { "sites", "ages", "years", "national_ages", "national_years" } do
        doc:dataset(doc:table(event.code .. "_" .. id))
      end
    end
    return {}
  end,
}
