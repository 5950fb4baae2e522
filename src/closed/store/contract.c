/* SPDX-License-Identifier: EUPL-1.2 */
#include <ctype.h>
#include <string.h>

#include "base/num.h"
#include "store/store_impl.h"

/* Words that no aggregated store has a reason to hold in the name of a table
 * or column. Compared word by word, '_' between words, without a plural s. */
static const char *const person_words[] = {
    "patient",   "nir",        "nss",       "ssn",        "ipp",
    "nom",       "prenom",     "surname",   "firstname",  "lastname",
    "naissance", "birth",      "birthdate", "birthday",   "dob",
    "adresse",   "address",    "phone",     "telephone",  "email",
    "pseudonym", "pseudonyme", "individu",  "individual", "insured",
    "assure",    "passport",   "maiden",
};

/* Whole names that say "one row a person". */
static const char *const person_names[] = {
    "person",    "persons",   "personne",        "personnes",
    "people",    "person_id", "id_person",       "first_name",
    "last_name", "full_name", "subject_id",      "tumour_id",
    "tumor_id",  "case_id",   "nhs_number",      "ins",
    "matricule", "num_secu",  "social_security", "social_security_number",
};

enum { NAME_SIZE = 128 };

static void lower(const char *name, char out[NAME_SIZE])
{
    size_t at = 0;
    for (; name[at] && at < NAME_SIZE - 1; at++) {
        char c = name[at];
        out[at] = (char)(c == '-' || c == ' ' || c == '.'
                             ? '_'
                             : tolower((unsigned char)c));
    }
    out[at] = '\0';
}

static bool word_is(const char *at, size_t size, const char *word)
{
    size_t length = strlen(word);
    if (size == length + 1 && at[length] == 's')
        size--;
    return size == length && memcmp(at, word, length) == 0;
}

static bool has_person_word(const char *name)
{
    for (const char *at = name; *at;) {
        size_t size = strcspn(at, "_");
        for (size_t w = 0; w < COUNT_OF(person_words); w++) {
            if (word_is(at, size, person_words[w]))
                return true;
        }
        at += size;
        at += *at == '_';
    }
    return false;
}

static bool person_name(const char *name)
{
    char plain[NAME_SIZE];
    lower(name, plain);
    for (size_t n = 0; n < COUNT_OF(person_names); n++) {
        if (strcmp(plain, person_names[n]) == 0)
            return true;
    }
    return has_person_word(plain);
}

bool contract_person_table(const char *name)
{
    return person_name(name);
}

bool contract_person_column(const char *name)
{
    return person_name(name);
}

const struct relation *catalogue_find(const struct catalogue *catalogue,
                                      const char *name)
{
    for (size_t r = 0; r < catalogue->count; r++) {
        if (text_same(catalogue->relations[r].name, name))
            return &catalogue->relations[r];
    }
    return NULL;
}

static bool check_persons(const struct catalogue *catalogue, struct err *err)
{
    for (size_t r = 0; r < catalogue->count; r++) {
        const struct relation *relation = &catalogue->relations[r];
        if (contract_person_table(relation->name))
            return err_fail(err, ERR_INPUT, "store.person",
                            "table '%s' looks like person records; a store "
                            "holds aggregated counts only",
                            relation->name);
        for (size_t c = 0; c < relation->count; c++) {
            if (contract_person_column(relation->columns[c]))
                return err_fail(err, ERR_INPUT, "store.person",
                                "table '%s': column '%s' looks like a "
                                "person's; a store holds aggregated counts "
                                "only",
                                relation->name, relation->columns[c]);
        }
    }
    return true;
}

const char *relation_type(const struct relation *relation, const char *column)
{
    for (size_t c = 0; c < relation->count; c++) {
        if (text_same(relation->columns[c], column))
            return relation->types[c];
    }
    return NULL;
}

bool catalogue_has(const struct relation *relation, const char *column)
{
    return relation_type(relation, column) != NULL;
}

bool contract_type(const char *type, enum column_kind kind)
{
    if (type[0] == '\0')
        return true;
    switch (kind) {
    case COLUMN_CODE:
    case COLUMN_OPTIONAL:
    case COLUMN_DATE:
    case COLUMN_GRADE:
        return text_same(type, "text");
    case COLUMN_AGE:
    case COLUMN_COUNT:
    case COLUMN_FLAG:
    case COLUMN_ALIVE:
        return text_same(type, "whole");
    case COLUMN_VALUE:
    case COLUMN_LIMIT:
        return text_same(type, "whole") || text_same(type, "number");
    }
    return false;
}

static bool check_column(const struct relation *relation,
                         const struct column_spec *column, struct err *err)
{
    const char *type = relation_type(relation, column->name);
    if (type == NULL)
        return !schema_must_have(column->kind) ||
               err_fail(err, ERR_INPUT, "store.column",
                        "table '%s': no column '%s'", relation->name,
                        column->name);
    return contract_type(type, column->kind) ||
           err_fail(err, ERR_INPUT, "store.type",
                    "table '%s': column '%s' is of type '%s', which the "
                    "contract does not put there",
                    relation->name, column->name, type);
}

static bool check_table(const struct source *source,
                        const struct catalogue *catalogue,
                        const struct table_spec *table, struct err *err)
{
    const struct relation *relation = catalogue_find(catalogue, table->name);
    if (relation == NULL)
        return !table->required || err_fail(err, ERR_INPUT, "store.table",
                                            "no table '%s'", table->name);
    for (size_t c = 0; c < schema_columns(table); c++) {
        if (!check_column(relation, &table->columns[c], err))
            return false;
    }
    const char *order = source->driver->order;
    return table->kind != TABLE_CODES || !source->driver->order_is_there ||
           catalogue_has(relation, order) ||
           err_fail(err, ERR_INPUT, "store.column",
                    "table '%s': no column '%s', which puts the rows in order",
                    table->name, order);
}

/* Person-like names, missing tables and columns: the first breach. */
static bool check_contract(const struct source *source,
                           const struct catalogue *catalogue, struct err *err)
{
    if (!check_persons(catalogue, err))
        return false;
    for (size_t t = 0; t < store_table_count; t++) {
        if (!check_table(source, catalogue, &store_tables[t], err))
            return false;
    }
    return true;
}

bool contract_version(struct arena *closed, const struct source *source,
                      struct err *err)
{
    struct rows rows;
    if (!source_select(closed, source,
                       "SELECT value FROM registry "
                       "WHERE key = 'schema_version'",
                       &rows, err))
        return false;
    if (rows.count == 0)
        return err_fail(err, ERR_INPUT, "store.version",
                        "table 'registry': no key 'schema_version'");
    int64_t version = 0;
    if (!num_parse_int64(rows_at(&rows, 0, 0), &version) ||
        version != STORE_SCHEMA_VERSION)
        return err_fail(err, ERR_INPUT, "store.version",
                        "schema version '%s': this program reads version %d",
                        rows_at(&rows, 0, 0), STORE_SCHEMA_VERSION);
    return true;
}

bool contract_holds(struct arena *closed, const struct source *source,
                    struct err *err)
{
    struct catalogue catalogue;
    return source_catalogue(closed, source, &catalogue, err) &&
           check_contract(source, &catalogue, err) &&
           contract_version(closed, source, err);
}
