return {
  id = "data",
  title = { fr = "Données", en = "Data" },
  formats = { "csv" },
  plan = function(p)
    p.table {
      id = "cases", title = { fr = "Cas", en = "Cases" },
      measure = "cases", person_years = "population",
      territory = "all", site = "every", sex = { "T", "M", "F" }, age = "T",
      period = { "2021", "2022", "2021-2022" },
      values = { "count", { kind = "crude_rate", interval = true },
                 { kind = "share", of = "site" },
                 { kind = "standardised_rate", standard = "world", interval = true } },
      open_data = true,
    }
    p.table {
      id = "ages", title = { fr = "Âges", en = "Ages" },
      measure = "cases", person_years = "population",
      territory = "all", site = "all", sex = { "T", "M", "F" },
      age = { "T", "each" }, period = { "2021-2022" },
      values = { "count", "crude_rate" }, open_data = true,
    }
  end,
  page = function(doc)
    doc:dataset(doc:table("cases"))
    doc:dataset(doc:table("ages"))
    return {}
  end,
}
