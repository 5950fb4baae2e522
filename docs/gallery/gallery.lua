-- SPDX-License-Identifier: EUPL-1.2
-- gallery.lua - every kind of figure, with the lines that make it.
-- tests/check_gallery.py holds it to that.
local sexes = { "T", "M", "F" }
local sites = { "all", "code:POU", "code:SEI", "code:CRC", "code:PRO", "code:VES", "code:PAN" }
local bands = { "T", "band:0-39", "band:40-54", "band:55-64", "band:65-74", "band:75-84", "band:85+" }
local rates = { "count", { kind = "standardised_rate", standard = "world", interval = true } }
local age_rates = { "count", "person_years", { kind = "crude_rate", interval = true } }

local function plan(p)
  local function cases(id, fr, en, fields)
    fields.id, fields.title = id, { fr = fr, en = en }
    fields.measure, fields.person_years, fields.sex = "cases", "population", fields.sex or sexes
    p.table(fields)
  end
  cases("areas", "Incidence, tous cancers", "Incidence, all cancers",
    { territory = "all", site = "all", period = "last:5", values = rates })
  cases("regions", "Taux d’incidence par région, tous cancers", "Incidence rate by région, all cancers",
    { territory = "level:region", site = "all", period = "last:5", values = rates })
  cases("sites", "Incidence par localisation", "Incidence by cancer site",
    { territory = { "root", "level:region" }, site = sites, period = "last:5", values = rates })
  cases("years", "Évolution du taux d’incidence", "Trend of the incidence rate",
    { site = sites, period = "each:last:20", values = rates })
  cases("ages", "Incidence par âge", "Incidence by age",
    { site = sites, age = { "T", "each" }, period = "last:5", values = age_rates })
  cases("bands", "Nouveaux cas par âge", "New cases by age",
    { territory = "all", site = "all", age = bands, period = "last:5", values = age_rates })
  p.table {
    id = "screening", measure = "screening_breast", territory = "all", period = "last:2",
    title = { fr = "Participation au dépistage du cancer du sein", en = "Participation in breast cancer screening" },
    values = { { kind = "proportion", interval = true } },
  }
  p.table {
    id = "survival", measure = "survival_net", site = "code:CRC", sex = sexes, period = "last:5", stratum = { "code:1", "code:5", "code:10" },
    title = { fr = "Survie nette", en = "Net survival" },
    values = { { kind = "estimate", interval = true, decimals = 0 } },
  }
  p.statistic {
    id = "segments", from = "years", kind = "joinpoint", along = "period", value = "asr_world",
    title = { fr = "Segments de l’évolution", en = "Segments of the trend" },
  }
  p.statistic {
    id = "ranks", from = "regions", kind = "rank", along = "territory", value = "asr_world",
    title = { fr = "Rang du taux d’incidence", en = "Rank of the incidence rate" },
  }
  p.statistic {
    id = "ratios", from = "bands", kind = "standardised_ratio", along = "age", value = "count", reference = "FR",
    title = { fr = "Rapport standardisé d’incidence", en = "Standardised incidence ratio" },
  }
  p.statistic {
    id = "smoothed", from = "bands", kind = "smoothed_ratio", along = "age", value = "count", reference = "FR",
    title = { fr = "Probabilité d’un rapport lissé d’incidence supérieur à la référence", en = "Probability of a smoothed incidence ratio above the reference" },
  }
  p.statistic {
    id = "funnel", from = "bands", kind = "funnel", along = "age", value = "count", reference = "FR", decimals = 3,
    title = { fr = "Rapport standardisé d’incidence", en = "Standardised incidence ratio" },
  }
end

-- Each figure: the name of its files, its names for readers, and a function of
-- few lines that makes it. The page prints these very lines.
local figures = {
  { "line", "Courbes", "Lines", function(doc)
    return doc:chart {
      id = "line", table = doc:table("years"), column = "asr_world",
    }
  end },
  { "age", "Courbes par âge", "Curves by age", function(doc)
    return doc:chart {
      id = "age", table = doc:table("ages"), column = "crude_rate",
    }
  end },
  { "step", "Courbes en escalier", "Step curves", function(doc)
    return doc:chart {
      id = "step", table = doc:table("survival"),
    }
  end },
  { "joinpoint", "Tendance par segments", "Trend in segments", function(doc)
    return doc:chart {
      id = "joinpoint", table = doc:table("years"), column = "asr_world",
      filter = { site = "POU", sex = "M" }, trend = doc:table("segments"),
    }
  end },
  { "bar", "Barres", "Bars", function(doc)
    return doc:chart {
      id = "bar", table = doc:table("sites"), column = "asr_world",
    }
  end },
  { "stacked", "Barres empilées", "Stacked bars", function(doc)
    return doc:chart {
      id = "stacked", kind = "stacked", table = doc:table("sites"), series = "sex",
    }
  end },
  { "parts", "Parts d’un tout", "Parts of a whole", function(doc)
    return doc:chart {
      id = "parts", kind = "parts", table = doc:table("bands"), series = "age",
    }
  end },
  { "pyramid", "Pyramide", "Pyramid", function(doc)
    return doc:chart {
      id = "pyramid", table = doc:table("ages"),
    }
  end },
  { "histogram", "Histogramme", "Histogram", function(doc)
    return doc:chart {
      id = "histogram", kind = "histogram", table = doc:table("areas"), column = "asr_world", level = "departement",
      waive = { uncertainty = doc.lang == "fr" and "un effectif par classe" or "a number for each class" },
    }
  end },
  { "dot", "Points avec intervalles", "Dots with intervals", function(doc)
    return doc:chart {
      id = "dot", kind = "dot", table = doc:table("areas"), column = "asr_world", series = "sex",
    }
  end },
  { "forest", "Forêt, avec rangs", "Forest, with ranks", function(doc)
    return doc:chart {
      id = "forest", kind = "forest", table = doc:table("areas"), column = "asr_world",
      rank = { table = doc:table("ranks"), column = "rank" },
    }
  end },
  { "caterpillar", "Forêt par ordre de valeur", "Forest in order", function(doc)
    return doc:chart {
      id = "caterpillar", kind = "caterpillar", table = doc:table("areas"), column = "asr_world", filter = { sex = "F" },
    }
  end },
  { "dumbbell", "Haltères", "Dumbbells", function(doc)
    return doc:chart {
      id = "dumbbell", kind = "dumbbell", table = doc:table("areas"), column = "asr_world",
      waive = { uncertainty = doc.lang == "fr" and "l’écart est le sujet" or "the gap is the subject" },
    }
  end },
  { "slope", "Pentes", "Slopes", function(doc)
    return doc:chart {
      id = "slope", kind = "slope", table = doc:table("years"), column = "asr_world", series = "site",
      waive = { uncertainty = doc.lang == "fr" and "deux années sur vingt" or "two years of many" },
    }
  end },
  { "scatter", "Nuage de points", "Scatter plot", function(doc)
    return doc:chart {
      id = "scatter", kind = "scatter", table = doc:table("areas"), column = "asr_world", filter = { sex = "F" },
      x_column = { table = doc:table("screening") }, level = "departement", regression = true,
      waive = { uncertainty = doc.lang == "fr" and "deux mesures à la fois" or "two measures at once" },
    }
  end },
  { "funnel", "Entonnoir", "Funnel plot", function(doc)
    return doc:chart {
      id = "funnel", table = doc:table("funnel"), level = "departement",
    }
  end },
  { "heat", "Carte de chaleur", "Heat map", function(doc)
    return doc:chart {
      id = "heat", kind = "heat", table = doc:table("ages"), column = "crude_rate", x = "age", series = "site",
      waive = { uncertainty = doc.lang == "fr" and "une couleur par valeur" or "a colour for each value" },
    }
  end },
  { "spine", "Un territoire parmi les autres", "One territory among others", function(doc)
    return doc:chart {
      id = "spine", kind = "spine", table = doc:table("sites"), column = "asr_world", series = "site",
      filter = { territory = "region/53" },
    }
  end },
  { "choropleth", "Carte en classes", "Map of classes", function(doc)
    return doc:map {
      id = "choropleth", table = doc:table("areas"), column = "asr_world", level = "departement",
    }
  end },
  { "significance", "Carte des écarts significatifs", "Map of significance", function(doc)
    return doc:map {
      id = "significance", kind = "significance", table = doc:table("ratios"), column = "standardised_ratio",
      level = "departement", reference = 1,
    }
  end },
  { "probability", "Carte de la probabilité d’un excès", "Map of the probability of an excess", function(doc)
    return doc:map {
      id = "probability", table = doc:table("smoothed"), column = "smoothed_ratio_above", level = "departement",
      method = "probability",
    }
  end },
  { "bivariate", "Carte à deux entrées", "Bivariate map", function(doc)
    return doc:map {
      id = "bivariate", kind = "bivariate", table = doc:table("areas"), column = "asr_world",
      level = "departement", filter = { sex = "F" },
    }
  end },
  { "circles", "Carte en cercles", "Map of circles", function(doc)
    return doc:map {
      id = "circles", kind = "circles", table = doc:table("areas"), column = "count", level = "departement",
    }
  end },
  { "region", "Carte d’une région", "Map of one région", function(doc)
    return doc:map {
      id = "region", table = doc:table("areas"), column = "asr_world", level = "departement", region = "53",
    }
  end },
  { "region_circles", "Une région en cercles", "One région in circles", function(doc)
    return doc:map {
      id = "region_circles", kind = "circles", table = doc:table("areas"), column = "count", level = "departement",
      region = "53",
    }
  end },
  { "tiles", "Carte en hexagones", "Map of hexagons", function(doc)
    return doc:map {
      id = "tiles", kind = "tiles", table = doc:table("areas"), column = "asr_world", level = "departement",
      histogram = true,
    }
  end },
  { "locator", "Carte de situation", "Locator map", function(doc)
    return doc:map {
      id = "locator", kind = "locator", table = doc:table("areas"), level = "departement", focus = "29",
    }
  end },
  { "facets", "Petites cartes", "Small multiples", function(doc)
    return doc:map {
      id = "facets", table = doc:table("sites"), column = "asr_world", facet = "sex", filter = { site = "POU" },
    }
  end },
}

-- Files of a figure: the name that the page's figure has in the release.
local function files(figure)
  local links = {}
  for _, ending in ipairs { "svg", "png", "pdf" } do
    local name = "gallery-" .. figure .. "." .. ending
    links[#links + 1] = "[" .. name .. "](" .. name .. ")"
  end
  return text(table.concat(links, ", "))
end

return {
  id = "gallery",
  title = { fr = "Toutes les sortes de figures", en = "Every kind of figure" },
  directory = "figures",
  formats = { "html", "svg", "png", "figure_pdf" },
  plan = plan,
  page = function(doc)
    local french = doc.lang == "fr"
    local blocks = {
      cover {
        title = doc.title,
        description = french and "Chaque sorte de graphique et de carte, avec les lignes de Lua qui la font."
          or "Every kind of chart and map, with the lines of Lua that make it.",
      },
      text(french
        and "Chaque sorte de graphique et de carte, faite du registre de démonstration (données fictives), avec les lignes de Lua qui la font et ses fichiers."
        or "Every kind of chart and map, made of the demonstration registry (fictitious data), with the lines of Lua that make it and its files."),
      text(french and "[In English](../en/figures/gallery.html)" or "[En français](../../figures/gallery.html)"),
    }
    for _, figure in ipairs(figures) do
      local id, fr, en, make = table.unpack(figure)
      blocks[#blocks + 1] = {
        heading(1, french and fr or en), listing(make), make(doc), files(id),
      }
    end
    return blocks
  end,
}
