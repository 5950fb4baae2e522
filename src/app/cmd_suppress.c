/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "app/command.h"
#include "app/staged.h"
#include "app/suppress.h"
#include "base/num.h"
#include "sdc/sheet_cost.h"

/* That of a release whose project says nothing else. */
#define DEFAULT_THRESHOLD 11

static const char *given(const struct invocation *call, const char *name)
{
    const char *value = option(call, name);
    return value == NULL ? "" : value;
}

/* --- options -------------------------------------------------------------- */

static bool take_hierarchies(const struct invocation *call,
                             struct suppress_job *job, struct err *err)
{
    struct sheet_source *sources =
        arena_array(call->run, call->option_count, sizeof *sources);
    for (size_t i = 0; i < call->option_count; i++) {
        if (!text_same(call->options[i].name, "hierarchy"))
            continue;
        const char *value = call->options[i].value;
        const char *sign = strchr(value, '=');
        if (sign == NULL || sign == value || sign[1] == '\0')
            return err_fail(err, ERR_USAGE, "usage.hierarchy",
                            "--hierarchy '%s': expected DIM=FILE", value);
        sources[job->source_count++] = (struct sheet_source){
            .axis = arena_slice(call->run, value, (size_t)(sign - value)),
            .path = sign + 1,
        };
    }
    job->sources = sources;
    return true;
}

static bool take_threshold(const struct invocation *call,
                           struct sheet_policy *policy, struct err *err)
{
    enum { LEAST = 3 };
    const char *threshold = option(call, "threshold");
    const char *attacker = option(call, "attacker");
    policy->threshold = DEFAULT_THRESHOLD;
    if (threshold != NULL &&
        (!num_parse_int64(threshold, &policy->threshold) ||
         policy->threshold < LEAST || policy->threshold > INT64_MAX / 4))
        return err_fail(err, ERR_USAGE, "usage.threshold",
                        "--threshold '%s': expected a number, 3 or more",
                        threshold);
    policy->basic = attacker != NULL && text_same(attacker, "basic");
    if (attacker != NULL && !policy->basic && !text_same(attacker, "strict"))
        return err_fail(err, ERR_USAGE, "usage.attacker",
                        "--attacker '%s': expected strict or basic", attacker);
    return true;
}

/* A number that is not 0; 0 when the option is not given. */
static bool take_limit(const struct invocation *call, const char *name,
                       const char *unit, double largest, double *out,
                       struct err *err)
{
    const char *value = option(call, name);
    *out = 0.0;
    if (value == NULL ||
        (num_parse_double(value, out) && *out > 0.0 && *out <= largest))
        return true;
    return err_fail(err, ERR_USAGE, "usage.limit",
                    "--%s '%s': expected a number of %s", name, value, unit);
}

static bool take_policy(const struct invocation *call, struct suppress_job *job,
                        struct err *err)
{
    struct sheet_policy *policy = &job->policy;
    const double megabyte = 1024.0 * 1024.0;
    const char *price = option(call, "suppress-zeros");
    double megabytes;
    *policy = (struct sheet_policy){.certificate = ""};
    if (!take_threshold(call, policy, err) ||
        !take_limit(call, "time-limit", "seconds", 1e9, &policy->seconds,
                    err) ||
        !take_limit(call, "memory-limit", "MB", 1e9, &megabytes, err))
        return false;
    job->memory_bytes = (size_t)(megabytes * megabyte);
    policy->zeros = price != NULL;
    if (price != NULL && !sheet_parse_weight(price, &policy->zero_price))
        return err_fail(err, ERR_USAGE, "usage.price",
                        "--suppress-zeros '%s': expected a number from 0.001 "
                        "to 1000000",
                        price);
    return true;
}

/* --- methods that change numbers ------------------------------------------ */

/* D,V or D,V,js or D,V,js,pstay; ranges are the method's own to check. */
static bool parse_noise(struct arena *run, const char *text,
                        struct ptable_policy *noise)
{
    enum { MOST, VARIANCE, BARRED, STAY, FIELDS };
    char **fields;
    size_t count = text_split(run, text, ',', &fields);
    *noise = (struct ptable_policy){.least = PTABLE_LEAST};
    return count > VARIANCE && count <= FIELDS &&
           num_parse_int64(fields[MOST], &noise->most) &&
           num_parse_double(fields[VARIANCE], &noise->variance) &&
           (count <= BARRED ||
            num_parse_int64(fields[BARRED], &noise->barred)) &&
           (count <= STAY || num_parse_double(fields[STAY], &noise->stay));
}

static bool check_needs(const struct invocation *call,
                        const struct disclosure_method *method,
                        const char *name, struct err *err)
{
    if (option(call, name) != NULL)
        return true;
    return err_fail(err, ERR_USAGE, "usage.method", "--method %s needs --%s",
                    method->name, name);
}

static bool check_lacks(const struct invocation *call,
                        const struct disclosure_method *method,
                        const char *name, struct err *err)
{
    if (option(call, name) == NULL)
        return true;
    return err_fail(err, ERR_USAGE, "usage.method",
                    "--method %s does not go with --%s", method->name, name);
}

/* What only tells of suppression: nothing here is suppressed. */
static bool check_change(const struct invocation *call,
                         const struct disclosure_method *method,
                         struct err *err)
{
    static const char *const others[] = {
        "why",  "certificate", "report",         "jj-out",
        "cost", "attacker",    "suppress-zeros", "time-limit"};
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        if (!check_lacks(call, method, others[i], err))
            return false;
    }
    return true;
}

static bool take_method(const struct invocation *call, struct suppress_job *job,
                        struct err *err)
{
    const char *name = option(call, "method");
    const char *base = option(call, "base");
    const char *noise = option(call, "noise");
    job->method = name == NULL ? &method_suppression : method_find(name);
    if (job->method == NULL)
        return err_fail(err, ERR_USAGE, "usage.method",
                        "--method '%s': expected suppress, rounding or cellkey",
                        name);
    const struct disclosure_method *method = job->method;
    bool rounds = method == &method_rounding;
    bool perturbs = method == &method_cellkey;
    if (((rounds || perturbs) && !check_change(call, method, err)) ||
        !(rounds ? check_needs : check_lacks)(call, method, "base", err) ||
        !(perturbs ? check_needs : check_lacks)(call, method, "noise", err) ||
        (method->keyed && !check_needs(call, method, "key-file", err)))
        return false;
    if (base != NULL && !num_parse_int64(base, &job->change.base))
        return err_fail(err, ERR_USAGE, "usage.base",
                        "--base '%s': expected a number", base);
    if (noise != NULL && !parse_noise(call->run, noise, &job->change.noise))
        return err_fail(err, ERR_USAGE, "usage.noise",
                        "--noise '%s': expected D,V or D,V,js or D,V,js,pstay",
                        noise);
    return true;
}

/* --- what goes together --------------------------------------------------- */

/* What goes with a table only. */
static bool check_jj(const struct invocation *call, struct err *err)
{
    static const char *const sheet_only[] = {
        "hierarchy",      "cost",     "report",   "certificate",
        "suppress-zeros", "attacker", "method",   "base",
        "noise",          "key-file", "threshold"};
    for (size_t i = 0; i < COUNT_OF(sheet_only); i++) {
        if (option(call, sheet_only[i]) != NULL)
            return err_fail(err, ERR_USAGE, "usage.jj",
                            "--%s does not go with --jj-in", sheet_only[i]);
    }
    return true;
}

static bool check_words(const struct invocation *call,
                        const struct suppress_job *job, struct err *err)
{
    bool jj = option(call, "jj-in") != NULL;
    bool output = option(call, "output") != NULL;
    if (jj == (call->word_count == 1))
        return err_fail(err, ERR_USAGE, "usage.suppress",
                        "suppress: expected LEAF.csv or --jj-in FILE");
    if (!output && option(call, "jj-out") == NULL)
        return err_fail(err, ERR_USAGE, "usage.suppress",
                        "suppress: expected -o OUT.csv");
    if (!output && (option(call, "report") || option(call, "certificate")))
        return err_fail(err, ERR_USAGE, "usage.suppress",
                        "suppress: --report and --certificate need -o OUT.csv");
    if (!jj && job->source_count == 0)
        return err_fail(err, ERR_USAGE, "usage.hierarchy",
                        "suppress: expected --hierarchy DIM=FILE for each "
                        "column of '%s'",
                        call->words[0]);
    return !jj || check_jj(call, err);
}

/* --- files ---------------------------------------------------------------- */

static bool take_outputs(const struct invocation *call,
                         struct suppress_job *job, struct staged *staged,
                         struct err *err)
{
    return staged_add(staged, "-o", option(call, "output"), &job->output,
                      err) &&
           staged_add(staged, "--jj-out", option(call, "jj-out"), &job->jj_out,
                      err) &&
           staged_add(staged, "--report", option(call, "report"), &job->report,
                      err) &&
           staged_add(staged, "--certificate", option(call, "certificate"),
                      &job->policy.certificate, err);
}

static bool check_inputs(const struct suppress_job *job,
                         const struct staged *staged, struct err *err)
{
    for (size_t s = 0; s < job->source_count; s++) {
        if (!staged_check_input(staged, job->sources[s].path, err))
            return false;
    }
    return staged_check_input(staged, job->leaves, err) &&
           staged_check_input(staged, job->jj_in, err) &&
           staged_check_input(staged, job->cost, err) &&
           staged_check_input(staged, job->key_file, err);
}

static bool run_suppress(const struct invocation *call, struct err *err)
{
    struct staged staged = staged_new(call->run);
    struct suppress_job job = {
        .leaves = call->word_count == 1 ? call->words[0] : "",
        .jj_in = given(call, "jj-in"),
        .cost = given(call, "cost"),
        .key_file = given(call, "key-file"),
        .why = option(call, "why") != NULL,
        .progress = call->progress,
    };
    if (!take_hierarchies(call, &job, err) || !check_words(call, &job, err) ||
        !take_method(call, &job, err) || !take_policy(call, &job, err) ||
        !take_outputs(call, &job, &staged, err) ||
        !check_inputs(&job, &staged, err))
        return false;
    if (suppress_run(&job, err))
        return staged_commit(&staged, err);
    staged_drop(&staged);
    return false;
}

const struct command command_suppress = {
    .name = "suppress",
    .summary = "disclosure control of one table, outside any release",
    .usage =
        "suppress LEAF.csv --hierarchy DIM=FILE ... [--threshold T]\n"
        "       [--attacker strict|basic] [--suppress-zeros PRICE] [--cost "
        "FILE]\n"
        "       [--key-file FILE] [--time-limit S] [--memory-limit MB] "
        "[--why]\n"
        "       [--report FILE] [--certificate FILE] [--jj-out FILE] -o "
        "OUT.csv\n"
        "       suppress LEAF.csv --hierarchy DIM=FILE ... --method rounding\n"
        "       --base B --key-file FILE [--threshold T] -o OUT.csv\n"
        "       suppress LEAF.csv --hierarchy DIM=FILE ... --method cellkey\n"
        "       --noise D,V[,js[,pstay]] --key-file FILE [--threshold T] -o "
        "OUT.csv\n"
        "       suppress --jj-in FILE [--time-limit S] [--memory-limit MB] "
        "[--why]\n"
        "       [--jj-out FILE] -o OUT.csv",
    .details =
        "LEAF.csv (or .gz) has one column per dimension and `n`, one row per "
        "finest\ncell; an absent combination is 0. Each DIM=FILE is a "
        "`code,parent` hierarchy;\ngive several for one dimension where they "
        "do not nest. Every combination of\ncodes is published: counts from 1 "
        "to T-1 (T is 11 unless --threshold says\notherwise) are suppressed, "
        "and as many others as it takes that none of them\ncan be worked back "
        "within T-2. OUT.csv has the dimensions, n and status (shown\nor "
        "suppressed). Nothing is written unless all of it is; status 4: the "
        "guarantee\ncannot be proved.\n\n"
        "--method rounding   show every cell as a multiple of B, sums "
        "included; B is\n"
        "                    T-1 or more; status is rounded\n"
        "--method cellkey    show every cell with a noise of at most D and "
        "variance V,\n"
        "                    no result in 1..js, none at all with probability "
        "pstay;\n"
        "                    sums do not add up; status is perturbed\n"
        "--key-file FILE     16 to 64 secret bytes that only you may read; "
        "the same key\n"
        "                    gives the same numbers; suppression takes one "
        "to choose\n"
        "                    between cells that cost the same\n"
        "--attacker basic    forget that a suppressed cell is at least 1\n"
        "--suppress-zeros P  zeros may be suppressed too, at weight P\n"
        "--cost FILE         dimensions and `cost`: a weight (1 is the "
        "default), show or\n"
        "                    suppress; * stands for all codes; later rows "
        "hold\n"
        "--time-limit S      CPU seconds; --memory-limit MB: then refuse\n"
        "--why               primary or secondary in status; confidential\n"
        "--report FILE       what is lost, by dimension and depth; "
        "confidential\n"
        "--certificate FILE  the witness tables; confidential\n"
        "--jj-out FILE       the instance in JJ format, confidential; without "
        "-o nothing\n"
        "                    is protected\n"
        "--jj-in FILE        protect a JJ instance instead of a table",
    .example = "panorama suppress leaf.csv.gz --hierarchy dep=dep.csv "
               "--hierarchy sex=sex.csv --threshold 5 -o out.csv",
    .options = "hierarchy=+ method= base= noise= key-file= threshold= "
               "attacker= suppress-zeros= cost= "
               "time-limit= memory-limit= certificate= why report= jj-in= "
               "jj-out= output=",
    .min_words = 0,
    .max_words = 1,
    .run = run_suppress,
};
