/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/check_impl.h"

/* clang-format off */
const struct check_rule check_structure_rules[] = {
    {.id = "person", .severity = SEVERITY_ERROR,
     .fr = "aucune table ni colonne ne décrit des personnes",
     .en = "no table or column describes persons",
     .tables = "", .run = check_persons},
    {.id = "table-missing", .severity = SEVERITY_ERROR,
     .fr = "les tables obligatoires sont là",
     .en = "the required tables are there",
     .tables = "", .run = check_tables},
    {.id = "column-missing", .severity = SEVERITY_ERROR,
     .fr = "chaque table a toutes ses colonnes",
     .en = "every table has all its columns",
     .tables = "", .run = check_columns},
    {.id = "schema-version", .severity = SEVERITY_ERROR,
     .fr = "la version du schéma est celle que le programme lit",
     .en = "the schema version is the one this program reads",
     .tables = "", .run = check_version},
    {.id = "text-encoding", .severity = SEVERITY_ERROR,
     .fr = "les textes sont en UTF-8", .en = "texts are UTF-8",
     .tables = "", .run = check_encoding},
};
const size_t check_structure_rule_count = COUNT_OF(check_structure_rules);

const struct check_rule check_code_rules[] = {
    {.id = "registry-key", .severity = SEVERITY_WARNING,
     .fr = "le registre dit son nom, sa date d’extraction, le millésime de "
           "ses codes et son instantané",
     .en = "the registry gives name, extraction date, code vintage and "
           "snapshot",
     .tables = "registry",
     .sql = "SELECT k FROM (SELECT 'name' AS k UNION ALL "
            "SELECT 'extraction_date' UNION ALL SELECT 'code_vintage' "
            "UNION ALL SELECT 'snapshot') AS keys WHERE NOT EXISTS (SELECT 1 "
            "FROM registry WHERE key = k AND value <> '')"},
    {.id = "extraction-date", .severity = SEVERITY_WARNING,
     .fr = "la date d’extraction est une date (AAAA-MM-JJ)",
     .en = "the extraction date is a date (YYYY-MM-DD)",
     .tables = "registry", .run = check_extraction_date},
    {.id = "level-word", .severity = SEVERITY_REMARK,
     .fr = "chaque niveau a un nom en français et en anglais",
     .en = "every level has a word in French and English",
     .tables = "registry territory",
     .sql = "SELECT DISTINCT level, lang FROM territory, (SELECT 'fr' AS lang "
            "UNION ALL SELECT 'en') AS langs WHERE NOT EXISTS (SELECT 1 FROM "
            "registry WHERE key = 'level.' || level || '.' || lang)"},
    {.id = "measure-english", .severity = SEVERITY_REMARK,
     .fr = "la source et la méthode de chaque mesure ont un texte anglais "
           "(clés source.CODE.en et method.CODE.en du registre)",
     .en = "source and method of every measure have an English text (keys "
           "source.CODE.en and method.CODE.en of the registry)",
     .tables = "registry measure",
     .sql = "SELECT what || '.' || code || '.en' FROM (SELECT 'source' AS "
            "what, code, source AS said FROM measure UNION ALL SELECT "
            "'method', code, method FROM measure) AS texts WHERE said <> '' "
            "AND NOT EXISTS (SELECT 1 FROM registry WHERE key = what || '.' "
            "|| code || '.en' AND value <> '')"},
    {.id = "code-space", .severity = SEVERITY_ERROR,
     .fr = "aucun code n’est vide ni bordé d’espaces",
     .en = "no code is empty or has spaces around it",
     .tables = "territory site sex age_class measure",
     .sql = "SELECT what, '«' || code || '»' FROM ("
            "SELECT 'territory' AS what, code FROM territory "
            "UNION ALL SELECT 'territory', level FROM territory "
            "UNION ALL SELECT 'site', code FROM site "
            "UNION ALL SELECT 'sex', code FROM sex "
            "UNION ALL SELECT 'age_class', code FROM age_class "
            "UNION ALL SELECT 'measure', code FROM measure) AS codes "
            "WHERE code <> trim(code) OR code = ''"},
    {.id = "code-zero", .severity = SEVERITY_WARNING,
     .fr = "aucun code de territoire n’a perdu son zéro de tête",
     .en = "no territory code has lost its leading zero",
     .tables = "territory",
     .sql = "SELECT level, code FROM territory AS t WHERE "
            "trim(code, '0123456789') = '' AND length(code) < (SELECT "
            "length(code) FROM territory AS u WHERE u.level = t.level GROUP BY "
            "length(code) ORDER BY count(*) DESC, length(code) LIMIT 1)"},
    {.id = "code-text", .severity = SEVERITY_ERROR,
     .fr = "les codes sont des textes, jamais des nombres",
     .en = "codes are texts, never numbers",
     .tables = "territory site age_class", .by_cell = true,
     .sql = "SELECT 'territory', level, code FROM territory WHERE "
            "typeof(code) <> 'text' UNION ALL SELECT 'site', '', code FROM "
            "site WHERE typeof(code) <> 'text' UNION ALL SELECT 'age_class', "
            "'', code FROM age_class WHERE typeof(code) <> 'text'"},
    {.id = "code-twice", .severity = SEVERITY_ERROR,
     .fr = "un code n’est défini qu’une fois",
     .en = "a code is defined once",
     .tables = "territory site sex age_class measure",
     .sql = "SELECT 'territory', level, code FROM territory GROUP BY level, "
            "code HAVING count(*) > 1 UNION ALL SELECT 'site', '', code FROM "
            "site GROUP BY code HAVING count(*) > 1 UNION ALL SELECT 'sex', "
            "'', code FROM sex GROUP BY code HAVING count(*) > 1 UNION ALL "
            "SELECT 'age_class', '', code FROM age_class GROUP BY code HAVING "
            "count(*) > 1 UNION ALL SELECT 'measure', '', code FROM measure "
            "GROUP BY code HAVING count(*) > 1"},
    {.id = "label-missing", .severity = SEVERITY_ERROR,
     .fr = "chaque code a ses libellés",
     .en = "every code has its labels",
     .tables = "territory site sex measure",
     .sql = "SELECT 'territory', level, code FROM territory WHERE "
            "trim(label) = '' UNION ALL SELECT 'site', '', code FROM site "
            "WHERE trim(label_fr) = '' OR trim(label_en) = '' UNION ALL "
            "SELECT 'sex', '', code FROM sex WHERE trim(label_fr) = '' OR "
            "trim(label_en) = '' UNION ALL SELECT 'measure', '', code FROM "
            "measure WHERE trim(label_fr) = '' OR trim(label_en) = ''"},
    {.id = "territory-root", .severity = SEVERITY_ERROR,
     .fr = "un seul territoire n’a pas de parent",
     .en = "exactly one territory has no parent",
     .tables = "territory",
     .sql = "SELECT 'aucun / none' FROM registry WHERE key = 'schema_version' "
            "AND NOT EXISTS (SELECT 1 FROM territory WHERE parent_code = '') "
            "UNION ALL SELECT level || ' ' || code FROM territory WHERE "
            "parent_code = '' AND (SELECT count(*) FROM territory WHERE "
            "parent_code = '') > 1"},
    {.id = "territory-orphan", .severity = SEVERITY_ERROR,
     .fr = "le parent d’un territoire existe",
     .en = "the parent of a territory exists",
     .tables = "territory",
     .sql = "SELECT level, code FROM territory AS t WHERE parent_code <> '' "
            "AND NOT EXISTS (SELECT 1 FROM territory AS p WHERE p.level = "
            "t.parent_level AND p.code = t.parent_code)"},
    {.id = "territory-cycle", .severity = SEVERITY_ERROR,
     .fr = "aucun territoire n’est une partie de lui-même",
     .en = "no territory is a part of itself",
     .tables = "territory",
     .sql = "WITH RECURSIVE up(level, code, at_level, at_code) AS (SELECT "
            "level, code, parent_level, parent_code FROM territory UNION "
            "SELECT up.level, up.code, t.parent_level, t.parent_code FROM up "
            "JOIN territory AS t ON t.level = at_level AND t.code = at_code) "
            "SELECT level, code FROM up WHERE level = at_level AND code = "
            "at_code"},
    {.id = "territory-dates", .severity = SEVERITY_WARNING,
     .fr = "les dates de validité sont des dates, dans l’ordre",
     .en = "dates of validity are dates, in order",
     .tables = "territory", .run = check_territory_dates},
    {.id = "zone-date", .severity = SEVERITY_WARNING,
     .fr = "la date de l’arrêté d’une zone est une date (AAAA-MM-JJ)",
     .en = "the order date of a zone is a date (YYYY-MM-DD)",
     .tables = "zone", .run = check_zone_dates},
    {.id = "article-missing", .severity = SEVERITY_REMARK,
     .fr = "chaque territoire a ses formes « dans », « de »",
     .en = "every territory has its French prefixes",
     .tables = "territory",
     .sql = "SELECT level, code FROM territory WHERE article = ''"},
    {.id = "article-form", .severity = SEVERITY_WARNING,
     .fr = "un article a deux formes séparées par une barre",
     .en = "an article has two forms separated by a bar",
     .tables = "territory",
     .sql = "SELECT level, code FROM territory WHERE article <> '' AND "
            "length(article) - length(replace(article, '|', '')) <> 1"},
    {.id = "site-root", .severity = SEVERITY_ERROR,
     .fr = "une seule localisation n’a pas de parent",
     .en = "exactly one site has no parent",
     .tables = "site",
     .sql = "SELECT 'aucune / none' FROM registry WHERE key = "
            "'schema_version' AND NOT EXISTS (SELECT 1 FROM site WHERE parent "
            "= '') UNION ALL SELECT code FROM site WHERE parent = '' AND "
            "(SELECT count(*) FROM site WHERE parent = '') > 1"},
    {.id = "site-orphan", .severity = SEVERITY_ERROR,
     .fr = "le parent d’une localisation existe",
     .en = "the parent of a site exists",
     .tables = "site",
     .sql = "SELECT code FROM site AS s WHERE parent <> '' AND NOT EXISTS "
            "(SELECT 1 FROM site AS p WHERE p.code = s.parent)"},
    {.id = "site-cycle", .severity = SEVERITY_ERROR,
     .fr = "aucune localisation n’est une partie d’elle-même",
     .en = "no site is a part of itself",
     .tables = "site",
     .sql = "WITH RECURSIVE up(code, at) AS (SELECT code, parent FROM site "
            "UNION SELECT up.code, s.parent FROM up JOIN site AS s ON s.code "
            "= at) SELECT code FROM up WHERE code = at"},
    {.id = "site-sex", .severity = SEVERITY_ERROR,
     .fr = "le sexe d’une localisation est vide ou un code de la table des "
           "sexes",
     .en = "the sex of a site is empty or a code of the table of sexes",
     .tables = "site sex",
     .sql = "SELECT code FROM site WHERE sex <> '' AND sex NOT IN (SELECT "
            "code FROM sex)"},
    {.id = "site-sex-group", .severity = SEVERITY_WARNING,
     .fr = "les parties d’une localisation d’un seul sexe sont de ce sexe",
     .en = "the parts of a site of one sex are of that sex",
     .tables = "site",
     .sql = "SELECT s.code FROM site AS s JOIN site AS p ON p.code = s.parent "
            "WHERE p.sex <> '' AND s.sex <> p.sex"},
    {.id = "icd10-missing", .severity = SEVERITY_REMARK,
     .fr = "chaque localisation a ses codes CIM-10",
     .en = "every site has its ICD-10 codes",
     .tables = "site", .sql = "SELECT code FROM site WHERE icd10 = ''"},
    {.id = "icd10-overlap", .severity = SEVERITY_WARNING,
     .fr = "deux localisations voisines n’ont pas de code CIM-10 en commun",
     .en = "two neighbouring sites share no ICD-10 code",
     .tables = "site", .run = check_icd10_siblings},
    {.id = "icd10-parent", .severity = SEVERITY_WARNING,
     .fr = "les codes CIM-10 d’une localisation sont parmi ceux de son parent",
     .en = "the ICD-10 codes of a site are among those of its parent",
     .tables = "site", .run = check_icd10_parents},
    {.id = "sex-code", .severity = SEVERITY_ERROR,
     .fr = "les sexes sont M et F", .en = "the sexes are M and F",
     .tables = "sex",
     .sql = "SELECT code FROM sex WHERE code NOT IN ('M', 'F')"},
    {.id = "age-gap", .severity = SEVERITY_ERROR,
     .fr = "les classes d’âges vont de 0 à la dernière, ouverte, sans trou",
     .en = "age classes run from 0 to the last, open one without a gap",
     .tables = "age_class", .run = check_age_gaps},
    {.id = "age-overlap", .severity = SEVERITY_ERROR,
     .fr = "les classes d’âges ne se chevauchent pas",
     .en = "age classes do not overlap",
     .tables = "age_class", .run = check_age_overlaps},
    {.id = "zone-member", .severity = SEVERITY_ERROR,
     .fr = "une zone et ses membres existent",
     .en = "a zone and its members exist",
     .tables = "zone zone_member",
     .sql = "SELECT level, code, member_level, member_code FROM zone_member "
            "AS m WHERE NOT EXISTS (SELECT 1 FROM zone AS z WHERE z.level = "
            "m.level AND z.code = m.code) OR NOT EXISTS (SELECT 1 FROM "
            "territory AS t WHERE t.level = m.member_level AND t.code = "
            "m.member_code)"},
    {.id = "zone-empty", .severity = SEVERITY_ERROR,
     .fr = "une zone a des membres", .en = "a zone has members",
     .tables = "zone zone_member",
     .sql = "SELECT level, code FROM zone AS z WHERE NOT EXISTS (SELECT 1 "
            "FROM zone_member AS m WHERE m.level = z.level AND m.code = "
            "z.code)"},
    {.id = "quintile-partition", .severity = SEVERITY_ERROR,
     .fr = "chaque territoire de base est dans un quintile et un seul",
     .en = "every leaf territory is in one quintile and one only",
     .tables = "zone zone_member",
     .sql = "WITH RECURSIVE part(zone, level, code) AS (SELECT code, "
            "member_level, member_code FROM zone_member WHERE level = "
            "'quintile' UNION SELECT zone, t.level, t.code FROM part JOIN "
            "territory AS t ON t.parent_level = part.level AND t.parent_code "
            "= part.code) SELECT level, code FROM territory AS t WHERE EXISTS "
            "(SELECT 1 FROM zone WHERE level = 'quintile') AND NOT EXISTS "
            "(SELECT 1 FROM territory AS c WHERE c.parent_level = t.level AND "
            "c.parent_code = t.code) AND (SELECT count(*) FROM part WHERE "
            "part.level = t.level AND part.code = t.code) <> 1"},
    {.id = "quintile-label", .severity = SEVERITY_REMARK,
     .fr = "chaque quintile a ses libellés dans les deux langues",
     .en = "every quintile has its labels in both languages",
     .tables = "zone quintile",
     .sql = "SELECT code FROM zone WHERE level = 'quintile' AND code NOT IN "
            "(SELECT code FROM quintile WHERE label_fr <> '' AND label_en <> "
            "'')"},
    {.id = "measure-word", .severity = SEVERITY_ERROR,
     .fr = "nature, dimensions et table d’une mesure sont des mots du contrat",
     .en = "kind, dimensions and table of a measure are words of the contract",
     .tables = "measure", .run = check_measure_words},
    {.id = "measure-parts", .severity = SEVERITY_ERROR,
     .fr = "numérateur et dénominateur d’une proportion sont des mesures",
     .en = "numerator and denominator of a proportion are measures",
     .tables = "measure",
     .sql = "SELECT code FROM measure AS m WHERE kind = 'proportion' AND "
            "(SELECT count(*) FROM measure AS p WHERE p.code IN (m.numerator, "
            "m.denominator) AND p.kind IN ('count', 'person_years')) <> 2"},
    {.id = "measure-source", .severity = SEVERITY_ERROR,
     .fr = "chaque mesure dit sa source et sa méthode",
     .en = "every measure gives its source and method",
     .tables = "measure",
     .sql = "SELECT code FROM measure WHERE trim(source) = '' OR "
            "trim(method) = ''"},
    {.id = "measure-unit", .severity = SEVERITY_REMARK,
     .fr = "chaque mesure a une unité", .en = "every measure has a unit",
     .tables = "measure",
     .sql = "SELECT code FROM measure WHERE trim(unit) = ''"},
    {.id = "measure-open", .severity = SEVERITY_WARNING,
     .fr = "cas, décès et stades sont déclarés confidentiels",
     .en = "cases, deaths and stages are declared confidential",
     .tables = "measure",
     .sql = "SELECT code FROM measure WHERE kind = 'count' AND table_name IN "
            "('cases', 'deaths', 'stage') AND confidential = 0"},
    {.id = "coverage-territory", .severity = SEVERITY_ERROR,
     .fr = "la couverture nomme des territoires connus",
     .en = "coverage names known territories",
     .tables = "coverage",
     .sql = "SELECT territory_level, territory FROM coverage AS c WHERE NOT "
            "EXISTS (SELECT 1 FROM territory AS t WHERE t.level = "
            "c.territory_level AND t.code = c.territory)"},
    {.id = "coverage-site", .severity = SEVERITY_ERROR,
     .fr = "la couverture nomme des localisations connues",
     .en = "coverage names known sites",
     .tables = "coverage",
     .sql = "SELECT site FROM coverage WHERE site <> '' AND site NOT IN "
            "(SELECT code FROM site)"},
    {.id = "coverage-status", .severity = SEVERITY_ERROR,
     .fr = "l’état de couverture est observed, partial, estimated, projected "
           "ou not covered",
     .en = "a coverage status is observed, partial, estimated, projected or "
           "not covered",
     .tables = "coverage",
     .sql = "SELECT territory_level, territory, period, status FROM coverage "
            "WHERE status NOT IN ('observed', 'partial', 'estimated', "
            "'projected', 'not covered', 'not_covered')"},
    {.id = "coverage-completeness", .severity = SEVERITY_ERROR,
     .fr = "l’exhaustivité est entre 0 et 1",
     .en = "completeness lies between 0 and 1",
     .tables = "coverage",
     .sql = "SELECT territory_level, territory, period FROM coverage WHERE "
            "completeness < 0 OR completeness > 1"},
    {.id = "coverage-source", .severity = SEVERITY_WARNING,
     .fr = "la source d’une couverture est une mesure, une table ou la source "
           "d’une mesure",
     .en = "the source of a coverage row is a measure, a table or a measure's "
           "source",
     .tables = "coverage measure",
     .sql = "SELECT DISTINCT source FROM coverage WHERE source <> '' AND "
            "source NOT IN (SELECT code FROM measure UNION SELECT table_name "
            "FROM measure UNION SELECT source FROM measure)"},
    {.id = "codes-readable", .severity = SEVERITY_ERROR,
     .fr = "les listes de codes se lisent comme une publication les lirait",
     .en = "code lists can be read as a release would read them",
     .tables = "", .run = check_codes_read},
};
const size_t check_code_rule_count = COUNT_OF(check_code_rules);
/* clang-format on */
