-- Every way to draw or say a suppressed value that needs no boundaries: what a
-- twin of the store must not change by a byte.
local function few(reason) return { uncertainty = reason } end

return {
  id = "figures",
  title = { fr = "Figures", en = "Figures" },
  formats = { "html", "xlsx", "svg" },
  plan = function(p)
    p.table {
      id = "bands", title = { fr = "Âges", en = "Ages" },
      measure = "cases", person_years = "population",
      territory = "all", site = "all", sex = { "T", "M", "F" }, age = { "T", "each" }, period = { "2021-2022" },
      values = { "count", "person_years" },
    }
    p.statistic {
      id = "ranks", from = "data.cases", kind = "rank", along = "territory", value = "crude_rate",
      title = { fr = "Rangs", en = "Ranks" },
    }
    p.statistic {
      id = "ratios", from = "data.cases", kind = "rate_ratio", along = "sex", value = "crude_rate", reference = "M",
      title = { fr = "Rapports", en = "Ratios" },
    }
    p.statistic {
      id = "funnel", from = "bands", kind = "funnel", along = "age", value = "count", reference = "C", decimals = 3,
      title = { fr = "Entonnoir", en = "Funnel" },
    }
  end,
  page = function(doc)
    local t = doc:table("data.cases")
    local function chart(fields)
      fields.table = fields.table or t
      fields.title = fields.id
      return doc:chart(fields)
    end
    local function cell(territory, sex)
      return t:cell { territory = territory, site = "S1", sex = sex, period = "2021-2022", column = "crude_rate" }
    end
    local blocks = { heading(1, "Figures") }
    for _, place in ipairs { "departement/D1", "departement/D2", "departement/D4", "region/R1", "region/R2" } do
      local change = t:cell { territory = place, site = "S2", sex = "T", period = "2022", column = "crude_rate" }
      local before = t:cell { territory = place, site = "S2", sex = "T", period = "2021", column = "crude_rate" }
      blocks[#blocks + 1] = text("Le taux " .. doc:compare(cell(place, "F"), cell(place, "M"), "celui des hommes") ..
        " ; il est " .. doc:trend(before, change) .. ".")
    end
    local one = { site = "S1", sex = "F", period = "2021-2022" }
    local figures = {
      chart { id = "dot", kind = "dot", column = "crude_rate", series = "sex", filter = { site = "S1", period = "2021-2022" } },
      chart { id = "forest", kind = "forest", column = "crude_rate", filter = one,
              rank = { table = doc:table("ranks"), column = "rank" } },
      chart { id = "caterpillar", kind = "caterpillar", column = "crude_rate", filter = one },
      chart { id = "dumbbell", kind = "dumbbell", column = "crude_rate", filter = { site = "S1", period = "2021-2022" },
              waive = few("l’écart est le sujet") },
      chart { id = "stacked", kind = "stacked", column = "count", series = "sex", filter = { site = "S1", period = "2021-2022" } },
      chart { id = "histogram", kind = "histogram", column = "crude_rate", level = "departement", filter = one,
              waive = few("un effectif par classe") },
      chart { id = "heat", kind = "heat", column = "crude_rate", x = "sex", series = "site",
              filter = { territory = "departement/D1", period = "2021-2022" }, waive = few("une couleur par valeur") },
      chart { id = "spine", kind = "spine", column = "crude_rate", series = "site",
              filter = { territory = "departement/D1", sex = "F", period = "2021-2022" } },
      chart { id = "ratio", kind = "forest", table = doc:table("ratios"), column = "rate_ratio",
              filter = { site = "S1", sex = "F", period = "2021-2022" } },
      chart { id = "funnel", table = doc:table("funnel"), level = "departement", filter = { sex = "T" } },
    }
    for _, figure in ipairs(figures) do blocks[#blocks + 1] = figure end
    return blocks
  end,
}
