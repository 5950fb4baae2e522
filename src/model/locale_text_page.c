/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/locale_impl.h"

/* What workbooks, pages and reports say; how to add a sentence: see
 * locale_text.c. */
/* clang-format off */
static const struct sentence sentences[] = {
    /* states of a release */
    {"document.review",
     {"Version de relecture – ne pas diffuser",
      "Review copy – not for distribution"}},
    {"document.embargo",
     {"Sous embargo jusqu’au {moment}", "Under embargo until {moment}"}},
    {"document.watermark", {"PROVISOIRE", "DRAFT"}},

    /* workbooks */
    {"sheet.cover", {"Couverture", "Cover"}},
    {"sheet.contents", {"Sommaire", "Contents"}},
    {"sheet.notes", {"Notes", "Notes"}},
    {"sheet.name", {"Feuille", "Sheet"}},
    {"sheet.description", {"Description", "Description"}},
    {"sheet.table",
     {"Cette feuille contient un tableau.",
      "This sheet contains one table."}},
    {"sheet.back", {"Retour au sommaire", "Back to contents"}},
    {"sheet.signs",
     {"Les signes [c], [u], [z], [x] et [h] sont expliqués dans la feuille "
      "Notes.",
      "The symbols [c], [u], [z], [x] and [h] are explained in the Notes "
      "sheet."}},
    {"sheet.shorthand", {"Signe", "Symbol"}},
    {"sheet.meaning", {"Signification", "Meaning"}},
    {"sheet.blank",
     {"Aucune cellule n’est vide sans raison\u00a0: un signe remplace toute "
      "valeur absente.",
      "No cell is blank without reason: a symbol stands for every missing "
      "value."}},

    /* pages for browsers */
    {"html.skip", {"Aller au contenu", "Skip to content"}},
    {"html.contents", {"Sommaire", "Contents"}},
    {"html.download", {"Télécharger", "Download"}},
    {"html.download.csv",
     {"Télécharger les données (CSV)",
      "Download the data (CSV)"}},
    {"html.download.svg",
     {"Télécharger la figure (SVG)",
      "Download the figure (SVG)"}},
    {"html.download.xlsx",
     {"Télécharger le classeur (XLSX)",
      "Download the workbook (XLSX)"}},
    {"html.download.pdf",
     {"Télécharger le document (PDF)",
      "Download the document (PDF)"}},
    {"html.search", {"Rechercher", "Search"}},
    {"html.search.none", {"Aucun résultat", "No results"}},
    {"html.filter", {"Filtrer les lignes", "Filter rows"}},
    {"html.sort", {"Trier", "Sort"}},
    {"html.sort.ascending", {"tri croissant", "sorted ascending"}},
    {"html.sort.descending", {"tri décroissant", "sorted descending"}},
    {"html.choose.territory", {"Choisir un territoire", "Choose a territory"}},
    {"html.choose.site", {"Choisir une localisation", "Choose a cancer site"}},
    {"html.choose.sex", {"Choisir un sexe", "Choose a sex"}},
    {"html.show.table", {"Afficher le tableau", "Show the table"}},
    {"html.show.figure", {"Afficher la figure", "Show the figure"}},
    {"html.print", {"Imprimer", "Print"}},
    {"html.copy", {"Copier", "Copy"}},
    {"html.copied", {"Copié", "Copied"}},
    {"html.close", {"Fermer", "Close"}},
    {"html.top", {"Haut de page", "Back to top"}},
    {"html.language", {"English", "Français"}},
    {"html.details", {"Détails", "Details"}},
    {"html.navigation", {"Navigation principale", "Main navigation"}},
    {"html.theme", {"Thème", "Theme"}},
    {"html.offline",
     {"Cette page fonctionne sans connexion.",
      "This page works offline."}},
    {"html.accessibility", {"Accessibilité", "Accessibility"}},
    {"html.scroll", {"Tableau défilant", "Scrollable table"}},

    /* index of a release */
    {"index.title", {"Édition {id}", "Release {id}"}},
    {"index.national", {"Documents nationaux", "National documents"}},
    {"index.territories",
     {"Documents par territoire",
      "Documents by territory"}},
    {"index.data", {"Données ouvertes", "Open data"}},
    {"index.files", {"Fichiers", "Files"}},
    {"index.checksums", {"Sommes de contrôle", "Checksums"}},
    {"index.manifest", {"Manifeste", "Manifest"}},

    /* open data */
    {"data.columns", {"Colonnes", "Columns"}},
    {"data.column", {"Colonne", "Column"}},
    {"data.type", {"Type", "Type"}},
    {"data.codes", {"Listes de codes", "Code lists"}},
    {"data.schema", {"Schéma du tableau", "Table schema"}},
    {"data.title", {"Jeu de données", "Data set"}},
    {"data.updated", {"Mise à jour", "Updated"}},
    {"data.column.territory_level",
     {"Niveau géographique",
      "Geographic level"}},
    {"data.column.territory", {"Code du territoire", "Territory code"}},
    {"data.column.territory_label", {"Nom du territoire", "Territory name"}},
    {"data.column.site", {"Code de la localisation", "Cancer site code"}},
    {"data.column.site_label", {"Localisation", "Cancer site"}},
    {"data.column.sex", {"Sexe", "Sex"}},
    {"data.column.age", {"Classe d’âge", "Age class"}},
    {"data.column.period", {"Année ou période", "Year or period"}},
    {"data.column.stratum", {"Strate", "Stratum"}},
    {"data.column.measure", {"Mesure", "Measure"}},
    {"data.column.value", {"Valeur", "Value"}},
    {"data.column.unit", {"Unité", "Unit"}},
    {"data.column.status",
     {"Statut de la valeur\u00a0: v valeur, c secret statistique, u non "
      "fiable, z sans objet, x non disponible, h non couvert",
      "Status of the value: v value, c confidential, u unreliable, z not "
      "applicable, x not available, h not covered"}},
    {"data.column.flags",
     {"Indications\u00a0: p provisoire, e estimé, j projeté, r révisé, b "
      "rupture de série, a prudence",
      "Flags: p provisional, e estimated, j projected, r revised, b break in "
      "series, a caution"}},
    {"data.column.obs_status",
     {"Statut d’observation SDMX",
      "SDMX observation status"}},
    {"data.column.conf_status",
     {"Statut de confidentialité SDMX",
      "SDMX confidentiality status"}},

    /* statistical secrecy */
    {"disclosure.title",
     {"Secret statistique",
      "Statistical confidentiality"}},
    {"disclosure.rule",
     {"Aucun effectif de 1 à {limit} n’est publié, ni aucune valeur qui "
      "permettrait de le retrouver.",
      "No count from 1 to {limit} is published, nor any value that would "
      "give it back."}},
    {"disclosure.threshold", {"Seuil", "Threshold"}},
    {"disclosure.legal_basis", {"Fondement juridique", "Legal basis"}},
    {"disclosure.owner", {"Responsable de la règle", "Owner of the rule"}},
    {"disclosure.date", {"Date de la règle", "Date of the rule"}},
    {"disclosure.secondary",
     {"D’autres valeurs sont masquées pour qu’aucun total, aucune différence "
      "ni aucun taux ne permette de retrouver une valeur protégée\u202f; "
      "rien ne distingue les unes des autres.",
      "Other values are withheld so that no total, difference or rate gives "
      "back a protected value; nothing tells the ones from the others."}},
    {"disclosure.zeros",
     {"Les effectifs nuls sont publiés.",
      "Zero counts are published."}},
    {"disclosure.audit",
     {"L’ensemble de l’édition est attaqué avant publication comme le ferait "
      "un lecteur averti\u202f; elle n’est publiée que si aucune valeur "
      "protégée n’est retrouvée.",
      "The whole release is attacked before publication as an informed "
      "reader would; it is published only if no protected value is "
      "recovered."}},
    {"disclosure.scope",
     {"Une attaque qui reconstruirait les choix de l’algorithme n’est pas "
      "couverte par cette garantie.",
      "An attack that would reconstruct the choices of the algorithm is "
      "outside this guarantee."}},
    {"disclosure.share",
     {"Part des cellules masquées",
      "Share of cells withheld"}},
    {"disclosure.share.by_table",
     {"Part des cellules masquées par tableau",
      "Share of cells withheld by table"}},
    {"disclosure.cells", {"Cellules", "Cells"}},
    {"disclosure.withheld", {"Cellules masquées", "Cells withheld"}},
    {"disclosure.waivers", {"Dérogations", "Waivers"}},
    {"disclosure.waiver.kind", {"Famille de valeurs", "Family of values"}},
    {"disclosure.waiver.reason", {"Motif", "Reason"}},
    {"disclosure.waiver.none", {"Aucune dérogation.", "No waiver."}},
    {"rule.threshold",
     {"Seuil de {number} personnes", "Threshold of {number} persons"}},
    {"rule.stricter",
     {"Seuil d’au moins {number} personnes",
      "Threshold of at least {number} persons"}},
    {"rule.population_floor",
     {"Aucun effectif non nul publié dans une population de moins de {number} "
      "personnes-années",
      "No count but zero published in a population of fewer than {number} "
      "person-years"}},
    {"rule.non_events",
     {"Le seuil vaut aussi pour le complément\u00a0: population ou personnes "
      "visées, moins l’effectif",
      "The threshold also holds for the complement: population or persons "
      "aimed at, less the count"}},
    {"rule.zeros",
     {"Ni effectif nul ni population entière publiés dans une population de "
      "moins de {number} personnes-années",
      "Neither zero nor the whole population published in a population of "
      "fewer than {number} person-years"}},
    {"rule.structural_zeros",
     {"Zéros que chacun connaît d’avance, toujours publiés",
      "Zeros that everybody knows beforehand, always published"}},
    {"rule.must_show",
     {"Cellules publiées en toute hypothèse", "Cells always published"}},
    {"rule.must_suppress",
     {"Cellules jamais publiées", "Cells never published"}},
    {"rule.everywhere", {"Toutes les cellules", "All cells"}},
    {"rule.structural_zeros.everywhere",
     {"Localisations propres à un sexe, territoires non couverts",
      "Sites of one sex, territories not covered"}},
    {"rule.list", {"Liste de cellules", "A list of cells"}},
    {"disclosure.different",
     {"Le secret protège les personnes, la fiabilité avertit du "
      "hasard\u00a0: ce sont deux règles différentes.",
      "Confidentiality protects people, reliability warns about chance: they "
      "are two different rules."}},

    /* methods */
    {"methods.title", {"Méthodes", "Methods"}},
    {"methods.definitions", {"Définitions", "Definitions"}},
    {"methods.sources", {"Sources", "Sources"}},
    {"methods.coverage",
     {"Couverture des sources",
      "Coverage of the sources"}},
    {"methods.coverage.observed", {"observé", "observed"}},
    {"methods.coverage.partial", {"partiel", "partial"}},
    {"methods.coverage.estimated", {"estimé", "estimated"}},
    {"methods.coverage.projected", {"projeté", "projected"}},
    {"methods.coverage.none", {"non couvert", "not covered"}},
    {"methods.count",
     {"Nombre d’événements survenus chez les habitants du territoire pendant "
      "la période.",
      "Number of events among residents of the territory during the period."}},
    {"methods.crude_rate",
     {"Le taux brut est le nombre d’événements rapporté aux "
      "personnes-années, pour 100\u202f000.",
      "The crude rate is the number of events over person-years, per "
      "100,000."}},
    {"methods.asr",
     {"Le taux standardisé est le taux qu’aurait la population si elle avait "
      "la structure par âge d’une population de référence.",
      "The age-standardised rate is the rate the population would have with "
      "the age structure of a reference population."}},
    {"methods.standard",
     {"Population de référence\u00a0: {standard}.",
      "Reference population: {standard}."}},
    {"methods.interval",
     {"Intervalles de confiance à 95\u00a0%\u00a0: loi exacte de Poisson "
      "pour les effectifs et les taux bruts, méthode de Fay et Feuer pour "
      "les taux standardisés, méthode de Wilson pour les proportions.",
      "95% confidence intervals: exact Poisson for counts and crude rates, "
      "Fay and Feuer for standardised rates, Wilson for proportions."}},
    {"methods.survival",
     {"Survie nette\u00a0: survie si le cancer était la seule cause de décès.",
      "Net survival: survival if cancer were the only cause of death."}},
    {"methods.prevalence",
     {"Prévalence\u00a0: personnes en vie à une date donnée qui ont eu un "
      "cancer.",
      "Prevalence: people alive at a given date who have had a cancer."}},
    {"methods.rounding",
     {"Les valeurs sont arrondies\u202f; les totaux peuvent différer de la "
      "somme de leurs parties.",
      "Values are rounded; totals may differ from the sum of their parts."}},
    {"methods.association",
     {"Une association entre deux indicateurs n’est pas une relation de "
      "cause à effet.",
      "An association between two indicators is not a causal relation."}},
    {"methods.abbreviations", {"Sigles et abréviations", "Abbreviations"}},
    {"methods.glossary", {"Glossaire", "Glossary"}},

    /* reports: what page() makes of published values */
    {"report.title", {"{title} – {place}", "{title} – {place}"}},
    {"report.column", {"{column} – {part}", "{column} – {part}"}},
    {"report.asr",
     {"Taux standardisé, {standard}", "Age-standardised rate, {standard}"}},
    {"report.no_value",
     {"valeur non publiée ({reason})", "value not published ({reason})"}},
    {"report.site",
     {"«\u00a0{site}\u00a0»", "“{site}”"}},
    {"report.reading", {"{context}\u00a0: {value}.", "{context}: {value}."}},
    {"report.source",
     {"{sources}. Traitement\u00a0: {release}.",
      "{sources}. Processing: {release}."}},
    {"report.grades",
     {"Notes des estimations calibrées\u00a0: A++ et A+, erreurs de "
      "prédiction faibles\u202f; B--, erreurs trop grandes, valeur non "
      "fiable.",
      "Grades of calibrated estimates: A++ and A+, small errors of "
      "prediction; B--, errors too large, value unreliable."}},
    {"report.all_flags",
     {"Toutes les valeurs\u00a0: {flags}.", "All values: {flags}."}},

    /* reliability */
    {"reliability.title", {"Fiabilité", "Reliability"}},
    {"reliability.withheld",
     {"Un taux fondé sur moins de {limit} événements n’est pas publié.",
      "A rate based on fewer than {limit} events is not published."}},
    {"reliability.caution",
     {"Un taux fondé sur {low} à {high} événements est publié avec une mise "
      "en garde.",
      "A rate based on {low} to {high} events is published with a caution."}},
    {"reliability.zeros",
     {"Cette règle ne s’applique pas aux effectifs nuls.",
      "This rule does not apply to zero counts."}},

    /* comparisons, only with estimate and interval at hand */
    {"compare.above", {"supérieur à {reference}", "above {reference}"}},
    {"compare.below", {"inférieur à {reference}", "below {reference}"}},
    {"compare.similar",
     {"non significativement différent de {reference}",
      "not significantly different from {reference}"}},
    {"compare.title",
     {"Comparaison avec {reference}",
      "Comparison with {reference}"}},
    {"trend.up", {"en augmentation", "increasing"}},
    {"trend.down", {"en diminution", "decreasing"}},
    {"trend.flat",
     {"sans évolution significative",
      "with no significant change"}},
    {"trend.flat.rule",
     {"les intervalles de confiance des deux valeurs se recoupent",
      "the confidence intervals of the two values overlap"}},
    {"trend.apart.rule",
     {"les intervalles de confiance des deux valeurs ne se recoupent pas",
      "the confidence intervals of the two values do not overlap"}},
    {"verb.missing.rule",
     {"une valeur n’est pas publiée\u00a0: rien n’en est dit",
      "a value is not published: nothing is said of it"}},

    {"verb.missing.one",
     {"n’a pas de valeur publiée", "has no published value"}},
    {"verb.missing.many",
     {"n’ont pas de valeur publiée", "have no published value"}},

    /* verbs: what model/verb.h decides, and why */
    {"verb.change.above.one", {"augmente", "increases"}},
    {"verb.change.above.many", {"augmentent", "increase"}},
    {"verb.change.below.one", {"diminue", "decreases"}},
    {"verb.change.below.many", {"diminuent", "decrease"}},
    {"verb.change.stable.one", {"reste stable", "remains stable"}},
    {"verb.change.stable.many", {"restent stables", "remain stable"}},
    {"verb.change.open.one",
     {"n’a pas d’évolution établie", "shows no established change"}},
    {"verb.change.open.many",
     {"n’ont pas d’évolution établie", "show no established change"}},
    {"verb.difference.above.one", {"dépasse {reference}", "exceeds {reference}"}},
    {"verb.difference.above.many", {"dépassent {reference}", "exceed {reference}"}},
    {"verb.difference.below.one", {"reste au-dessous de {reference}", "is below {reference}"}},
    {"verb.difference.below.many", {"restent au-dessous de {reference}", "are below {reference}"}},
    {"verb.difference.stable.one", {"est proche de {reference}", "is close to {reference}"}},
    {"verb.difference.stable.many", {"sont proches de {reference}", "are close to {reference}"}},
    {"verb.difference.open.one",
     {"ne se distingue pas de {reference}", "cannot be told apart from {reference}"}},
    {"verb.difference.open.many",
     {"ne se distinguent pas de {reference}", "cannot be told apart from {reference}"}},
    {"verb.ratio.above.one", {"dépasse {reference}", "exceeds {reference}"}},
    {"verb.ratio.above.many", {"dépassent {reference}", "exceed {reference}"}},
    {"verb.ratio.below.one", {"reste au-dessous de {reference}", "is below {reference}"}},
    {"verb.ratio.below.many", {"restent au-dessous de {reference}", "are below {reference}"}},
    {"verb.ratio.stable.one", {"est proche de {reference}", "is close to {reference}"}},
    {"verb.ratio.stable.many", {"sont proches de {reference}", "are close to {reference}"}},
    {"verb.ratio.open.one",
     {"ne se distingue pas de {reference}", "cannot be told apart from {reference}"}},
    {"verb.ratio.open.many",
     {"ne se distinguent pas de {reference}", "cannot be told apart from {reference}"}},
    {"verb.rule.above",
     {"l’intervalle de confiance est au-dessus de {neutral} et l’estimation "
      "vaut au moins {high}",
      "the confidence interval is above {neutral} and the estimate is at "
      "least {high}"}},
    {"verb.rule.below",
     {"l’intervalle de confiance est au-dessous de {neutral} et l’estimation "
      "vaut au plus {low}",
      "the confidence interval is below {neutral} and the estimate is at most "
      "{low}"}},
    {"verb.rule.stable",
     {"l’intervalle de confiance est tout entier entre {low} et {high}",
      "the whole confidence interval is between {low} and {high}"}},
    {"verb.rule.open",
     {"l’intervalle de confiance n’établit ni un écart au-delà de {low} ou de "
      "{high}, ni son absence",
      "the confidence interval establishes neither a departure beyond {low} "
      "or {high} nor its absence"}},
    {"list.and", {"{list} et {last}", "{list} and {last}"}},
    {"list.separator", {", ", ", "}},
    {"yes", {"oui", "yes"}},
    {"no", {"non", "no"}},
    /* the structure of a document */
    {"heading.numbered", {"{label}\u00a0 {title}", "{label}\u00a0 {title}"}},
    {"heading.annex", {"Annexe {letter}", "Annex {letter}"}},
    {"figure.numbered", {"{label}\u00a0\u2013 {title}", "{label}. {title}"}},
    {"reference.chapter", {"chapitre\u00a0{number}", "chapter\u00a0{number}"}},
    {"reference.section", {"section\u00a0{number}", "section\u00a0{number}"}},
    {"reference.title",
     {"«\u00a0{title}\u00a0»", "\u201c{title}\u201d"}},
    {"reference.page", {", page\u00a0", ", page\u00a0"}},
    {"abbreviation.line", {"\u00a0: {expansion}", ": {expansion}"}},
    {"notes.title", {"Notes", "Notes"}},
    {"notes.back", {"Retour à l’appel de la note {number}",
                    "Back to the call of note {number}"}},
};
/* clang-format on */

const struct sentence_list locale_text_pages = {sentences, COUNT_OF(sentences)};
