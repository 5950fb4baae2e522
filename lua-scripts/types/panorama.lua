-- SPDX-License-Identifier: EUPL-1.2
---@meta
-- panorama.lua - annotations for the Lua language server. Nothing here runs;
-- docs/lua.md is the reference.

---A node of a dimension: a place, a site, a sex, an age, a period, a stratum.
---@class Node
---@field code string
---@field level string
---@field level_name string the level in words
---@field label string as printed
---@field in_ string inside a sentence: "en Bretagne", "chez les femmes"
---@field of_ string "de Bretagne"
---@field parent Node|nil
---@field icd10 string
---@field sex string "M" or "F" for a site of one sex, else ""
---@field zone boolean
---@field total boolean
---@field low integer
---@field high integer

---@alias Choice string|Node a code or a node
---@alias Texts string|{fr: string, en: string}
---@alias Dimension "territory"|"site"|"sex"|"age"|"period"|"stratum"

---@class Pick
---@field territory? Choice
---@field site? Choice
---@field sex? Choice
---@field age? Choice
---@field period? Choice
---@field stratum? Choice

---@class CellPick: Pick
---@field column? string

---A published cell. It holds a number only when its status is "v".
---@class Cell
local Cell = {}
---@return number|nil
function Cell:value() end
---@return "v"|"c"|"u"|"z"|"x"|"h"
function Cell:status() end
---@return string letters of p e j r b a
function Cell:flags() end
---@return string as printed in a table
function Cell:text() end
---@return string as a sentence says it
function Cell:said() end
---@return string "" without interval
function Cell:interval_text() end
---@return string in words, for a sentence; "" without interval
function Cell:limits_text() end
---@return string
function Cell:unit() end
---@return string the stable name
function Cell:id() end

---How sentences name a cancer site.
---@class SiteWords
---@field code string
---@field of string after a noun: "du cancer du poumon"
---@field new string after "nouveaux cas": "de cancer du poumon"
---@field by string after "décès": "par cancer du poumon"
---@field the string alone: "le cancer du poumon"

---A published table.
---@class Table
local Table = {}
---@param pick CellPick
---@return Cell
function Table:cell(pick) end
---@param dimension Dimension
---@param level? string
---@return Node[]
function Table:axis(dimension, level) end
---@param dimension Dimension
---@param code string
---@param level? string
---@return Node|nil
function Table:node(dimension, code, level) end
---@param pick? Pick
---@return string text
---@return number share from 0 to 1
function Table:coverage(pick) end
---@return string
function Table:title() end
---@return string
function Table:id() end

---@class Block

---@class Caption
---@field id? string stable name of sheets and files
---@field title? string
---@field unit? string
---@field scope? string
---@field reading? string
---@field note? string
---@field source? string

---@class ColumnSpec: Pick
---@field column? string
---@field table? Table
---@field heading? string
---@field unit? string
---@field interval? boolean
---@field label? string of a series or a map
---@field apart? boolean of a series: not in the order of the others

---@class GridSpec: Caption
---@field table Table
---@field rows Dimension|Dimension[]|Node[]
---@field heading? string of the rows, when not the name of their dimension
---@field columns? string|(string|ColumnSpec)[]
---@field filter? Pick
---@field level? string
---@field interval? boolean

---@class Waive why a figure does without
---@field uncertainty? string
---@field source? string

---@class ChartSpec: Caption
---@field kind? "line"|"age"|"step"|"joinpoint"|"bar"|"stacked"|"parts"|"pyramid"|"histogram"|"dot"|"forest"|"caterpillar"|"dumbbell"|"slope"|"scatter"|"funnel"|"heat"|"spine"
---@field table Table
---@field x? Dimension
---@field column? string
---@field series? Dimension|ColumnSpec[]
---@field filter? Pick
---@field level? string
---@field top? integer
---@field places? Node[] of x
---@field log? boolean
---@field interval? boolean
---@field reference? number|boolean|string|Node|{value: number, label?: string}
---@field rank? string|ColumnSpec
---@field x_column? string|ColumnSpec
---@field trend? Table
---@field regression? boolean
---@field width? "full"|"half"
---@field height? number points
---@field waive? Waive

---@class MapSpec: Caption
---@field kind? "choropleth"|"significance"|"bivariate"|"circles"|"tiles"|"locator"
---@field table Table
---@field column? string
---@field level? string
---@field filter? Pick
---@field facet? Dimension|ColumnSpec[]
---@field columns? integer
---@field classes? integer 2 to 7
---@field method? "quantile"|"equal"|"pretty"|"jenks"|"around"|"probability"
---@field reference? number|Cell a cell has an interval too
---@field factors? boolean
---@field breaks? number[]
---@field palette? "blues"|"greens"|"purples"|"oranges"|"cividis"|"vik"|"puor"|"brbg"|"bgbr"
---@field focus? Choice
---@field mark? string[]
---@field mark_label? string
---@field context? boolean
---@field histogram? boolean
---@field legend_below? boolean even where it would fit beside the map
---@field layout? string the NAME of geo/NAME.layout.csv
---@field region? Choice one région on a panel of its own, without layout
---@field width? "full"|"half"
---@field height? number points
---@field waive? Waive

---@class Waiver
---@field kind string
---@field reason string
---@field owner string
---@field date string

---@class Rule what it is about, what it says, who answers for it
---@field kind string
---@field scope string
---@field rule string
---@field legal_basis string
---@field owner string
---@field date string

---@class Policy
---@field threshold string
---@field limit string
---@field unreliable_under string
---@field caution_from string
---@field caution_to string
---@field alive_under string
---@field legal_basis string
---@field owner string
---@field date string
---@field waivers Waiver[]
---@field rules Rule[]
---@field audience "public"|"authorised"

---@class Release
---@field id string
---@field title string
---@field publisher string
---@field date string
---@field licence string
---@field contact string
---@field snapshot string
---@field version string
---@field state "draft"|"review"|"embargo"|"public"
---@field draft boolean true while the release may be replaced
---@field policy Policy

---@class Measure
---@field code string
---@field label string
---@field unit string
---@field source string
---@field method string

---@class Share
---@field id string
---@field title string
---@field cells string
---@field share string

---@alias Verdict "above"|"below"|"similar"|nil

---What page() gets.
---@class Document
---@field lang "fr"|"en"
---@field title string
---@field place Node|nil
local Document = {}
---@param id string
---@return Table
function Document:table(id) end
---@param id string
---@return boolean
function Document:has(id) end
---@return table<string, boolean> values and statistics
---@return table<string, boolean> standards
function Document:kinds() end
---@param spec GridSpec
---@return Block
function Document:grid(spec) end
---@param spec ChartSpec
---@return Block
function Document:chart(spec) end
---@param spec MapSpec
---@return Block
function Document:map(spec) end
---@param t Table
function Document:dataset(t) end
---@return Release
function Document:release() end
---@param key string
---@return string
function Document:registry(key) end
---@return Measure[]
function Document:measures() end
---@param list SiteWords[]
function Document:name_sites(list) end
---@param level string
---@return string
function Document:level_name(level) end
---@return Share[]
function Document:disclosure() end
---@param cell Cell
---@param reference Cell
---@param words string
---@param agreement? "masculine"|"feminine"|"masculine_plural"|"feminine_plural"|"label"
---@return Verb words
---@return Verdict
function Document:compare(cell, reference, words, agreement) end
---@param first Cell
---@param last Cell
---@return Verb words
---@return Verdict
function Document:trend(first, last) end

---Words that an estimate and its interval allow; see "Guarded verbs" in
---docs/lua.md.
---@class VerbFields
---@field kind "change"|"difference"|"ratio"
---@field cell Cell of a column with an interval
---@field plural? boolean
---@field at_least? number the least that matters in practice
---@field reference? string|Node of a difference or a ratio

---@class Verb
---@field text string
---@field rule string the rule that allowed it, with the values

---@param fields VerbFields
---@return Verb
---@return "above"|"slightly_above"|"stable"|"open"|"slightly_below"|"below"|nil
function Document:verb(fields) end

---@alias Value string|Cell|Node

---@param spec {title?: string, subtitle?: string, description?: string, lines?: Value[]}
---@return Block
function cover(spec) end
---@param spec? {numbered?: integer} how many levels of headings have numbers
---@return Block
function contents(spec) end
---@return Block
function list_of_figures() end
---@return Block
function list_of_tables() end
---@param list Block[] prose("glossary")
---@return Block
function glossary(list) end
---@return Block
function abbreviations() end
---@return Block
function bibliography() end
---@return Block
function index() end
---@return Block
function page_break() end
---@class Section blocks of a section, in order
---@field landscape? boolean pages on their side
---@field columns? 1|2 of paragraphs, lists and notes
---@param section Section
---@return Block[]
function section(section) end
---@param level integer 1 to 4
---@param text Value
---@param id? string
---@param spec? {numbered?: boolean}
---@return Block
function heading(level, text, id, spec) end
---@param text Value
---@param id? string
---@return Block
function annex(text, id) end
---@param markdown string
---@param values? table<string, Value>
---@return Block[]
function text(markdown, values) end
---@param name string a file of templates/prose/LANG
---@param values? table<string, Value>
---@return Block[]
function prose(name, values) end
---@param items Value[]
---@return Block
function list(items) end
---@param markdown string
---@param values? table<string, Value>
---@return Block
function note(markdown, values) end
---@param figures {value: Value, label: Value, detail?: Value}[]
---@return Block
function key_figures(figures) end
---@param f function of the report
---@return Block
function listing(f) end
---@param blocks Block[] two figures, maps or tables
---@return Block
function columns(blocks) end

---@class FactsSpec: Caption
---@field columns (Value|{heading: string, unit?: string, align?: "left"|"right"})[]
---@field rows Value[][]
---@field emphasis? integer[]

---@param spec FactsSpec
---@return Block
function facts(spec) end

---@class ValueSpec
---@field kind "count"|"person_years"|"crude_rate"|"standardised_rate"|"share"|"proportion"|"estimate"|"grade"|"standardised_survival"|"conditional_survival"
---@field standard? string
---@field given? string stratum (time since diagnosis), of "conditional_survival"
---@field of? Dimension
---@field interval? boolean
---@field decimals? integer

---A dimension that is not named stays as at the step before.
---@class LadderStep
---@field periods? string|string[] words, or "pool:3"
---@field ages? string|string[] words, or "broad"
---@field territories? string|string[]
---@field sites? string|string[]
---@field sexes? string|string[]
---@field strata? string|string[]

---@class Ladder
---@field share number of rows that may be confidential, from 0 to less than 1
---@field steps LadderStep[]

---@class TableSpec
---@field id string
---@field title Texts
---@field note? Texts
---@field measure string
---@field person_years? string
---@field territory? string|string[]
---@field site? string|string[]
---@field sex? string|string[]
---@field age? string|string[]
---@field period string|string[]
---@field stratum? string|string[]
---@field values string|(string|ValueSpec)[]
---@field optional? boolean
---@field open_data? boolean
---@field ladder? Ladder
---@field protection? "suppress"|"rounding"|"cellkey" the same for every table of the measure
---@field base? integer of a rounding: the threshold less 1, or more
---@field variance? integer of the noise of cell keys

---@class StatisticSpec
---@field id string
---@field title Texts
---@field note? Texts
---@field from string a table of this report, or "report.id"
---@field kind "rate_ratio"|"rate_difference"|"annual_change"|"average_change"|"rank"|"slope_index"|"relative_index"|"concentration_index"|"standardised_ratio"|"smoothed_ratio"|"spatial_ratio"|"cumulative_risk"|"joinpoint"|"funnel"|"proportion_difference"|"mortality_incidence"|"decomposition"
---@field along? string dimension; of all kinds but "cumulative_risk" and "mortality_incidence"
---@field value string column with an interval, or "count"
---@field against? string the table of cases, of "mortality_incidence"
---@field reference? string code on the axis, of ratios and differences; "root" for the territory above all others
---@field choice? "wbic"|"permutation"|"bic"|"bic3" how many joins, of "joinpoint" and "average_change"
---@field decimals? integer
---@field open_data? boolean

---What plan() gets.
---@class Planner
---@field table fun(spec: TableSpec)
---@field statistic fun(spec: StatisticSpec) computed from what `from` prints

---@class Definition
---@field id string
---@field title Texts
---@field directory? string
---@field theme? string file of the house style, the project's when not given
---@field each? string|string[]
---@field formats string[]
---@field uses? string[]
---@field plan fun(p: Planner)
---@field page fun(doc: Document): Block|table
