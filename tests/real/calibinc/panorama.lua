return {
  id = "calibinc",
  title = {
    fr = "Personnes hospitalisées pour quatre cancers, par département",
    en = "Persons in hospital for four cancers, by département",
  },
  publisher = "Panorama, démonstration à partir des données CalibInc de Santé publique France",
  date = "2026-02-04",
  licence = "GPL-3 (données CalibInc)",
  contact = "contact@panorama.example",
  draft = true,
  store = "store.sqlite",
  languages = { "fr" },
  reports = { "profile.lua", "data.lua" },
  policy = {
    threshold = 11,
    legal_basis = {
      fr = "Règle de la démonstration : les données sont déjà publiques",
      en = "Rule of the demonstration: the data are public already" },
    owner = "Démonstration de Panorama",
    date = "2026-01-05",
    waivers = {
      { kind = "standardised_rate", owner = "Démonstration de Panorama",
        date = "2026-01-05",
        reason = { fr = "Arrondi à une décimale", en = "Rounded to one decimal" } },
    },
    reliability = { unreliable_under = 10, caution_under = 20 },
  },
  -- The files of 2007-2015 count Corse as one: both its départements are
  -- drawn for the old code.
  geo = {
    layout = "france",
    alias = { { level = "departement", code = "20", members = { "2A", "2B" } } },
  },
}
