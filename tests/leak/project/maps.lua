-- Every way to map a suppressed value, its legend and its words: what a twin of
-- the store must not change by a byte. leak.py makes the boundaries.
local function few(reason) return { uncertainty = reason } end

return {
  id = "maps",
  title = { fr = "Cartes", en = "Maps" },
  formats = { "html", "pdf", "xlsx", "svg", "png", "figure_pdf" },
  plan = function(p)
    p.table {
      id = "places", title = { fr = "Lieux", en = "Places" }, measure = "cases", territory = "all",
      site = { "code:S1", "code:S2" }, sex = { "M", "F" }, period = { "2021-2022" }, values = { "count" },
    }
    p.table {
      id = "ages", title = { fr = "Âges", en = "Ages" }, measure = "cases", person_years = "population",
      territory = "root", site = { "code:S1", "code:S2" }, sex = { "M", "F" }, age = { "T", "each" },
      period = { "2021-2022" }, values = { "count", "person_years" },
    }
    p.statistic {
      id = "risk", from = "places", against = "ages", people = "figures.bands", kind = "spatial_ratio", along = "age",
      value = "count", reference = "C", title = { fr = "Rapports lissés", en = "Smoothed ratios" },
    }
  end,
  page = function(doc)
    local t = doc:table("data.cases")
    local function map(fields)
      fields.table = fields.table or t
      fields.level = fields.level or "departement"
      fields.title = fields.id
      return doc:map(fields)
    end
    local function one() return { site = "S1", sex = "F", period = "2021-2022" } end
    local blocks = {
      map { id = "choropleth", column = "crude_rate", filter = one(), histogram = true },
      map { id = "regions", column = "asr_world", level = "region", filter = one() },
      map { id = "significance", kind = "significance", column = "crude_rate", filter = one(),
            reference = t:cell { territory = "country/C", site = "S1", sex = "F", period = "2021-2022", column = "crude_rate" } },
      map { id = "bivariate", kind = "bivariate", column = "crude_rate", filter = one() },
      map { id = "circles", kind = "circles", column = "count", filter = one() },
      map { id = "tiles", kind = "tiles", column = "crude_rate", filter = one() },
      map { id = "jenks", column = "crude_rate", method = "jenks", filter = one() },
      map { id = "around", column = "share", method = "around", reference = 10, filter = one(), waive = few("une part") },
      map { id = "standardised", column = "asr_world", filter = { site = "G1", sex = "F", period = "2022" } },
      map { id = "facets", column = "crude_rate", facet = "sex", filter = { site = "S1", period = "2021-2022" } },
      map { id = "focus", column = "crude_rate", filter = one(), focus = "D1", context = true, mark = { "D2" } },
      map { id = "risk", table = doc:table("risk"), column = "spatial_ratio", filter = { site = "S1", sex = "F" } },
      map { id = "above", table = doc:table("risk"), column = "spatial_ratio_above", method = "probability",
            filter = { site = "S1", sex = "F" } },
    }
    table.insert(blocks, 1, heading(1, "Cartes"))
    return blocks
  end,
}
