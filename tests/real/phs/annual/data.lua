-- Every published site, in both sexes and each of them. The publisher's rates
-- of both sexes are standardised by age and sex.
return {
  id = "data",
  title = { fr = "Données", en = "Data" },
  formats = { "csv" },
  plan = function(p)
    p.table {
      id = "incidence",
      title = { fr = "Incidence annuelle en Écosse", en = "Annual incidence in Scotland" },
      measure = "cases", person_years = "population",
      territory = "root", site = "every", sex = { "T", "M", "F" },
      age = "T", period = "all",
      values = {
        "count",
        { kind = "crude_rate", interval = true, decimals = 1 },
        { kind = "standardised_rate", standard = "world", by_sex = true,
          interval = true, decimals = 1 },
      },
      open_data = true,
    }
  end,
  page = function(doc)
    doc:dataset(doc:table("incidence"))
    return {}
  end,
}
