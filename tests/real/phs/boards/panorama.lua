return {
  id = "phs-boards",
  title = { fr = "Incidence par health board, Écosse", en = "Incidence by health board, Scotland" },
  publisher = "Public Health Scotland",
  date = "2022-05-17",
  licence = "Open Government Licence v3.0",
  contact = "https://www.publichealthscotland.scot",
  draft = true,
  store = "store.sqlite",
  languages = { "en" },
  reports = { "profile.lua", "data.lua" },
  policy = {
    threshold = 11,
    legal_basis = {
      fr = "Règle de la démonstration : les données sont déjà publiques",
      en = "Rule of the demonstration: the data are public already" },
    owner = "Public Health Scotland",
    date = "2022-05-17",
    waivers = {
      { kind = "standardised_rate", owner = "Public Health Scotland",
        date = "2022-05-17",
        reason = { fr = "Arrondi à une décimale", en = "Rounded to one decimal" } },
    },
    reliability = { unreliable_under = 10, caution_under = 20 },
  },
}
