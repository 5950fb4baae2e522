-- panorama.lua - the demonstration release: a synthetic national store.

-- Who answers for the particular rules of confidentiality.
local function signed(rule)
  rule.legal_basis = {
    fr = "Code de la santé publique, article L. 1461-2 ; référentiel de diffusion du registre",
    en = "French public health code, article L. 1461-2; dissemination rules of the registry",
  }
  rule.owner = { fr = "Délégué à la protection des données du registre", en = "Data protection officer of the registry" }
  rule.date = "2026-01-05"
  return rule
end

return {
  id = "rnc-demo-2026",
  series = "rnc-demo",
  changes = { fr = "Première édition de démonstration.", en = "First demonstration edition." },
  title = {
    fr = "Les cancers en France – édition de démonstration 2026",
    en = "Cancer in France – demonstration edition 2026",
  },
  publisher = { fr = "Registre national des cancers (démonstration)", en = "National cancer registry (demonstration)" },
  date = "2026-02-04",
  licence = { fr = "Licence Ouverte 2.0 (etalab-2.0)", en = "Open Licence 2.0 (etalab-2.0)" },
  contact = "contact@registre-cancers.example",
  frequency = "annual",
  draft = true,
  audience = "public",
  store = "build/demo/store.sqlite",
  languages = { "fr" },
  reports = {
    "lua-scripts/national.lua",
    "lua-scripts/short.lua",
    "lua-scripts/territory.lua",
    "lua-scripts/open_data.lua",
  },
  policy = {
    threshold = 11,
    legal_basis = {
      fr = "Code de la santé publique, articles L. 1415-2-1 et L. 1461-2 ; seuil de 11 personnes appliqué aux données du système national des données de santé",
      en = "French public health code, articles L. 1415-2-1 and L. 1461-2; threshold of 11 persons applied to national health data",
    },
    owner = { fr = "Délégué à la protection des données du registre", en = "Data protection officer of the registry" },
    date = "2026-01-05",
    rules = {
      signed { kind = "structural_zeros" },
      signed {
        kind = "stricter", ages = "band:0-14", threshold = 20,
        label = { fr = "Enfants de moins de 15 ans", en = "Children under 15" },
      },
      signed {
        kind = "non_events",
        measures = { "screening_breast", "screening_cervix", "screening_colorectal" },
        label = { fr = "Participation aux dépistages", en = "Participation in screening" },
      },
      signed { kind = "population_floor", population = 1000 },
      signed { kind = "zeros", population = 1000 },
      signed {
        kind = "must_show",
        label = {
          fr = "Cas et décès de l’ensemble du pays, par sexe, tous cancers",
          en = "Cases and deaths of the whole country by sex, all cancers",
        },
        cells = {
          { measures = { "cases", "deaths" }, sexes = { "T", "M", "F" }, periods = "last:5" },
        },
      },
    },
    waivers = {
      {
        kind = "standardised_rate",
        reason = {
          fr = "Taux standardisés publiés lorsque l’effectif total l’est et qu’aucun petit effectif par âge ne s’en déduit dans le même territoire ; ce que d’autres territoires ou d’autres éditions en diraient n’est pas prouvé",
          en = "Standardised rates published where the total count is and no small age count follows from them within the territory; what other territories or releases would tell is not proved",
        },
        owner = { fr = "Comité scientifique et éthique du registre", en = "Scientific and ethics committee of the registry" },
        date = "2026-01-05",
      },
      {
        kind = "standardised_rate_sums",
        least = 500,
        reason = {
          fr = "Une localisation et l’ensemble des cancers, une année et la période : à partir de 500 cas ou décès, où un seul change un taux de bien moins qu’une décimale, leurs taux sont prouvés chacun pour soi, non ensemble",
          en = "A site and all cancers, a year and the period: from 500 cases or deaths on, where one of them changes a rate by far less than a decimal, their rates are proved each for itself, not together",
        },
        owner = { fr = "Comité scientifique et éthique du registre", en = "Scientific and ethics committee of the registry" },
        date = "2026-01-05",
      },
    },
    reliability = { unreliable_under = 10, caution_under = 20 },
  },
  geo = { layout = "france" },
}
