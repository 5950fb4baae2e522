-- One profile a territory; there are no boundaries, so words stand for maps.
return {
  id = "profile",
  title = { fr = "Profil", en = "Profile" },
  each = { "all" },
  formats = { "pdf", "xlsx", "html", "svg", "png" },
  plan = function(p) end,
  page = function(doc)
    local t = doc:table("data.incidence")
    return {
      heading(1, "Cancer incidence in " .. doc.place.label),
      doc:map { table = t, column = "asr_world", level = "board",
            filter = { site = "C00-C97xC44", sex = "T" },
            title = "World-standardised incidence by health board" },
      doc:grid { table = t, rows = "site",
                 columns = { "count", "crude_rate", "asr_world" },
                 filter = { sex = "T" },
                 title = "Incidence by site, 2016-2020" },
    }
  end,
}
