-- panorama.lua - the demonstration release: a synthetic national store.
return {
  id = "rnc-demo-2026",
  title = {
    fr = "Les cancers en France – édition de démonstration 2026",
    en = "Cancer in France – demonstration edition 2026",
  },
  publisher = "Registre national des cancers (démonstration)",
  date = "2026-02-04",
  licence = "Licence Ouverte 2.0 (etalab-2.0)",
  contact = "contact@registre-cancers.example",
  draft = true,
  store = "build/demo/store.sqlite",
  languages = { "fr" },
  reports = {
    "lua-scripts/national.lua",
    "lua-scripts/territory.lua",
    "lua-scripts/open_data.lua",
  },
  policy = {
    threshold = 11,
    legal_basis = {
      fr = "Code de la santé publique, articles L. 1415-2-1 et L. 1461-2 ; seuil de 11 personnes appliqué aux données du système national des données de santé",
      en = "French public health code, articles L. 1415-2-1 and L. 1461-2; threshold of 11 persons applied to national health data",
    },
    owner = "Délégué à la protection des données du registre",
    date = "2026-01-05",
    waivers = {
      {
        kind = "standardised_rate",
        reason = {
          fr = "Taux standardisés et leurs intervalles arrondis à une décimale, publiés lorsque l’effectif total l’est",
          en = "Standardised rates and their intervals rounded to one decimal, published where the total count is",
        },
        owner = "Comité scientifique et éthique du registre",
        date = "2026-01-05",
      },
    },
    reliability = { unreliable_under = 10, caution_under = 20 },
  },
  geo = { layout = "france" },
}
