/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/schema.h"

#include <string.h>

const char store_schema_sqlite[] = "PRAGMA page_size = 4096;\n"
                                   "PRAGMA encoding = 'UTF-8';\n"
                                   "PRAGMA application_id = 1346458189;\n"
                                   "PRAGMA user_version = 1;\n";

/* One fact table of counts, one of estimates. The key is the whole row but
 * its value: a store cannot hold two values for one combination, and one
 * b-tree is half the size of a table and its index. */
#define FACT_KEY                                                               \
    "  measure TEXT NOT NULL,\n"                                               \
    "  territory_level TEXT NOT NULL DEFAULT '',\n"                            \
    "  territory TEXT NOT NULL DEFAULT '',\n"                                  \
    "  period TEXT NOT NULL DEFAULT '',\n"                                     \
    "  sex TEXT NOT NULL DEFAULT '',\n"                                        \
    "  age TEXT NOT NULL DEFAULT '',\n"                                        \
    "  site TEXT NOT NULL DEFAULT '',\n"                                       \
    "  stratum TEXT NOT NULL DEFAULT '',\n"
#define FACT_PRIMARY_KEY                                                       \
    "  PRIMARY KEY (measure, territory_level, territory, period, sex, age,\n"  \
    "               site, stratum)\n"                                          \
    ") WITHOUT ROWID;\n"
#define COUNT_TABLE(name)                                                      \
    "CREATE TABLE " name " (\n" FACT_KEY                                       \
    "  n INTEGER NOT NULL,\n" FACT_PRIMARY_KEY
#define ESTIMATE_TABLE(name)                                                   \
    "CREATE TABLE " name " (\n" FACT_KEY "  value REAL NOT NULL,\n"            \
    "  lower REAL,\n"                                                          \
    "  upper REAL,\n"                                                          \
    "  status TEXT NOT NULL DEFAULT '',\n"                                     \
    "  grade TEXT NOT NULL DEFAULT '',\n"                                      \
    "  alive INTEGER,\n" FACT_PRIMARY_KEY

const char *const store_schema[] = {
    "CREATE TABLE registry (\n"
    "  key TEXT PRIMARY KEY NOT NULL,\n"
    "  value TEXT NOT NULL\n"
    ");\n",
    "CREATE TABLE territory (\n"
    "  level TEXT NOT NULL,\n"
    "  code TEXT NOT NULL,\n"
    "  parent_level TEXT NOT NULL DEFAULT '',\n"
    "  parent_code TEXT NOT NULL DEFAULT '',\n"
    "  label TEXT NOT NULL,\n"
    "  article TEXT NOT NULL DEFAULT '',\n"
    "  valid_from TEXT NOT NULL DEFAULT '',\n"
    "  valid_to TEXT NOT NULL DEFAULT '',\n"
    "  PRIMARY KEY (level, code)\n"
    ");\n",
    "CREATE TABLE zone (\n"
    "  level TEXT NOT NULL,\n"
    "  code TEXT NOT NULL,\n"
    "  label TEXT NOT NULL,\n"
    "  order_date TEXT NOT NULL DEFAULT '',\n"
    "  PRIMARY KEY (level, code)\n"
    ");\n",
    "CREATE TABLE zone_member (\n"
    "  level TEXT NOT NULL,\n"
    "  code TEXT NOT NULL,\n"
    "  member_level TEXT NOT NULL,\n"
    "  member_code TEXT NOT NULL,\n"
    "  PRIMARY KEY (level, code, member_level, member_code)\n"
    ");\n",
    "CREATE TABLE site (\n"
    "  code TEXT PRIMARY KEY NOT NULL,\n"
    "  parent TEXT NOT NULL DEFAULT '',\n"
    "  label_fr TEXT NOT NULL,\n"
    "  label_en TEXT NOT NULL,\n"
    "  icd10 TEXT NOT NULL DEFAULT '',\n"
    "  sex TEXT NOT NULL DEFAULT ''\n"
    ");\n",
    "CREATE TABLE sex (\n"
    "  code TEXT PRIMARY KEY NOT NULL,\n"
    "  label_fr TEXT NOT NULL,\n"
    "  label_en TEXT NOT NULL\n"
    ");\n",
    "CREATE TABLE age_class (\n"
    "  code TEXT PRIMARY KEY NOT NULL,\n"
    "  low INTEGER NOT NULL,\n"
    "  high INTEGER\n"
    ");\n",
    "CREATE TABLE stratum (\n"
    "  code TEXT PRIMARY KEY NOT NULL,\n"
    "  label_fr TEXT NOT NULL,\n"
    "  label_en TEXT NOT NULL\n"
    ");\n",
    "CREATE TABLE quintile (\n"
    "  code TEXT PRIMARY KEY NOT NULL,\n"
    "  label_fr TEXT NOT NULL,\n"
    "  label_en TEXT NOT NULL\n"
    ");\n",
    "CREATE TABLE measure (\n"
    "  code TEXT PRIMARY KEY NOT NULL,\n"
    "  kind TEXT NOT NULL,\n"
    "  unit TEXT NOT NULL DEFAULT '',\n"
    "  table_name TEXT NOT NULL DEFAULT '',\n"
    "  dimensions TEXT NOT NULL,\n"
    "  numerator TEXT NOT NULL DEFAULT '',\n"
    "  denominator TEXT NOT NULL DEFAULT '',\n"
    "  confidential INTEGER NOT NULL DEFAULT 1,\n"
    "  source TEXT NOT NULL DEFAULT '',\n"
    "  method TEXT NOT NULL DEFAULT '',\n"
    "  label_fr TEXT NOT NULL,\n"
    "  label_en TEXT NOT NULL\n"
    ");\n",
    "CREATE TABLE coverage (\n"
    "  territory_level TEXT NOT NULL,\n"
    "  territory TEXT NOT NULL,\n"
    "  period TEXT NOT NULL,\n"
    "  site TEXT NOT NULL DEFAULT '',\n"
    "  source TEXT NOT NULL DEFAULT '',\n"
    "  status TEXT NOT NULL,\n"
    "  completeness REAL,\n"
    "  PRIMARY KEY (territory_level, territory, period, site, source)\n"
    ");\n",
    COUNT_TABLE("cases"),
    COUNT_TABLE("deaths"),
    COUNT_TABLE("population"),
    COUNT_TABLE("screening"),
    COUNT_TABLE("stage"),
    ESTIMATE_TABLE("survival"),
    ESTIMATE_TABLE("prevalence"),
    ESTIMATE_TABLE("estimate"),
    NULL,
};

#define FACT_SPEC                                                              \
    {"measure", COLUMN_CODE, false},                                           \
        {"territory_level", COLUMN_OPTIONAL, false},                           \
        {"territory", COLUMN_OPTIONAL, false},                                 \
        {"period", COLUMN_OPTIONAL, false}, {"sex", COLUMN_OPTIONAL, false},   \
        {"age", COLUMN_OPTIONAL, false}, {"site", COLUMN_OPTIONAL, false},     \
    {                                                                          \
        "stratum", COLUMN_OPTIONAL, true                                       \
    }
#define LABEL_COLUMNS                                                          \
    {"code", COLUMN_CODE, false}, {"label_fr", COLUMN_CODE, false},            \
    {                                                                          \
        "label_en", COLUMN_CODE, false                                         \
    }
#define COUNT_SPEC(table)                                                      \
    {                                                                          \
        table, TABLE_COUNTS, false,                                            \
        {                                                                      \
            FACT_SPEC,                                                         \
            {                                                                  \
                "n", COLUMN_COUNT, false                                       \
            }                                                                  \
        }                                                                      \
    }
#define ESTIMATE_SPEC(table)                                                   \
    {                                                                          \
        table, TABLE_ESTIMATES, false,                                         \
        {                                                                      \
            FACT_SPEC, {"value", COLUMN_VALUE, false},                         \
                {"lower", COLUMN_LIMIT, false},                                \
                {"upper", COLUMN_LIMIT, false},                                \
                {"status", COLUMN_OPTIONAL, true},                             \
                {"grade", COLUMN_GRADE, true},                                 \
            {                                                                  \
                "alive", COLUMN_ALIVE, true                                    \
            }                                                                  \
        }                                                                      \
    }

/* clang-format off */
const struct table_spec store_tables[] = {
    {"registry", TABLE_CODES, true,
     {{"key", COLUMN_CODE, false}, {"value", COLUMN_OPTIONAL, false}}},
    {"territory", TABLE_CODES, true,
     {{"level", COLUMN_CODE, false}, {"code", COLUMN_CODE, false},
      {"parent_level", COLUMN_OPTIONAL, false},
      {"parent_code", COLUMN_OPTIONAL, false},
      {"label", COLUMN_CODE, false}, {"article", COLUMN_OPTIONAL, true},
      {"valid_from", COLUMN_DATE, true},
      {"valid_to", COLUMN_DATE, true}}},
    {"zone", TABLE_CODES, false,
     {{"level", COLUMN_CODE, false}, {"code", COLUMN_CODE, false},
      {"label", COLUMN_CODE, false}, {"order_date", COLUMN_DATE, true}}},
    {"zone_member", TABLE_CODES, false,
     {{"level", COLUMN_CODE, false}, {"code", COLUMN_CODE, false},
      {"member_level", COLUMN_CODE, false},
      {"member_code", COLUMN_CODE, false}}},
    {"site", TABLE_CODES, true,
     {{"code", COLUMN_CODE, false}, {"parent", COLUMN_OPTIONAL, false},
      {"label_fr", COLUMN_CODE, false}, {"label_en", COLUMN_CODE, false},
      {"icd10", COLUMN_OPTIONAL, false}, {"sex", COLUMN_OPTIONAL, true}}},
    {"sex", TABLE_CODES, true, {LABEL_COLUMNS}},
    {"age_class", TABLE_CODES, true,
     {{"code", COLUMN_CODE, false}, {"low", COLUMN_COUNT, false},
      {"high", COLUMN_AGE, false}}},
    {"stratum", TABLE_CODES, false, {LABEL_COLUMNS}},
    {"quintile", TABLE_CODES, false, {LABEL_COLUMNS}},
    {"measure", TABLE_CODES, true,
     {{"code", COLUMN_CODE, false}, {"kind", COLUMN_CODE, false},
      {"unit", COLUMN_OPTIONAL, false},
      {"table_name", COLUMN_OPTIONAL, false},
      {"dimensions", COLUMN_CODE, false},
      {"numerator", COLUMN_OPTIONAL, true},
      {"denominator", COLUMN_OPTIONAL, true},
      {"confidential", COLUMN_FLAG, false},
      {"source", COLUMN_OPTIONAL, false}, {"method", COLUMN_OPTIONAL, false},
      {"label_fr", COLUMN_CODE, false}, {"label_en", COLUMN_CODE, false}}},
    {"coverage", TABLE_CODES, false,
     {{"territory_level", COLUMN_CODE, false},
      {"territory", COLUMN_CODE, false}, {"period", COLUMN_CODE, false},
      {"site", COLUMN_OPTIONAL, true}, {"source", COLUMN_OPTIONAL, true},
      {"status", COLUMN_CODE, false},
      {"completeness", COLUMN_LIMIT, true}}},
    COUNT_SPEC("cases"),
    COUNT_SPEC("deaths"),
    COUNT_SPEC("population"),
    COUNT_SPEC("screening"),
    COUNT_SPEC("stage"),
    ESTIMATE_SPEC("survival"),
    ESTIMATE_SPEC("prevalence"),
    ESTIMATE_SPEC("estimate"),
};
/* clang-format on */

const size_t store_table_count = COUNT_OF(store_tables);

const struct table_spec *schema_table(const char *name)
{
    for (size_t t = 0; t < store_table_count; t++) {
        if (strcmp(store_tables[t].name, name) == 0)
            return &store_tables[t];
    }
    return NULL;
}

size_t schema_columns(const struct table_spec *table)
{
    size_t count = 0;
    while (count < STORE_MAX_COLUMNS && table->columns[count].name != NULL)
        count++;
    return count;
}

bool schema_must_have(enum column_kind kind)
{
    return kind != COLUMN_GRADE && kind != COLUMN_ALIVE;
}
