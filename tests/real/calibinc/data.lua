-- One table a site: each is about one sex, has its own period and its own codes
-- of Corse. No table is over sites: what they cover differs.
local subjects = require("lib.subjects")

return {
  id = "data",
  title = { fr = "Données", en = "Data" },
  formats = { "csv" },
  plan = function(p)
    for _, subject in ipairs(subjects.list) do
      p.table {
        id = subject.id,
        title = {
          fr = "Personnes hospitalisées : " .. subject.label .. ", " .. subject.period,
          en = "Persons in hospital: " .. subject.code .. ", " .. subject.period,
        },
        note = {
          fr = "Personnes repérées dans les séjours hospitaliers : ce ne sont pas des cas incidents.",
          en = "Persons found in hospital stays: these are not incident cases.",
        },
        measure = subject.measure, person_years = subject.person_years,
        territory = subjects.territories(subject), site = "code:" .. subject.code,
        sex = subject.sex, period = subject.period,
        values = {
          "count",
          { kind = "crude_rate", interval = true, decimals = 1 },
          { kind = "standardised_rate", standard = "world", interval = true, decimals = 1 },
        },
        open_data = true,
      }
    end
  end,
  page = function(doc)
    for _, subject in ipairs(subjects.list) do
      doc:dataset(doc:table(subject.id))
    end
    return {}
  end,
}
