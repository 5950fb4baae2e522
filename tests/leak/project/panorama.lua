return {
  id = "canari",
  title = { fr = "Canari", en = "Canary" },
  publisher = "Essai",
  date = "2026-02-04",
  licence = "etalab-2.0",
  contact = "contact@registre.example",
  draft = true,
  store = "s.sqlite",
  languages = { "fr" },
  reports = { "profile.lua", "data.lua", "figures.lua", "maps.lua" },
  policy = {
    threshold = 260000000000,
    legal_basis = { fr = "Essai", en = "Trial" },
    owner = "Essai",
    date = "2026-01-01",
    waivers = {
      { kind = "standardised_rate", owner = "Essai", date = "2026-01-01",
        reason = { fr = "Une décimale", en = "One decimal" } },
    },
    reliability = { unreliable_under = 10, caution_under = 20 },
  },
}
