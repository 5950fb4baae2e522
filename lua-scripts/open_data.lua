-- open_data.lua - the data sets that portals harvest.
--
-- One table per question, over the same codes everywhere: the other reports
-- read these tables, so that a number has one fate in the whole release.
local events = {
  { code = "cases", fr = "Nouveaux cas", en = "New cases" },
  { code = "deaths", fr = "Décès", en = "Deaths" },
}

local sexes = { "T", "M", "F" }

local rates = {
  "count",
  { kind = "crude_rate", interval = true },
  { kind = "standardised_rate", standard = "world", interval = true },
  { kind = "standardised_rate", standard = "esp2013", interval = true },
}

-- Where age is a class, the crude rate is the rate of that age.
local age_rates = {
  "count",
  { kind = "crude_rate", interval = true },
}

local questions = {
  {
    id = "sites",
    title = {
      fr = "par localisation et par territoire",
      en = "by cancer site and territory",
    },
    territory = { "all", "zone:quintile" }, site = "every",
    period = "last:5", values = rates,
  },
  {
    id = "ages",
    title = {
      fr = "par âge et par territoire, tous cancers",
      en = "by age and territory, all cancers",
    },
    territory = "all", site = "all", age = { "T", "each" },
    period = "last:5", values = age_rates,
  },
  {
    id = "years",
    title = {
      fr = "par année et par territoire, tous cancers",
      en = "by year and territory, all cancers",
    },
    territory = "all", site = "all",
    period = "each:last:20", values = rates,
  },
  {
    id = "national_ages",
    title = {
      fr = "par localisation et par âge, ensemble du pays",
      en = "by cancer site and age, whole country",
    },
    territory = "root", site = "every", age = { "T", "each" },
    period = "last:5", values = age_rates,
  },
  {
    id = "national_years",
    title = {
      fr = "par localisation et par année, ensemble du pays",
      en = "by cancer site and year, whole country",
    },
    territory = "root", site = "every",
    period = "each:last:20", values = rates,
  },
}

local function each_table(visit)
  for _, event in ipairs(events) do
    for _, question in ipairs(questions) do
      visit(event, question, event.code .. "_" .. question.id)
    end
  end
end

return {
  id = "open_data",
  title = { fr = "Données ouvertes", en = "Open data" },
  directory = "donnees",
  formats = { "csv" },
  plan = function(p)
    each_table(function(event, question, id)
      p.table {
        id = id,
        title = {
          fr = event.fr .. " " .. question.title.fr,
          en = event.en .. " " .. question.title.en,
        },
        measure = event.code, person_years = "population",
        territory = question.territory, site = question.site, sex = sexes,
        age = question.age, period = question.period,
        values = question.values, open_data = true,
      }
    end)
  end,
  page = function(doc)
    each_table(function(_, _, id)
      doc:dataset(doc:table(id))
    end)
    return {}
  end,
}
