/* SPDX-License-Identifier: EUPL-1.2 */
#include "pub/edition_impl.h"

const char edition_schema[] =
    "CREATE TABLE release(key TEXT PRIMARY KEY, value TEXT NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE TABLE registry(place INTEGER PRIMARY KEY, key TEXT NOT NULL,"
    " value TEXT NOT NULL);"
    "CREATE TABLE waiver(place INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
    " reason_fr TEXT NOT NULL, reason_en TEXT NOT NULL,"
    " owner_fr TEXT NOT NULL, owner_en TEXT NOT NULL, date TEXT NOT NULL);"
    "CREATE TABLE rule(place INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
    " label_fr TEXT NOT NULL, label_en TEXT NOT NULL,"
    " threshold INTEGER NOT NULL, population INTEGER NOT NULL,"
    " legal_basis_fr TEXT NOT NULL, legal_basis_en TEXT NOT NULL,"
    " owner_fr TEXT NOT NULL, owner_en TEXT NOT NULL, date TEXT NOT NULL,"
    " about TEXT NOT NULL);"
    "CREATE TABLE alias(place INTEGER PRIMARY KEY, level TEXT NOT NULL,"
    " code TEXT NOT NULL, members TEXT NOT NULL);"
    "CREATE TABLE measure(place INTEGER PRIMARY KEY, code TEXT NOT NULL,"
    " kind INTEGER NOT NULL, unit TEXT NOT NULL, numerator TEXT NOT NULL,"
    " denominator TEXT NOT NULL, confidential INTEGER NOT NULL,"
    " dims INTEGER NOT NULL, source TEXT NOT NULL, method TEXT NOT NULL, "
    "label_fr TEXT NOT NULL,"
    " label_en TEXT NOT NULL);"
    "CREATE TABLE node(dim INTEGER NOT NULL, place INTEGER NOT NULL,"
    " code TEXT NOT NULL, level TEXT NOT NULL, label_fr TEXT NOT NULL,"
    " label_en TEXT NOT NULL, article TEXT NOT NULL, icd10 TEXT NOT NULL,"
    " sex TEXT NOT NULL, parent INTEGER NOT NULL, low INTEGER NOT NULL,"
    " high INTEGER NOT NULL, zone INTEGER NOT NULL, leaves TEXT NOT NULL,"
    " PRIMARY KEY(dim, place)) WITHOUT ROWID;"
    "CREATE TABLE report(place INTEGER PRIMARY KEY, id TEXT NOT NULL,"
    " path TEXT NOT NULL, title_fr TEXT NOT NULL, title_en TEXT NOT NULL,"
    " each_territory TEXT NOT NULL, formats TEXT NOT NULL);"
    "CREATE TABLE sheet(place INTEGER PRIMARY KEY, id TEXT NOT NULL,"
    " report TEXT NOT NULL, title_fr TEXT NOT NULL, title_en TEXT NOT NULL,"
    " note_fr TEXT NOT NULL, note_en TEXT NOT NULL, measure TEXT NOT NULL,"
    " open_data INTEGER NOT NULL, coarsened_fr TEXT NOT NULL,"
    " coarsened_en TEXT NOT NULL, base INTEGER NOT NULL,"
    " window_bases INTEGER NOT NULL, noise_variance INTEGER NOT NULL,"
    " noise_most INTEGER NOT NULL, noise_key INTEGER NOT NULL);"
    "CREATE TABLE sheet_column(sheet INTEGER NOT NULL, place INTEGER NOT NULL,"
    " id TEXT NOT NULL, kind INTEGER NOT NULL, part INTEGER NOT NULL,"
    " standard TEXT NOT NULL, unit TEXT NOT NULL, decimals INTEGER NOT NULL,"
    " lower INTEGER NOT NULL, upper INTEGER NOT NULL,"
    " share_of INTEGER NOT NULL,"
    " PRIMARY KEY(sheet, place)) WITHOUT ROWID;"
    "CREATE TABLE sheet_axis(sheet INTEGER NOT NULL, dim INTEGER NOT NULL,"
    " nodes TEXT NOT NULL, PRIMARY KEY(sheet, dim)) WITHOUT ROWID;"
    "CREATE TABLE cell(sheet INTEGER NOT NULL, line INTEGER NOT NULL,"
    " place INTEGER NOT NULL, status TEXT NOT NULL, value REAL,"
    " flags INTEGER NOT NULL, decimals INTEGER NOT NULL,"
    " PRIMARY KEY(sheet, line, place)) WITHOUT ROWID;"
    "CREATE TABLE coverage(sheet INTEGER NOT NULL, line INTEGER NOT NULL,"
    " share REAL NOT NULL, PRIMARY KEY(sheet, line)) WITHOUT ROWID;";

const struct pub_table *edition_table(const struct edition *edition,
                                      const char *id)
{
    for (size_t t = 0; t < edition->table_count; t++) {
        if (text_same(pub_id(edition->tables[t]), id))
            return edition->tables[t];
    }
    return NULL;
}
