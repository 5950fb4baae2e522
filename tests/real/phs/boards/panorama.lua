return {
  id = "phs-boards",
  title = { fr = "Incidence des cancers par health board, Écosse",
    en = "Cancer incidence by NHS board, Scotland" },
  publisher = "Panorama, demonstration from data of Public Health Scotland",
  date = "2026-02-04",
  licence = "Open Government Licence v3.0",
  contact = "contact@panorama.example",
  draft = true,
  store = "store.sqlite",
  languages = { "en" },
  reports = { "profile.lua", "data.lua" },
  policy = {
    threshold = 11,
    legal_basis = {
      fr = "Règle de la démonstration : les données sont déjà publiques",
      en = "Rule of the demonstration: the data are public already" },
    owner = "Panorama demonstration",
    date = "2026-01-05",
    waivers = {
      { kind = "standardised_rate", owner = "Panorama demonstration",
        date = "2026-01-05",
        reason = { fr = "Arrondi à une décimale", en = "Rounded to one decimal" } },
    },
    reliability = { unreliable_under = 10, caution_under = 20 },
  },
}
