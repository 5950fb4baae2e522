-- panorama.lua - a project of one report, to be copied and made your own.
local owner = { fr = "Délégué à la protection des données", en = "Data protection officer" }

return {
  id = "my-first-release",
  title = { fr = "Les cancers en Sylvanie", en = "Cancer in Sylvania" },
  publisher = { fr = "Registre de Sylvanie (fictif)", en = "Registry of Sylvania (fictitious)" },
  date = "2026-02-04",
  draft = true,
  store = "store.sqlite",
  languages = { "fr" },
  reports = { "cancers.lua" },
  policy = {
    threshold = 11,
    legal_basis = { fr = "Règle de diffusion du registre", en = "Dissemination rule of the registry" },
    owner = owner,
    date = "2026-01-05",
    waivers = {
      {
        kind = "standardised_rate",
        reason = {
          fr = "Taux à une décimale de tous les âges, sans effectif par âge",
          en = "Rates of all ages with one decimal, without counts by age",
        },
        owner = owner,
        date = "2026-01-05",
      },
    },
  },
}
