-- panorama.lua - the gallery: every kind of figure, from the demonstration's
-- synthetic store. A release like any other: `make gallery` builds it.
return {
  id = "gallery",
  title = { fr = "Galerie des figures", en = "Gallery of figures" },
  publisher = { fr = "Registre national des cancers (démonstration)", en = "National cancer registry (demonstration)" },
  date = "2026-02-04",
  licence = { fr = "Licence Ouverte 2.0 (etalab-2.0)", en = "Open Licence 2.0 (etalab-2.0)" },
  contact = "contact@registre-cancers.example",
  draft = true,
  store = "../../build/demo/store.sqlite",
  languages = { "fr", "en" },
  reports = { "gallery.lua" },
  policy = {
    threshold = 11,
    legal_basis = {
      fr = "Code de la santé publique, articles L. 1415-2-1 et L. 1461-2 ; seuil de 11 personnes",
      en = "French public health code, articles L. 1415-2-1 and L. 1461-2; threshold of 11 persons",
    },
    owner = { fr = "Délégué à la protection des données du registre", en = "Data protection officer of the registry" },
    date = "2026-01-05",
    rules = {
      {
        kind = "structural_zeros",
        legal_basis = {
          fr = "Code de la santé publique, article L. 1461-2",
          en = "French public health code, article L. 1461-2",
        },
        owner = { fr = "Délégué à la protection des données du registre", en = "Data protection officer of the registry" },
        date = "2026-01-05",
      },
    },
    waivers = {
      {
        kind = "standardised_rate",
        reason = {
          fr = "Taux standardisés publiés lorsque l’effectif total l’est et qu’aucun petit effectif par âge ne s’en déduit dans le même territoire",
          en = "Standardised rates published where the total count is and no small age count follows from them within the territory",
        },
        owner = { fr = "Comité scientifique et éthique du registre", en = "Scientific and ethics committee of the registry" },
        date = "2026-01-05",
      },
      {
        kind = "standardised_rate_sums",
        least = 500,
        reason = {
          fr = "À partir de 500 cas, où un seul change un taux de bien moins qu’une décimale, les taux sont prouvés chacun pour soi",
          en = "From 500 cases on, where one of them changes a rate by far less than a decimal, rates are proved each for itself",
        },
        owner = { fr = "Comité scientifique et éthique du registre", en = "Scientific and ethics committee of the registry" },
        date = "2026-01-05",
      },
    },
    reliability = { unreliable_under = 10, caution_under = 20 },
  },
  geo = { layout = "france" },
}
