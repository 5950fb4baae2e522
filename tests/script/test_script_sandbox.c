/* SPDX-License-Identifier: EUPL-1.2 */
/* The sandbox: what ends a script ends it, and nothing outside is reached. */
#include "script_fixture.h"

#include <fcntl.h>
#include <sys/wait.h>

static const struct sandbox_limits small = {
    .memory_bytes = 8u << 20, .instructions = 3000000, .cpu_s = 20};

/* The script fails with status ERR_SCRIPT and exactly this sentence. */
static void check_fails(const char *source, const char *sentence)
{
    struct script_fixture fixture = script_fixture();
    CHECK(!script_run(&fixture, &small, source));
    CHECK_INT(fixture.err.code, ERR_SCRIPT);
    CHECK_TEXT(fixture.err.text, sentence);
    script_fixture_end(&fixture);
}

static void check_prints(const char *source, const char *printed)
{
    struct script_fixture fixture = script_fixture();
    if (!script_run(&fixture, &small, source))
        CHECK_TEXT(fixture.err.text, "");
    CHECK_TEXT(fixture.printed.at, printed);
    script_fixture_end(&fixture);
}

static const char endless[] =
    "script.lua:%s: the script was stopped after 3 million instructions: an "
    "endless loop?";

static void check_endless(const char *source, const char *line)
{
    char sentence[200];
    const char *mark = strstr(endless, "%s");
    snprintf(sentence, sizeof sentence, "%.*s%s%s", (int)(mark - endless),
             endless, line, mark + 2);
    check_fails(source, sentence);
}

TEST(a_syntax_error_names_file_and_line)
{
    check_fails("local a = 1\nreturn {{\n",
                "script.lua:3: unexpected symbol near <eof>");
}

TEST(a_runtime_error_names_file_and_line)
{
    check_fails("local a\nprint(a.b)\n",
                "script.lua:2: attempt to index a nil value (local 'a')");
    check_fails("error('first\\nsecond')", "script.lua:1: first");
    check_fails("error({})", "script.lua: the script raised a table as error");
    check_fails("string.format('%d', 'x')",
                "script.lua:1: bad argument #2 to 'format' (number expected, "
                "got string)");
}

TEST(binary_chunks_are_refused)
{
    struct script_fixture fixture = script_fixture();
    CHECK(!script_run(&fixture, &small, "\033Lua"));
    CHECK(strstr(fixture.err.text, "binary chunk") != NULL);
    script_fixture_end(&fixture);
}

TEST(an_endless_loop_ends)
{
    check_endless("local a = 1\nwhile true do end", "2");
}

TEST(an_endless_loop_inside_pcall_ends)
{
    check_endless("while true do\npcall(function()\nwhile true do end\nend)"
                  "\nend",
                  "3");
}

TEST(an_endless_loop_inside_xpcall_and_its_handler_ends)
{
    check_endless("local function f() while true do end end\n"
                  "while true do xpcall(f, f) end",
                  "1");
    check_endless("xpcall(error, function() while true do end end)", "1");
}

TEST(an_endless_loop_in_a_closing_variable_ends)
{
    check_endless("local t = setmetatable({}, {__close = function()\n"
                  "while true do end end})\n"
                  "pcall(function() local x <close> = t\n"
                  "while true do end end)",
                  "4");
}

TEST(an_endless_loop_in_a_metamethod_ends)
{
    check_endless("local t = setmetatable({}, {__index = function(t, k)\n"
                  "while true do end end})\nprint(t.x)",
                  "2");
    check_endless("local t = setmetatable({}, {__lt = function()\n"
                  "while true do end end})\ntable.sort({t, t})",
                  "2");
}

TEST(a_swallowed_limit_still_fails)
{
    check_endless("local ok = pcall(function() while true do end end)\n"
                  "return ok",
                  "1");
}

static const char memory[] =
    "script.lua: the script needs more memory than its 8 MiB";

TEST(a_memory_bomb_ends)
{
    check_fails("local t = {} for i = 1, 1e9 do t[i] = i .. 'x' end", memory);
    check_fails("local s = 'x' while true do s = s .. s end", memory);
}

TEST(a_memory_bomb_inside_pcall_ends)
{
    check_fails("while true do pcall(function()\nlocal s = 'x'\n"
                "while true do s = s .. s end end) end",
                "script.lua:1: the script needs more memory than its 8 MiB");
}

TEST(deep_recursion_ends)
{
    struct script_fixture fixture = script_fixture();
    CHECK(!script_run(&fixture, &small,
                      "local function f() return 1 + f() end f()"));
    CHECK_INT(fixture.err.code, ERR_SCRIPT);
    CHECK(strstr(fixture.err.text, "stack overflow") != NULL ||
          strstr(fixture.err.text, "memory") != NULL);
    script_fixture_end(&fixture);
}

TEST(a_giant_string_ends)
{
    const char *sentence = "script.lua:1: string.rep: the result is too large "
                           "for the memory of a script";
    check_fails("local s = ('x'):rep(1e10)", sentence);
    check_fails("local s = string.rep('x', 9e18 // 1 | 0)", sentence);
    check_fails("local s = string.rep('', 1e10, 'ab')", sentence);
    check_prints("print(#string.rep('', 1e15), ('ab'):rep(2, '-'), "
                 "('x'):rep(-1))",
                 "0\tab-ab\t\n");
}

/* A single library call that no hook sees: the process ends with status 3
 * and one sentence, so it runs in a child. */
static void check_backstop(const char *source, const char *place)
{
    struct script_fixture fixture = script_fixture();
    struct sandbox_limits quick = small;
    quick.cpu_s = 1;
    char *said = fs_join(fixture.arena, fixture.directory, "said");
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        int out = open(said, O_CREAT | O_WRONLY, 0600);
        dup2(out, STDERR_FILENO);
        script_run(&fixture, &quick, source);
        _exit(0);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), ERR_SCRIPT);
    char *bytes = NULL;
    size_t size = 0;
    CHECK(fs_read(fixture.arena, said, &bytes, &size, &fixture.err));
    CHECK_TEXT(bytes, arena_format(fixture.arena,
                                   "panorama: error script.time: %s: the "
                                   "script was stopped: one library call used "
                                   "all its CPU time\n",
                                   place));
    script_fixture_end(&fixture);
}

TEST(a_catastrophic_pattern_ends)
{
    check_backstop("local s = ('a'):rep(40)\n"
                   "pcall(string.find, s, ('a-'):rep(40) .. 'b')",
                   "script.lua:2");
}

TEST(an_endless_move_ends)
{
    check_backstop("table.move({}, 1, 1 << 60, 2)", "script.lua:1");
    check_backstop("local function long()\n"
                   "  table.move({}, 1, 1 << 60, 2)\n"
                   "end\n"
                   "long()",
                   "script.lua:2");
}

TEST(nothing_outside_is_there)
{
    static const char *const names[] = {
        "io",       "os",        "debug", "package",        "load",
        "loadfile", "dofile",    "next",  "collectgarbage", "loadstring",
        "warn",     "coroutine", "arg",
    };
    for (size_t n = 0; n < COUNT_OF(names); n++) {
        struct script_fixture fixture = script_fixture();
        char source[100], begin[100];
        snprintf(source, sizeof source, "local x\nx = %s", names[n]);
        snprintf(begin, sizeof begin, "script.lua:2: there is no '%s' here",
                 names[n]);
        CHECK(!script_run(&fixture, &small, source));
        CHECK_INT(fixture.err.code, ERR_SCRIPT);
        CHECK(text_starts(fixture.err.text, begin));
        script_fixture_end(&fixture);
    }
    check_prints("print(math.random, math.randomseed, string.dump)",
                 "nil\tnil\tnil\n");
    check_prints("print(rawget(_G, 'io'), _G._G == _G)", "nil\ttrue\n");
    check_fails("io.open('/etc/passwd')",
                "script.lua:1: there is no 'io' here");
}

TEST(a_misspelt_name_gets_its_neighbour)
{
    check_fails("prnt('x')", "script.lua:1: there is no 'prnt' here; the "
                             "nearest name is 'print'");
}

TEST(metatables_of_the_house_are_locked)
{
    check_prints("print(getmetatable(''), getmetatable(_G))", "false\tfalse\n");
    check_fails("setmetatable(_G, {})",
                "script.lua:1: cannot change a protected metatable");
    check_fails("setmetatable({}, {__gc = function() end})",
                "script.lua:1: setmetatable: '__gc' is not available");
    check_fails("setmetatable({}, {__mode = 'k'})",
                "script.lua:1: setmetatable: '__mode' is not available");
    check_prints("print(setmetatable({}, {__index = {a = 1}}).a)", "1\n");
}

TEST(addresses_cannot_be_seen)
{
    check_prints("print(tostring({}), tostring(print), {}, print)",
                 "table\tfunction\ttable\tfunction\n");
    check_prints("print(string.format('%s %s %5.1f %%p', {}, print, 2.25))",
                 "table function   2.2 %p\n");
    check_prints("print(pcall(string.format, '%-20p', {}))",
                 "false\tstring.format: '%p' is not available: addresses "
                 "differ from run to run\n");
    check_prints("local t = setmetatable({}, {__tostring = function() return "
                 "'mine' end})\nprint(t, ('%s'):format(t))",
                 "mine\tmine\n");
}

TEST(pairs_walks_in_key_order)
{
    check_prints("local t = {b = 1, a = 2, [10] = 3, [2] = 4, [1.5] = 5,\n"
                 "[true] = 6, B = 7, [false] = 8, ab = 9}\n"
                 "local keys = {}\n"
                 "for k in pairs(t) do keys[#keys + 1] = tostring(k) end\n"
                 "print(table.concat(keys, ' '))",
                 "1.5 2 10 B a ab b false true\n");
    check_prints("local t = {a = 1, b = 2, c = 3}\n"
                 "for k in pairs(t) do t.b = nil print(k) end",
                 "a\nc\n");
    check_fails("pairs({[{}] = 1})",
                "script.lua:1: pairs: a key is a table; only numbers, texts "
                "and booleans have an order");
}

TEST(sorting_is_stable)
{
    check_prints("local t = {}\n"
                 "for i = 1, 300 do t[i] = {i % 3, i} end\n"
                 "table.sort(t, function(a, b) return a[1] < b[1] end)\n"
                 "local ok = true\n"
                 "for i = 2, 300 do\n"
                 "  local a, b = t[i - 1], t[i]\n"
                 "  ok = ok and (a[1] < b[1] or a[1] == b[1] and a[2] < b[2])\n"
                 "end\nprint(ok)",
                 "true\n");
    check_prints("local t = {3, 1, 2} table.sort(t) print(t[1], t[2], t[3])",
                 "1\t2\t3\n");
    check_prints("local t = {} table.sort(t) print(#t)", "0\n");
}

TEST(pcall_still_works)
{
    check_prints("print(pcall(error, 'x', 0))", "false\tx\n");
    check_prints("print(pcall(function(...) return ... end, 1, 2))",
                 "true\t1\t2\n");
    check_prints("print(xpcall(function(a) error(a, 0) end,\n"
                 "function(m) return m .. '!' end, 'x'))",
                 "false\tx!\n");
    check_prints("print(xpcall(function(a) return a end, print, 'x'))",
                 "true\tx\n");
}

TEST(require_loads_only_the_project_s_library)
{
    struct script_fixture fixture = script_fixture();
    script_file(
        &fixture, "lua-scripts/lib/sums.lua",
        "print('once')\nreturn {add = function(a, b) return a + b end}");
    script_file(&fixture, "lua-scripts/lib/loop.lua",
                "return require('lib.loop')");
    CHECK(script_run(&fixture, &small,
                     "local s = require('lib.sums')\n"
                     "print(s.add(1, 2), require('lib.sums') == s)"));
    CHECK_TEXT(fixture.printed.at, "once\n3\ttrue\n");
    static const struct {
        const char *source, *sentence;
    } bad[] = {
        {"require('os')", "script.lua:1: require 'os': expected 'lib.NAME', a "
                          "file of lua-scripts/lib"},
        {"require('lib.../../script')",
         "script.lua:1: require 'lib.../../script': expected 'lib.NAME', a "
         "file of lua-scripts/lib"},
        {"require('lib.loop')", "lua-scripts/lib/loop.lua:1: require "
                                "'lib.loop': it requires itself"},
    };
    for (size_t b = 0; b < COUNT_OF(bad); b++) {
        CHECK(!script_run(&fixture, &small, bad[b].source));
        CHECK_TEXT(fixture.err.text, bad[b].sentence);
    }
    script_fixture_end(&fixture);
}

RUN(CASE(a_syntax_error_names_file_and_line),
    CASE(a_runtime_error_names_file_and_line), CASE(binary_chunks_are_refused),
    CASE(an_endless_loop_ends), CASE(an_endless_loop_inside_pcall_ends),
    CASE(an_endless_loop_inside_xpcall_and_its_handler_ends),
    CASE(an_endless_loop_in_a_closing_variable_ends),
    CASE(an_endless_loop_in_a_metamethod_ends),
    CASE(a_swallowed_limit_still_fails), CASE(a_memory_bomb_ends),
    CASE(a_memory_bomb_inside_pcall_ends), CASE(deep_recursion_ends),
    CASE(a_giant_string_ends), CASE(a_catastrophic_pattern_ends),
    CASE(an_endless_move_ends), CASE(nothing_outside_is_there),
    CASE(a_misspelt_name_gets_its_neighbour),
    CASE(metatables_of_the_house_are_locked), CASE(addresses_cannot_be_seen),
    CASE(pairs_walks_in_key_order), CASE(sorting_is_stable),
    CASE(pcall_still_works), CASE(require_loads_only_the_project_s_library))
