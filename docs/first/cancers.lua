-- cancers.lua - one table and one figure of it, for the country.
return {
  id = "cancers",
  title = { fr = "Les cancers", en = "Cancer" },
  formats = { "pdf", "html", "xlsx" },
  plan = function(p)
    p.table {
      id = "sites", title = { fr = "Nouveaux cas des cancers digestifs", en = "New cases of digestive cancers" },
      measure = "cases", person_years = "population",
      territory = { "root", "level:region" }, site = { "code:DIG", "code:EST", "code:CRC" }, sex = { "M", "F" }, period = "last:2",
      values = { "count", { kind = "standardised_rate", standard = "world", interval = true } },
    }
  end,
  page = function(doc)
    local t = doc:table("sites")
    return {
      heading(1, t:title()),
      doc:grid {
        table = t, rows = "site",
        columns = {
          { column = "count", sex = "M", heading = "Hommes" },
          { column = "count", sex = "F", heading = "Femmes" },
        },
      },
      doc:chart {
        table = t, column = "asr_world", x = "territory", filter = { site = "DIG", sex = "M" },
        title = "Taux d’incidence standardisé par région, hommes",
      },
    }
  end,
}
