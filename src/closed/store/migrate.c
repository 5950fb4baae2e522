/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/utf8.h"
#include "store/writer.h"

struct migration {
    struct arena *closed;
    struct store *from;
    struct catalogue catalogue;
    struct writer *writer;
    const struct table_spec *table; /* whose rows come */
};

/* The codes that a row begins with: what names it, and no number. */
static const char *name_of(const struct migration *migration,
                           const struct row *row)
{
    enum { LIST_KEY = 2, FACT_KEY = FACT_COLUMNS + 1 };
    struct text name = text_new(migration->closed);
    size_t count = migration->table->kind == TABLE_CODES ? LIST_KEY : FACT_KEY;
    for (size_t c = 0; c < count; c++) {
        const struct cell *cell = &row->cells[c];
        if (cell->type != CELL_TEXT || cell->size == 0 ||
            !utf8_valid(cell->at, cell->size))
            continue;
        text_add(&name, name.size > 0 ? ", " : "");
        text_add_bytes(&name, cell->at, cell->size);
    }
    return name.at;
}

static bool take_row(void *context, const struct row *row, struct err *err)
{
    struct migration *migration = context;
    switch (writer_cells(migration->writer, migration->table, row, err)) {
    case WRITER_OK:
        return true;
    case WRITER_DUPLICATE:
        return err_fail(err, ERR_INPUT, "store.twice",
                        "row (%s): two rows have the same key",
                        name_of(migration, row));
    case WRITER_FAILED:
        return err_wrap(err, "row (%s)", name_of(migration, row));
    }
    return false;
}

/* A column that came after the store was made is empty. */
static const char *columns_of(const struct migration *migration,
                              const struct relation *relation)
{
    const struct table_spec *table = migration->table;
    struct text columns = text_new(migration->closed);
    for (size_t c = 0; c < schema_columns(table); c++) {
        const struct column_spec *column = &table->columns[c];
        text_add(&columns, c > 0 ? ", " : "");
        text_add(&columns,
                 catalogue_has(relation, column->name) ? column->name : "NULL");
    }
    return columns.at;
}

/* Code lists as they were entered, facts by their key: the same rows make the
 * same file, from whatever database they come. */
static const char *order_of(const struct migration *migration)
{
    const struct store_driver *driver = store_source(migration->from)->driver;
    struct text order = text_new(migration->closed);
    if (migration->table->kind == TABLE_CODES)
        return driver->order;
    for (size_t c = 0; c <= FACT_COLUMNS; c++)
        text_format(&order, "%s%s %s", c > 0 ? ", " : "",
                    migration->table->columns[c].name, driver->by_bytes);
    return order.at;
}

static bool migrate_table(struct migration *migration, struct err *err)
{
    const struct source *source = store_source(migration->from);
    const struct table_spec *table = migration->table;
    const struct relation *relation =
        catalogue_find(&migration->catalogue, table->name);
    if (relation == NULL)
        return true;
    const char *sql = arena_format(
        migration->closed, "SELECT %s FROM %s ORDER BY %s",
        columns_of(migration, relation), table->name, order_of(migration));
    return source->driver->query(source->handle, sql, take_row, migration,
                                 err) ||
           err_wrap(err, "table '%s'", table->name);
}

static bool gather(struct migration *migration, struct err *err)
{
    if (!source_catalogue(migration->closed, store_source(migration->from),
                          &migration->catalogue, err))
        return false;
    for (size_t t = 0; t < store_table_count; t++) {
        migration->table = &store_tables[t];
        if (!migrate_table(migration, err))
            return false;
    }
    return writer_read_back(migration->writer, err);
}

bool store_migrate(const char *from, const char *to, struct err *err)
{
    struct migration migration = {.closed = arena_new()};
    bool ok =
        store_open(migration.closed, from, &migration.from, err) &&
        writer_open(migration.closed, to, &migration.writer, err) &&
        (gather(&migration, err) ||
         err_wrap(err, "store '%s'", store_shown(migration.closed, from))) &&
        writer_commit(migration.writer, err);
    writer_close(migration.writer);
    store_close(migration.from);
    arena_wipe(migration.closed);
    return ok;
}
