/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/check_impl.h"

/* True where the row's measure is counted by `dim`. */
#define COUNTED_BY(dim) "(' ' || m.dimensions || ' ' LIKE '% " dim " %')"
/* A text's number, 0 where it is none. */
#define NUMBER_OF(text)                                                        \
    "CASE WHEN " text " <> '' AND length(" text ") < 10 AND trim(" text        \
    ", '0123456789') = '' THEN CAST(" text " AS INTEGER) ELSE 0 END"
/* "15-44" and "75+": what is left when the digits at both ends are off. */
#define AGES_OF_ITS_OWN                                                        \
    "(f.age NOT LIKE '-%' AND f.age NOT LIKE '%-' AND trim(f.age, "            \
    "'0123456789') = '-') OR (f.age NOT LIKE '+%' AND f.age LIKE '%+' AND "    \
    "trim(f.age, '0123456789') = '+')"
/* Rows that are no stored margin of sex or age. */
#define NO_MARGIN "sex <> 'T' AND age <> 'T'"
/* Of counts, whatever they are: SQLite refuses sums of whole numbers over
 * 2^63, and a rule that could not be asked names no row. */
#define SUM "sum(1.0 * n)"

/* clang-format off */
const struct check_rule check_fact_rules[] = {
    {.id = "fact-measure", .severity = SEVERITY_ERROR,
     .fr = "chaque fait nomme une mesure de sa table",
     .en = "every fact names a measure of its table",
     .tables = "#facts",
     .sql = "SELECT '#', measure FROM (SELECT DISTINCT measure FROM #) AS f "
            "WHERE measure NOT IN (SELECT code FROM measure WHERE table_name "
            "= '#')"},
    {.id = "measure-empty", .severity = SEVERITY_WARNING,
     .fr = "chaque mesure a des faits", .en = "every measure has facts",
     .tables = "#facts",
     .sql = "SELECT '#', code FROM measure AS m WHERE table_name = '#' AND "
            "NOT EXISTS (SELECT 1 FROM # WHERE measure = m.code)"},
    {.id = "fact-territory", .severity = SEVERITY_ERROR,
     .fr = "chaque fait nomme un territoire connu, avec son niveau",
     .en = "every fact names a known territory, with its level",
     .tables = "#facts",
     .sql = "SELECT '#', f.measure, territory_level, territory FROM (SELECT "
            "DISTINCT measure, territory_level, territory FROM #) AS f JOIN "
            "measure AS m ON m.code = f.measure WHERE CASE WHEN "
            COUNTED_BY("territory") " THEN NOT EXISTS (SELECT 1 FROM "
            "territory AS t WHERE t.level = territory_level AND t.code = "
            "territory) ELSE territory_level || territory <> '' END"},
    {.id = "fact-site", .severity = SEVERITY_ERROR,
     .fr = "chaque fait nomme une localisation connue, ou aucune si sa mesure "
           "n’en a pas",
     .en = "every fact names a known site, or none if its measure has none",
     .tables = "#facts",
     .sql = "SELECT '#', f.measure, f.site FROM (SELECT DISTINCT measure, "
            "site FROM #) AS f JOIN measure AS m ON m.code = f.measure WHERE "
            "CASE WHEN " COUNTED_BY("site") " THEN f.site NOT IN (SELECT code "
            "FROM site) ELSE f.site <> '' END"},
    {.id = "fact-sex", .severity = SEVERITY_ERROR,
     .fr = "chaque fait nomme un sexe connu, ou aucun si sa mesure n’en a pas",
     .en = "every fact names a known sex, or none if its measure has none",
     .tables = "#facts",
     .sql = "SELECT '#', f.measure, f.sex FROM (SELECT DISTINCT measure, sex "
            "FROM #) AS f JOIN measure AS m ON m.code = f.measure WHERE CASE "
            "WHEN " COUNTED_BY("sex") " THEN f.sex <> 'T' AND f.sex NOT IN "
            "(SELECT code FROM sex) ELSE f.sex <> '' END"},
    {.id = "fact-age", .severity = SEVERITY_ERROR,
     .fr = "chaque fait nomme une classe d’âges connue, ou aucune si sa "
           "mesure n’en a pas",
     .en = "every fact names a known age class, or none if its measure has "
           "none",
     .tables = "#facts",
     .sql = "SELECT '#', f.measure, f.age FROM (SELECT DISTINCT measure, age "
            "FROM #) AS f JOIN measure AS m ON m.code = f.measure WHERE CASE "
            "WHEN " COUNTED_BY("age") " THEN f.age <> 'T' AND f.age NOT IN "
            "(SELECT code FROM age_class) AND NOT (m.kind IN ('estimate', "
            "'duration') AND (" AGES_OF_ITS_OWN ")) ELSE f.age <> '' END"},
    {.id = "fact-stratum", .severity = SEVERITY_ERROR,
     .fr = "chaque fait nomme une strate connue, ou aucune si sa mesure n’en "
           "a pas",
     .en = "every fact names a known stratum, or none if its measure has none",
     .tables = "stratum #facts",
     .sql = "SELECT '#', f.measure, f.stratum FROM (SELECT DISTINCT measure, "
            "stratum FROM #) AS f JOIN measure AS m ON m.code = f.measure "
            "WHERE CASE WHEN " COUNTED_BY("stratum") " THEN f.stratum <> 'T' "
            "AND f.stratum NOT IN (SELECT code FROM stratum) ELSE f.stratum "
            "<> '' END"},
    {.id = "period-form", .severity = SEVERITY_ERROR,
     .fr = "une période s’écrit AAAA ou AAAA-AAAA",
     .en = "a period is written YYYY or YYYY-YYYY",
     .tables = "measure", .run = check_periods},
    {.id = "period-overlap", .severity = SEVERITY_WARNING,
     .fr = "les périodes d’une mesure ne se chevauchent pas",
     .en = "the periods of a measure do not overlap",
     .tables = "measure", .run = check_period_overlaps},
    {.id = "count-whole", .severity = SEVERITY_ERROR,
     .fr = "un effectif est un nombre entier", .en = "a count is a whole number",
     .tables = "#counts", .by_cell = true,
     .sql = "SELECT '#', measure, territory_level, territory, period, sex, "
            "age, site FROM # WHERE typeof(n) <> 'integer'"},
    {.id = "count-negative", .severity = SEVERITY_ERROR,
     .fr = "aucun effectif n’est négatif", .en = "no count is negative",
     .tables = "#counts",
     .sql = "SELECT '#', measure, territory_level, territory, period, sex, "
            "age, site FROM # WHERE n < 0"},
    {.id = "count-large", .severity = SEVERITY_ERROR,
     .fr = "aucun effectif ne dépasse mille milliards",
     .en = "no count is over a million million",
     .tables = "#counts",
     .sql = "SELECT '#', measure, territory_level, territory, period, sex, "
            "age, site FROM # WHERE n > 1000000000000"},
    {.id = "fact-twice", .severity = SEVERITY_ERROR,
     .fr = "une combinaison de codes n’a qu’une valeur",
     .en = "a combination of codes has one value",
     .tables = "#facts",
     .sql = "SELECT '#', measure, territory_level, territory, period, sex, "
            "age, site, stratum FROM # GROUP BY measure, territory_level, "
            "territory, period, sex, age, site, stratum HAVING count(*) > 1"},
    {.id = "margin-sum", .severity = SEVERITY_ERROR,
     .fr = "un total conservé est la somme de ses parties",
     .en = "a stored total is the sum of its parts",
     .tables = "measure", .run = check_margins},
    {.id = "margin-bare", .severity = SEVERITY_ERROR,
     .fr = "les faits sont au niveau le plus fin : aucun total sans ses "
           "parties",
     .en = "facts are at the finest level: no total without its parts",
     .tables = "measure", .run = check_bare_margins},
    {.id = "sex-specific", .severity = SEVERITY_ERROR,
     .fr = "une localisation propre à un sexe n’a pas de fait pour l’autre",
     .en = "a site of one sex has no facts of the other",
     .tables = "#counts",
     .sql = "SELECT DISTINCT '#', f.site, f.sex FROM # AS f JOIN site AS s ON "
            "s.code = f.site WHERE s.sex <> '' AND f.sex NOT IN (s.sex, 'T', "
            "'') AND n > 0"},
    {.id = "deaths-cases", .severity = SEVERITY_WARNING,
     .fr = "sur l’ensemble, une localisation n’a pas plus de décès que de cas",
     .en = "overall, a site has no more deaths than cases",
     .tables = "cases deaths",
     .sql = "SELECT d.site, d.sex FROM (SELECT site, sex, " SUM " AS n FROM "
            "deaths WHERE measure = 'deaths' AND " NO_MARGIN " AND period IN "
            "(SELECT DISTINCT period FROM cases WHERE measure = 'cases') GROUP "
            "BY site, sex) AS d LEFT JOIN (SELECT site, sex, " SUM " AS n FROM "
            "cases WHERE measure = 'cases' AND " NO_MARGIN " GROUP BY site, "
            "sex) AS c ON c.site = d.site AND c.sex = d.sex WHERE d.n > "
            "coalesce(c.n, 0) AND EXISTS (SELECT 1 FROM cases WHERE measure = "
            "'cases')"},
    {.id = "population-missing", .severity = SEVERITY_ERROR,
     .fr = "il y a une population là où il y a des cas",
     .en = "there is a population where there are cases",
     .tables = "cases population",
     .sql = "SELECT territory_level, territory, period, sex, age FROM (SELECT "
            "territory_level, territory, period, sex, age FROM cases WHERE "
            NO_MARGIN " AND n > 0 AND EXISTS (SELECT 1 FROM measure WHERE kind "
            "= 'person_years' AND dimensions LIKE '%sex%' AND dimensions LIKE "
            "'%age%') EXCEPT SELECT territory_level, territory, period, sex, "
            "age FROM population) AS f"},
    {.id = "population-zero", .severity = SEVERITY_ERROR,
     .fr = "une population n’est pas nulle là où il y a des cas",
     .en = "a population is not zero where there are cases",
     .tables = "cases population",
     .sql = "SELECT DISTINCT p.territory_level, p.territory, p.period, p.sex, "
            "p.age FROM population AS p JOIN cases AS c ON p.territory_level "
            "= c.territory_level AND p.territory = c.territory AND p.period = "
            "c.period AND p.sex = c.sex AND p.age = c.age WHERE p.n = 0 AND "
            "c.n > 0"},
    {.id = "rate-implausible", .severity = SEVERITY_ERROR,
     .fr = "il n’y a pas plus de cas que d’habitants",
     .en = "there are no more cases than inhabitants",
     .tables = "cases population",
     .sql = "SELECT c.territory_level, c.territory, c.period, c.sex, c.age "
            "FROM (SELECT measure, territory_level, territory, period, sex, "
            "age, " SUM " AS n FROM cases WHERE " NO_MARGIN " AND site NOT IN "
            "(SELECT parent FROM site) GROUP BY measure, territory_level, "
            "territory, period, sex, age) AS c JOIN (SELECT territory_level, "
            "territory, period, sex, age, max(n) AS n FROM population GROUP "
            "BY territory_level, territory, period, sex, age) AS p ON "
            "p.territory_level = c.territory_level AND p.territory = "
            "c.territory AND p.period = c.period AND p.sex = c.sex AND p.age "
            "= c.age WHERE c.n > p.n AND p.n > 0"},
    {.id = "year-missing", .severity = SEVERITY_WARNING,
     .fr = "les années d’une mesure se suivent",
     .en = "the years of a measure follow each other",
     .tables = "#counts",
     .sql = "WITH y AS MATERIALIZED (SELECT DISTINCT measure, "
            NUMBER_OF("period") " AS year FROM # WHERE length(period) = 4) "
            "SELECT '#', measure, year + 1 FROM y WHERE year < (SELECT max(z.year) FROM y "
            "AS z WHERE z.measure = y.measure) AND NOT EXISTS (SELECT 1 FROM "
            "y AS z WHERE z.measure = y.measure AND z.year = y.year + 1)"},
    {.id = "year-jump", .severity = SEVERITY_WARNING,
     .fr = "d’une année à l’autre, un total ne double ni ne diminue de moitié",
     .en = "from year to year a total neither doubles nor halves",
     .tables = "#counts",
     .sql = "WITH y AS MATERIALIZED (SELECT measure, " NUMBER_OF("period")
            " AS year, " SUM " AS n FROM # WHERE length(period) = 4 AND " NO_MARGIN
            " GROUP BY measure, period) SELECT '#', b.measure, b.year FROM y "
            "AS a JOIN y AS b ON b.measure = a.measure AND b.year = a.year + "
            "1 WHERE b.n > 2 * a.n OR 2 * b.n < a.n"},
    {.id = "coverage-facts", .severity = SEVERITY_ERROR,
     .fr = "il n’y a pas de fait là où rien n’est couvert",
     .en = "there are no facts where nothing is covered",
     .tables = "coverage #counts",
     .sql = "SELECT DISTINCT '#', c.territory_level, c.territory, c.period, "
            "c.site FROM coverage AS c JOIN measure AS m ON m.table_name = "
            "'#' AND c.source IN (m.code, m.table_name, m.source) JOIN # AS f "
            "ON f.measure = m.code AND f.territory_level = c.territory_level "
            "AND f.territory = c.territory AND f.period = c.period WHERE "
            "c.status IN ('not covered', 'not_covered') AND f.n > 0 AND "
            "(f.site = c.site OR (c.site = '' AND NOT EXISTS (SELECT 1 FROM "
            "coverage AS o WHERE o.territory_level = c.territory_level AND "
            "o.territory = c.territory AND o.period = c.period AND o.source = "
            "c.source AND o.site <> '' AND o.status <> c.status)))"},
    {.id = "interval-order", .severity = SEVERITY_ERROR,
     .fr = "une valeur est entre ses bornes",
     .en = "a value lies between its limits",
     .tables = "#estimates",
     .sql = "SELECT '#', measure, territory_level, territory, period, sex, "
            "age, site, stratum FROM # WHERE NOT (lower <= value AND value <= "
            "upper)"},
    {.id = "interval-half", .severity = SEVERITY_ERROR,
     .fr = "un intervalle a ses deux bornes",
     .en = "an interval has both its limits",
     .tables = "#estimates",
     .sql = "SELECT '#', measure, territory_level, territory, period, sex, "
            "age, site, stratum FROM # WHERE (lower IS NULL) <> (upper IS "
            "NULL)"},
    {.id = "interval-missing", .severity = SEVERITY_REMARK,
     .fr = "chaque estimation a un intervalle",
     .en = "every estimate has an interval",
     .tables = "#estimates",
     .sql = "SELECT DISTINCT '#', measure FROM # WHERE lower IS NULL AND "
            "upper IS NULL"},
    {.id = "estimate-number", .severity = SEVERITY_ERROR,
     .fr = "une estimation est un nombre", .en = "an estimate is a number",
     .tables = "#estimates", .by_cell = true,
     .sql = "SELECT '#', measure, territory_level, territory, period, sex, "
            "age, site, stratum FROM # WHERE typeof(value) NOT IN ('real', "
            "'integer')"},
    {.id = "estimate-status", .severity = SEVERITY_ERROR,
     .fr = "l’état d’une estimation est e, j, p, u ou vide",
     .en = "the status of an estimate is e, j, p, u or empty",
     .tables = "#estimates",
     .sql = "SELECT '#', measure, site, stratum, status FROM # WHERE "
            "trim(status) NOT IN ('', 'e', 'j', 'p', 'u')"},
    {.id = "survival-range", .severity = SEVERITY_ERROR,
     .fr = "une survie est entre 0 et 100 %",
     .en = "survival lies between 0 and 100 %",
     .tables = "survival measure",
     .sql = "SELECT measure, territory_level, territory, period, sex, age, "
            "site, stratum FROM survival WHERE measure IN (SELECT code FROM "
            "measure WHERE kind = 'estimate') AND (value < 0 OR value > 100)"},
    {.id = "survival-horizon", .severity = SEVERITY_ERROR,
     .fr = "une survie ne croît pas avec le délai",
     .en = "survival does not grow with time",
     .tables = "survival",
     .sql = "SELECT b.measure, b.territory_level, b.territory, b.period, "
            "b.sex, b.age, b.site, b.stratum FROM survival AS a JOIN survival "
            "AS b ON a.measure = b.measure AND a.territory_level = "
            "b.territory_level AND a.territory = b.territory AND a.period = "
            "b.period AND a.sex = b.sex AND a.age = b.age AND a.site = b.site "
            "AND " NUMBER_OF("a.stratum") " > 0 AND " NUMBER_OF("a.stratum")
            " < " NUMBER_OF("b.stratum") " WHERE b.value > a.value"},
    {.id = "survival-alive", .severity = SEVERITY_WARNING,
     .fr = "une survie dit combien de personnes étaient en vie",
     .en = "survival tells how many people were alive",
     .tables = "survival", .run = check_alive},
    {.id = "facts-readable", .severity = SEVERITY_ERROR,
     .fr = "tous les faits se lisent comme une publication les lirait",
     .en = "all facts can be read as a release would read them",
     .tables = "measure", .run = check_facts_read},
    {.id = "proportion-bound", .severity = SEVERITY_ERROR,
     .fr = "un numérateur ne dépasse pas son dénominateur",
     .en = "a numerator does not exceed its denominator",
     .tables = "measure", .run = check_proportions},
};
const size_t check_fact_rule_count = COUNT_OF(check_fact_rules);
/* clang-format on */
