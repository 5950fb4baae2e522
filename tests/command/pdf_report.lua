-- A document with everything that a structure can hold: headings of three
-- levels, a list, a note, links, tables side by side and alone, a figure.
return {
  id = "profil",
  title = { fr = "Profil", en = "Profile" },
  each = { "level:country" },
  formats = { "pdf", "figure_pdf", "html" },
  plan = function(p)
    p.table {
      id = "sites",
      title = { fr = "Cas par localisation", en = "Cases by site" },
      measure = "cases", person_years = "population",
      territory = "all", site = "every", sex = { "T", "M", "F" }, age = "T",
      period = "all",
      values = { "count", { kind = "crude_rate", interval = true } },
    }
  end,
  page = function(doc)
    local t = doc:table("sites")
    return {
      cover { lines = { "Période d’essai" } },
      contents(),
      heading(1, "L’essentiel " .. doc.place.in_, "essentiel"),
      text("Nombre de cas : " .. t:cell { site = "TOUS", sex = "T", column = "count" }:text()
        .. ", soit 95 % de l’œuvre ; voir les [détails](#details) et le [registre](https://registre.example/données)."),
      text("La surveillance épidémiologique des cancers repose sur l’enregistrement systématique et "
        .. "l’interprétation prudente de données incomplètes : la couverture territoriale est progressive, et "
        .. "les indicateurs ne sont publiés que lorsque leur précision le permet. AVATAR, Tours, fi, fl, ffi."),
      list { "premiers en nombre ;", "puis les autres." },
      text("- hors d’une liste ;\n  - dans une liste ;\n    - plus e\u{301}loigné ;\n- et retour[^bas].\n\n[^bas]: Au pied de la page."),
      note("À noter : une valeur secrète n’est publiée sous aucune forme."),
      heading(2, "Par localisation", "details"),
      doc:chart { table = t, kind = "bar", x = "site", column = "crude_rate", filter = { sex = "T" },
        id = "taux", title = "Taux brut par localisation", reading = "le taux est écrit au bout de sa barre." },
      columns {
        doc:grid { table = t, rows = "site", columns = "count", id = "cas", title = "Cas",
          reading = "une ligne par localisation." },
        doc:grid { table = t, rows = "sex", columns = "crude_rate", id = "taux-sexe", title = "Taux par sexe",
          reading = "une ligne par sexe." },
      },
      heading(3, "Tableau"),
      doc:grid { table = t, rows = { "sex", "site" }, columns = {
          { column = "count", group = "Ensemble" }, { column = "crude_rate", group = "Ensemble" } },
                 title = "Cas par sexe et localisation",
                 reading = "une ligne par localisation." },
      doc:grid { table = t, rows = "site", columns = {
          { column = "count", sex = "M", heading = "Hommes" }, { column = "count", sex = "F", heading = "Femmes" } },
                 title = "Cas des hommes et des femmes",
                 reading = "un sein n’est compté que chez les femmes." },
    }
  end,
}
