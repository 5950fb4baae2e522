/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/method.h"

#include <sys/stat.h>

#include "base/fs.h"
#include "base/text.h"
#include "sdc/sheet_plain.h"

const struct disclosure_method *const disclosure_methods[] = {
    &method_suppression,
    &method_rounding,
    &method_cellkey,
    NULL,
};

const struct disclosure_method *method_find(const char *name)
{
    for (size_t m = 0; disclosure_methods[m] != NULL; m++) {
        if (text_same(disclosure_methods[m]->name, name))
            return disclosure_methods[m];
    }
    return NULL;
}

bool method_read_key(struct arena *closed, const char *path,
                     struct hash_key *out, struct err *err)
{
    char *bytes;
    size_t size;
    struct stat status;
    if (!fs_read(closed, path, &bytes, &size, err))
        return false;
    if (stat(path, &status) != 0 || (status.st_mode & (S_IRWXG | S_IRWXO)))
        return err_fail(err, ERR_INPUT, "method.key",
                        "key '%s': others than its owner may use it (chmod "
                        "600)",
                        path);
    if (size < HASH_KEY_LEAST || size > HASH_KEY_MOST)
        return err_fail(err, ERR_INPUT, "method.key",
                        "key '%s': not of %d to %d bytes", path, HASH_KEY_LEAST,
                        HASH_KEY_MOST);
    *out = (struct hash_key){(const unsigned char *)bytes, size};
    return true;
}

static void show_all(struct sheet *sheet)
{
    for (size_t c = 0; c < sheet->cells; c++)
        sheet->status[c] = SHEET_SHOWN;
}

static struct round_policy rounding_of(const struct method_policy *policy)
{
    return (struct round_policy){policy->base, policy->threshold, policy->key};
}

static bool apply_rounding(struct arena *closed, struct sheet *sheet,
                           const struct method_policy *policy,
                           struct method_result *out, struct err *err)
{
    struct round_policy rounding = rounding_of(policy);
    struct method_result result = {
        .values = arena_array(closed, sheet->cells, sizeof *result.values),
    };
    if (!sheet_round(closed, sheet, &rounding, result.values,
                     &result.report.rounding, err))
        return false;
    result.reach = result.report.rounding.reach;
    show_all(sheet);
    *out = result;
    return true;
}

static bool audit_rounding(const struct sheet *sheet,
                           const struct method_policy *policy,
                           const struct method_result *result, struct err *err)
{
    struct round_policy rounding = rounding_of(policy);
    struct arena *scratch = arena_new();
    bool ok = round_audit(sheet_plain(scratch, sheet, &policy->key), &rounding,
                          result->reach, result->values, err);
    arena_wipe(scratch);
    return ok;
}

const struct disclosure_method method_rounding = {
    .name = "rounding",
    .status = "rounded",
    .keyed = true,
    .additive = true,
    .apply = apply_rounding,
    .audit = audit_rounding,
};

static struct cellkey_policy cellkey_of(const struct method_policy *policy)
{
    return (struct cellkey_policy){policy->noise, policy->threshold,
                                   policy->key};
}

static bool apply_cellkey(struct arena *closed, struct sheet *sheet,
                          const struct method_policy *policy,
                          struct method_result *out, struct err *err)
{
    struct cellkey_policy cellkey = cellkey_of(policy);
    struct method_result result = {
        .values = arena_array(closed, sheet->cells, sizeof *result.values),
    };
    if (!sheet_cellkey(closed, sheet, &cellkey, result.values,
                       &result.report.cellkey, err))
        return false;
    show_all(sheet);
    *out = result;
    return true;
}

static bool audit_cellkey(const struct sheet *sheet,
                          const struct method_policy *policy,
                          const struct method_result *result, struct err *err)
{
    struct cellkey_policy cellkey = cellkey_of(policy);
    struct arena *scratch = arena_new();
    size_t narrowed;
    bool ok = cellkey_audit(sheet_plain(scratch, sheet, &policy->key), &cellkey,
                            result->values, &narrowed, err);
    arena_wipe(scratch);
    return ok;
}

const struct disclosure_method method_cellkey = {
    .name = "cellkey",
    .status = "perturbed",
    .keyed = true,
    .additive = false,
    .apply = apply_cellkey,
    .audit = audit_cellkey,
};
