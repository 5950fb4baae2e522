-- SPDX-License-Identifier: EUPL-1.2
-- common.lua - what the reports share: words in the document's language,
-- choices of sites, and blocks that appear in more than one report.
--
--     local common = require("lib.common")(doc)
return function(doc)
  local common = {}

  -- The text of the document's language.
  function common.say(texts)
    local text = texts[doc.lang]
    if not text then
      error("no text in language '" .. doc.lang .. "'", 2)
    end
    return text
  end
  local say = common.say

  -- How the sentences under figures name a site.
  local function named(names)
    if doc.lang == "en" then
      return { code = names.code, of = "of " .. names.en, new = "of " .. names.en, by = "from " .. names.en,
        the = names.en }
    end
    local the = names.the or string.gsub(string.gsub(names.of, "^du ", "le "), "^des ", "les ")
    local by = names.by or string.gsub(names.new, "^de ", "par ")
    return { code = names.code, of = names.of, new = names.new, by = by, the = the, with = names.with }
  end

  -- All cancers together.
  local function together(code)
    return doc.lang == "en" and { code = code, of = "of all cancers", new = "of cancer", by = "from cancer",
      the = "all cancers" } or { code = code, of = "de tous les cancers", new = "de cancer", by = "par cancer",
      the = "tous les cancers" }
  end

  local names, name_of = {}, {}
  for _, list in ipairs { require("lib.site_names"), require("lib.site_others") } do
    for _, site in ipairs(list) do
      local name = named(site)
      name_of[site.code] = doc.lang == "en" and { of = site.en, new = site.en, with = site.en, the = site.en } or name
      names[#names + 1] = { code = name.code, of = name.of, new = name.new, by = name.by, the = name.the }
    end
  end
  local known = doc:has("open_data.cases_national_sites") and doc:table("open_data.cases_national_sites")
  local all = known and known:axis("site", "all")[1]
  if all then
    names[#names + 1] = together(all.code)
    name_of[all.code] = { with = say { fr = "d’un cancer", en = "cancer" } }
  end
  doc:name_sites(names)

  local events = {
    cases = {
      measure = "cases",
      label = { fr = "Nouveaux cas", en = "New cases" },
      noun = { fr = "incidence", en = "incidence" },
      title = { fr = "Incidence", en = "Incidence" },
      of = "of",
      rate = { fr = "taux d’incidence standardisé", en = "age-standardised incidence rate" },
      palette = "blues",
    },
    deaths = {
      measure = "deaths",
      label = { fr = "Décès", en = "Deaths" },
      noun = { fr = "mortalité", en = "mortality" },
      title = { fr = "Mortalité", en = "Mortality" },
      of = "from",
      rate = { fr = "taux de mortalité standardisé", en = "age-standardised mortality rate" },
      palette = "purples",
    },
  }

  -- The tables of one event, under short names; nothing where the store has
  -- no such event.
  function common.event(code)
    local event = events[code]
    local function read(id)
      return common.find("open_data." .. code .. "_" .. id)
    end
    if not read("national_sites") then
      return nil
    end
    return {
      code = code,
      label = say(event.label),
      noun = say(event.noun),
      title = say(event.title),
      of = event.of,
      rate = say(event.rate),
      palette = event.palette,
      sites = read("sites"),
      national_sites = read("national_sites"),
      ages = read("ages"),
      years = read("years"),
      site_ages = read("national_ages"),
      site_years = read("national_years"),
    }
  end

  -- The world-standardised rate of a sex; `fields` name the rest of the cell.
  function common.rate(t, sex, fields)
    local pick = { sex = sex, column = "asr_world" }
    for name, value in pairs(fields or {}) do
      pick[name] = value
    end
    return t:cell(pick)
  end

  -- The whole country's node: the reference of every comparison.
  function common.country(t)
    for _, node in ipairs(t:axis("territory")) do
      if not node.parent and not node.zone then
        return node
      end
    end
  end

  -- The last period of a table, which the reports are about.
  function common.period(t)
    local periods = t:axis("period")
    return periods[#periods]
  end

  -- Sites with the most events in the whole country, most first; of those
  -- only that the table `also` has too, when it is given.
  function common.main_sites(t, count, also)
    local country = common.country(t)
    local sites, size, known = {}, {}, {}
    for _, site in ipairs((also or t):axis("site", "site")) do
      known[site.code] = true
    end
    for _, site in ipairs(t:axis("site", "site")) do
      local cell = t:cell { territory = country, site = site, column = "count" }
      size[site.code] = cell:value() or -1
      if known[site.code] then
        sites[#sites + 1] = site
      end
    end
    table.sort(sites, function(a, b)
      return size[a.code] > size[b.code]
    end)
    local kept = {}
    for i = 1, math.min(count, #sites) do
      kept[i] = sites[i]
    end
    return kept
  end

  -- A label inside another one: "tous cancers", "côlon-rectum", "œsophage"; an
  -- abbreviation stays.
  function common.inside(label)
    local first, rest = string.match(label, "^(%u)([^%u%.].*)$")
    if first then
      return string.lower(first) .. rest
    end
    return (string.gsub(string.gsub(label, "^Œ", "œ"), "^É", "é"))
  end

  -- "hommes", inside a label; "" for both.
  function common.sex_word(code)
    local words = { M = { fr = "hommes", en = "men" }, F = { fr = "femmes", en = "women" } }
    return words[code] and say(words[code]) or ""
  end

  -- Sexes that a site concerns: "M", "F" or both.
  function common.sexes(site)
    if site.sex ~= "" then
      return { site.sex }
    end
    return { "M", "F" }
  end

  -- " chez les hommes", which goes without saying of a site of one sex.
  function common.among(site, sex)
    return site.sex == "" and " " .. sex.in_ or ""
  end

  -- "Poumon, chez les hommes", but "Prostate".
  function common.marked(site, sex)
    return site.label .. (site.sex == "" and ", " .. sex.in_ or "")
  end

  -- Series of a chart: one for each sex that the site concerns.
  function common.series(t, site)
    local series = {}
    for _, sex in ipairs(common.sexes(site)) do
      series[#series + 1] = { sex = sex, label = t:node("sex", sex).label }
    end
    return series
  end

  -- Count and standardised rate of men and women, side by side.
  function common.by_sex(t)
    local men, women = t:node("sex", "M").label, t:node("sex", "F").label
    local count = say { fr = "nombre", en = "number" }
    local rate = say { fr = "TSM", en = "WSR" }
    return {
      { column = "count", sex = "M", group = men, heading = men .. ", " .. count },
      { column = "asr_world", sex = "M", group = men, heading = men .. ", " .. rate, interval = true },
      { column = "count", sex = "F", group = women, heading = women .. ", " .. count },
      { column = "asr_world", sex = "F", group = women, heading = women .. ", " .. rate, interval = true },
    }
  end

  -- The table, or nothing where the store has not what it asks for.
  function common.find(id)
    return doc:has(id) and doc:table(id) or nil
  end

  -- Whether the table has something to show: a cell of the whole country that
  -- exists, were it withheld. Estimates are looked for site by site.
  function common.shows(t)
    if not t then
      return false
    end
    for _, site in ipairs(t:axis("site")) do
      for _, sex in ipairs(t:axis("sex")) do
        local status = t:cell { territory = t:axis("territory")[1], site = site, sex = sex,
          age = t:axis("age")[1], stratum = t:axis("stratum")[1] }:status()
        if status ~= "x" and status ~= "z" then
          return true
        end
      end
    end
    return false
  end

  -- Whether any cell along the dimension has a value: a figure of none would be
  -- an empty frame.
  function common.drawn(t, dimension, pick)
    for _, node in ipairs(t and t:axis(dimension) or {}) do
      pick[dimension] = node
      for _, sex in ipairs(pick.sex and { pick.sex } or t:axis("sex")) do
        local cell = { sex = sex }
        for name, value in pairs(pick) do
          cell[name] = value
        end
        if t:cell(cell):value() then
          return true
        end
      end
    end
    return false
  end

  -- Rates are drawn over the years where the highest reaches this: below it,
  -- half of the decimal that is published is more than a twentieth of a rate.
  common.LEAST_DRAWN = 1

  -- Whether all rates of a site in these sexes are below that, in every year.
  function common.is_low(event, site, sexes)
    local highest, t = nil, event.site_years
    for _, sex in ipairs(sexes) do
      local cell = require("lib.sheet_data").highest(t, { site = site, sex = sex, column = "asr_world" },
        t:axis("period"), "period")
      highest = cell and math.max(cell:value(), highest or 0) or highest
    end
    return highest ~= nil and highest < common.LEAST_DRAWN
  end

  local function of_measure(code, field)
    for _, measure in ipairs(doc:measures()) do
      if measure.code == code then
        return measure[field]
      end
    end
    return ""
  end

  -- The words with a capital first letter, as a cell or a sentence begins.
  function common.capital(words)
    local accents = { ["à"] = "À", ["é"] = "É", ["œ"] = "Œ" }
    local first = utf8.char(utf8.codepoint(words .. " "))
    return (accents[first] or string.upper(first)) .. string.sub(words, #first + 1)
  end

  -- The producer's method of a measure, as a note; and the producer.
  function common.method(code)
    local method = of_measure(code, "method")
    return method == "" and "" or common.capital(method) .. "."
  end

  function common.source(code)
    return of_measure(code, "source")
  end

  -- Source of a table that the edition makes of its own definitions.
  function common.own_source()
    local release = doc:release()
    return release.publisher .. ", " .. release.title
  end

  -- A number that a script has counted, as sentences print it: "12 000", "23,2".
  function common.number(value, decimals)
    local whole, part = string.match(string.format("%." .. (decimals or 0) .. "f", value), "^(%d+)(.*)$")
    local groups = string.gsub(string.reverse(whole), "(%d%d%d)", "%1 ")
    local spaced = string.reverse((string.gsub(groups, " $", "")))
    return say {
      fr = string.gsub(spaced, " ", "\u{202F}") .. string.gsub(part, "%.", ","),
      en = string.gsub(spaced, " ", ",") .. part,
    }
  end

  -- The registry's name, in the document's language.
  function common.registry()
    return doc:registry(doc.lang == "en" and "name.en" or "name")
  end

  -- How a rate of the whole country has changed over all its years: the verb
  -- that its average annual change allows, and that change.
  function common.change(event, sex, site)
    local cell = doc:table("open_data." .. event.code .. "_trend"):cell {
      sex = sex, site = site, column = "annual_change",
    }
    return doc:verb { kind = "change", cell = cell }, cell
  end

  -- What a territory's rates of all cancers allow to say against the
  -- country's: words, the sides that they are on, and why there are none.
  local function compared(event, place)
    local t = event.sites
    local country, values, sides = common.country(t), { rate = event.rate, place_in = place.in_ }, {}
    values.country_of = country.of_
    for sex, name in pairs { M = "men", F = "women" } do
      local function rate(territory)
        return common.rate(t, sex, { territory = territory, site = t:axis("site", "all")[1] })
      end
      values[name], sides[name] = doc:compare(rate(place), rate(country), say { fr = "celui ", en = "that " } .. country.of_)
      values[name .. "_in"] = t:node("sex", sex).in_
      values.why = sides[name] and values.why or common.why(rate(place))
    end
    return values, sides
  end

  local function standing(values, sides)
    if sides.men and sides.women then
      return prose(sides.men == sides.women and "standing_same" or "standing_both", values)
    elseif not sides.men and not sides.women then
      return prose("standing_none", values)
    end
    local known, other = sides.men and "men" or "women", sides.men and "women" or "men"
    values.known, values.known_in, values.other_in = values[known], values[known .. "_in"], values[other .. "_in"]
    return prose("standing_one", values)
  end

  -- Where a territory stands against the country: a sentence for each event, or
  -- one for both when nothing can be compared.
  function common.standings(cases, deaths, place)
    local values, sides = compared(cases, place)
    if not deaths then
      return standing(values, sides)
    end
    local more, other_sides = compared(deaths, place)
    if sides.men or sides.women or other_sides.men or other_sides.women then
      return { standing(values, sides), standing(more, other_sides) }
    end
    return prose("standing_none_both", values)
  end

  -- Why a value is not published, at the end of a sentence.
  function common.why(cell)
    local reasons = {
      c = { fr = "pour protéger la confidentialité", en = "to protect confidentiality" },
      u = { fr = "faute d’un nombre suffisant d’événements", en = "for want of enough events" },
      x = { fr = "faute de données", en = "for want of data" },
    }
    return say(reasons[cell:status()] or reasons.c)
  end

  -- The name of a site in a sentence ("of", "with", "the" ...), nil for one
  -- that the lists of names do not have; English has one name for all forms.
  function common.site_name(site, form)
    return name_of[site.code] and name_of[site.code][form]
  end

  -- "le cancer du poumon", or the label of a site without name.
  function common.the_site(site)
    return common.site_name(site, "the") or
      say { fr = "la localisation « " .. site.label .. " »", en = "the site “" .. site.label .. "”" }
  end

  -- "a", "a et b", "a, b et c".
  function common.listed(names)
    local before = table.concat(names, ", ", 1, #names - 1)
    return (before == "" and "" or before .. say { fr = " et ", en = " and " }) .. names[#names]
  end

  -- "Incidence du cancer du poumon", "Mortality from lung cancer", or with the
  -- label of a site without name.
  function common.of_site(event, site)
    local name = common.site_name(site, "of")
    local of = name and say { fr = " " .. name, en = " " .. event.of .. " " .. name }
    return event.title .. (of or say { fr = " : ", en = ": " } .. common.inside(site.label) .. ",")
  end

  -- How survival is read: a cell of one time after the diagnosis.
  function common.survival_reading(t, fields)
    local cell = t:cell { site = fields.site, sex = fields.sex, age = fields.age, stratum = fields.stratum,
      column = "estimate" }
    if not cell:value() then
      return ""
    end
    local sex, with = t:node("sex", fields.sex), common.site_name(fields.site, "with")
    local age = fields.age and say { fr = " de la classe d’âge ", en = " of the age class " } .. fields.age.label or ""
    local people = sex.total and fields.age and say { fr = "chez les personnes", en = "in people" } or sex.in_
    local alone = fields.site.sex ~= "" and not fields.age
    local who = common.country(t).in_ .. (alone and "" or ", " .. people .. age)
    return say {
      fr = who .. ", la survie nette " .. fields.stratum.label .. " après le diagnostic " ..
        (with or "(localisation « " .. fields.site.label .. " »)") .. " est de ",
      en = who .. ", net survival " .. fields.stratum.label .. " after a diagnosis of " ..
        (with or "“" .. fields.site.label .. "”") .. " is ",
    } .. cell:said() .. " " .. cell:limits_text() .. "."
  end

  -- What the abbreviations of table heads stand for.
  function common.abbreviations(europe)
    local world = say {
      fr = "TSM : taux standardisé monde",
      en = "WSR: world-standardised rate",
    }
    if not europe then
      return world .. "."
    end
    return world .. say {
      fr = " ; TSE : taux standardisé Europe.",
      en = "; ESR: European-standardised rate.",
    }
  end

  -- How probabilities are written that are nearly certain.
  function common.certainty()
    return say {
      fr = "Il y a excès quand le rapport dépasse un. Une probabilité de moins de 0,1 % est écrite 0,1, une de plus de 99,9 % est écrite 99,9.",
      en = "There is an excess where the ratio is above one. A probability under 0.1% is written 0.1, one over 99.9% is written 99.9.",
    }
  end

  -- What the signs mean and what protects people, in a few lines.
  function common.warning()
    local policy = doc:release().policy
    return prose("warning", {
      limit = policy.limit,
      unreliable_under = policy.unreliable_under,
      caution_from = policy.caution_from,
      caution_to = policy.caution_to,
    })
  end

  return common
end
