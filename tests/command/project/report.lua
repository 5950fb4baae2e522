return {
  id = "profil",
  title = { fr = "Profil", en = "Profile" },
  each = { "all" },
  formats = { "pdf", "xlsx", "html", "svg", "png" },
  plan = function(p)
    -- PLAN
    p.table {
      id = "sites",
      title = { fr = "Cas par localisation", en = "Cases by site" },
      measure = "cases", person_years = "population",
      territory = "all", site = "every", sex = { "T", "M", "F" }, age = "T",
      period = "all",
      values = {
        "count",
        { kind = "crude_rate", interval = true },
        { kind = "standardised_rate", standard = "world", interval = true },
      },
    }
  end,
  page = function(doc)
    -- PAGE
    local t = doc:table("sites")
    return {
      heading(1, "Essai " .. doc.place.in_),
      text("Nombre de cas : " .. t:cell { site = "TOUS", sex = "T", column = "count" }:text()),
      doc:grid { table = t, rows = "site", columns = { "count", "crude_rate", "asr_world" },
                 filter = { sex = "T" }, title = "Cas par localisation" },
    }
  end,
}
