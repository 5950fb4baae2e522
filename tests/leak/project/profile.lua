return {
  id = "profile",
  title = { fr = "Profil", en = "Profile" },
  each = { "all" },
  formats = { "pdf", "xlsx", "html", "svg", "png", "figure_pdf" },
  plan = function(p) end,
  page = function(doc)
    local t = doc:table("data.cases")
    return {
      heading(1, "Lieu"),
      text("Cas : " .. t:cell { site = "S1", sex = "M", period = "2021", column = "count" }:text()),
      doc:grid { table = t, rows = "site", columns = { "count", "crude_rate", "share", "asr_world" },
                 filter = { sex = "T", period = "2021-2022" }, title = "Sites" },
      doc:grid { table = t, rows = "site", columns = { "count", "crude_rate" },
                 filter = { sex = "M", period = "2021" }, title = "Hommes" },
      doc:chart { kind = "bar", table = t, column = "crude_rate", x = "site",
               filter = { sex = "F", period = "2021-2022" }, title = "Taux" },
      doc:chart { kind = "bar", table = t, column = "asr_world", x = "site",
               filter = { sex = "T", period = "2021-2022" }, title = "Taux standardisés" },
      doc:grid { table = t, rows = "site", columns = { "asr_world" },
                 filter = { sex = "T", period = "2022" }, title = "Une année" },
      doc:chart { kind = "bar", table = t, column = "asr_world", x = "site",
               filter = { sex = "T", period = "2022" }, title = "Taux d’une année" },
    }
  end,
}
