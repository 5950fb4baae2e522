-- Every site of the publisher and the remainders that make its totals sums, in
-- both sexes and each of them. The root, which is everything in the file, is
-- not published by anybody. The publisher's rates of both sexes are
-- standardised by age and sex.
local function incidence(p, id, period, title)
  p.table {
    id = id, title = title,
    note = {
      fr = "Lignes et totaux se recouvrent : un groupe comprend ses localisations.",
      en = "Rows overlap: a group includes the sites below it." },
    measure = "cases", person_years = "population",
    territory = "root", site = { "group", "site" }, sex = { "T", "M", "F" },
    period = period,
    values = {
      "count",
      { kind = "crude_rate", interval = true, decimals = 1 },
      { kind = "standardised_rate", standard = "world", by_sex = true,
        interval = true, decimals = 1 },
    },
    open_data = true,
  }
end

return {
  id = "data",
  title = { fr = "Données", en = "Data" },
  formats = { "csv" },
  plan = function(p)
    incidence(p, "incidence", "all",
      { fr = "Incidence annuelle en Écosse", en = "Annual incidence in Scotland" })
    incidence(p, "period", "last:5",
      { fr = "Incidence en Écosse, cinq dernières années",
        en = "Incidence in Scotland, last five years" })
  end,
  page = function(doc)
    doc:dataset(doc:table("incidence"))
    doc:dataset(doc:table("period"))
    return {}
  end,
}
