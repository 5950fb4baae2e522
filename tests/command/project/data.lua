return {
  id = "data",
  title = { fr = "Données", en = "Data" },
  formats = { "csv" },
  plan = function(p)
    p.table {
      id = "cases", title = { fr = "Cas : effectifs", en = "Cases" },
      measure = "cases", person_years = "population",
      territory = "all", site = "every", sex = { "T", "M", "F" }, age = "T",
      period = "all", values = { "count" }, open_data = true,
    }
  end,
  page = function(doc)
    doc:dataset(doc:table("cases"))
    return {}
  end,
}
