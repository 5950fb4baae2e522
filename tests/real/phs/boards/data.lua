-- Every site of the publisher and the remainders that make its totals sums, in
-- both sexes and each of them. The root, which is everything in the file, is
-- not published by anybody. The publisher's rates of both sexes are
-- standardised by age and sex.
return {
  id = "data",
  title = { fr = "Données", en = "Data" },
  formats = { "csv" },
  plan = function(p)
    p.table {
      id = "incidence",
      title = { fr = "Incidence par health board", en = "Incidence by NHS board" },
      note = {
        fr = "Lignes et totaux se recouvrent : un groupe comprend ses localisations.",
        en = "Rows overlap: a group includes the sites below it." },
      measure = "cases", person_years = "population",
      territory = "all", site = { "group", "site" }, sex = { "T", "M", "F" },
      period = "2016-2020",
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
