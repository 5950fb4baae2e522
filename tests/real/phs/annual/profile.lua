-- One profile: the whole country, each year, from 1996 to 2020.
return {
  id = "profile",
  title = { fr = "Profil", en = "Profile" },
  each = { "root" },
  formats = { "pdf", "xlsx", "html", "svg", "png" },
  plan = function(p) end,
  page = function(doc)
    local t = doc:table("data.incidence")
    return {
      heading(1, "Cancer incidence in " .. doc.place.label),
      doc:figure { chart = "line", table = t, column = "asr_world", x = "period",
               filter = { site = "C00-C97xC44" }, series = "sex",
               title = "World-standardised incidence, all cancers except C44" },
      doc:grid { table = t, rows = "site",
                 columns = { "count", "crude_rate", "asr_world" },
                 filter = { sex = "T", period = "2020" },
                 title = "Incidence by site, 2020" },
    }
  end,
}
