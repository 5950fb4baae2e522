return {
  id = "essai",
  title = { fr = "Essai de publication", en = "Trial release" },
  publisher = "Registre d’essai",
  date = "2026-02-04",
  licence = "etalab-2.0",
  contact = "contact@registre.example",
  draft = true,
  store = "store.sqlite",
  languages = { "fr" },
  reports = { "report.lua", "data.lua" },
  policy = {
    threshold = 11,
    legal_basis = { fr = "Règle d’essai", en = "Trial rule" },
    owner = "Registre d’essai",
    date = "2026-01-01",
    waivers = {
      { kind = "standardised_rate",
        reason = { fr = "Arrondi à une décimale", en = "One decimal" },
        owner = "Registre d’essai", date = "2026-01-01" },
    },
    reliability = { unreliable_under = 10, caution_under = 20 },
  },
}
