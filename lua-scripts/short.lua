-- SPDX-License-Identifier: EUPL-1.2
-- short.lua - the short edition: twenty-four pages of the national report's
-- tables, made by the same chapters. It plans nothing.
local ALONE, ROWS, FEW = 30, 20, 8 -- sites in a table of a page, above a figure, of part of one
local ON_A_PAGE = 4 -- trends of sites
local CURVES = 6
local REST = 260 -- height of a figure that has the rest of a page

local function chapter(name)
  return require("lib.chapter_" .. name)
end

-- The cover, and a page with the contents and the imprint.
local function front(doc, common, cases)
  local say = common.say
  return {
    chapter("opening").cover_of(doc, common, cases, say { fr = "L’essentiel", en = "Key points" }, say {
      fr = "Les cancers en vingt-quatre pages : incidence, mortalité, survie, prévalence, territoires et dépistage.",
      en = "Cancer in twenty-four pages: incidence, mortality, survival, prevalence, territories and screening.",
    }),
    contents(),
    chapter("opening").imprint(doc, common),
  }
end

-- The sites have a page of their own, or the rest of the first one.
local function burden(doc, common, event, prose_name, brief)
  local parts = chapter("burden")
  return {
    parts.introduction(common, event, prose_name),
    parts.trend(doc, common, event, not brief and REST or nil),
    brief and parts.main_sites(doc, common, event, FEW),
    page_break(),
    parts.bars(doc, common, event, "M"), parts.bars(doc, common, event, "F"),
    page_break(),
    not brief and { parts.main_sites(doc, common, event, ROWS), parts.age_curve(doc, common, event), page_break() } or {},
    parts.segments_of(doc, common, event, "M", ON_A_PAGE),
    page_break(),
    parts.segments_of(doc, common, event, "F", ON_A_PAGE),
  }
end

local function after(doc, common)
  local say = common.say
  local survival, prevalence = common.find("national.survival"), common.find("national.prevalence")
  return {
    common.shows(survival) and {
      heading(1, say { fr = "Survie", en = "Survival" }),
      prose("survival", { alive_under = doc:release().policy.alive_under }),
      chapter("survival").main(doc, common, survival, ALONE),
      page_break(),
      chapter("survival").curves(doc, common, survival, common.method("survival_net"), CURVES, 130),
    } or {},
    common.shows(prevalence) and {
      heading(1, say { fr = "Prévalence", en = "Prevalence" }),
      chapter("prevalence").key(common, prevalence),
      prose("prevalence"),
      chapter("prevalence").keys(common, prevalence),
      chapter("prevalence").bars(doc, common, prevalence, prevalence:axis("stratum")[1]),
    } or {},
  }
end

local function places(doc, common, cases, deaths)
  local far = {}
  for _, place in ipairs(cases.sites:axis("territory", "region")) do
    far[#far + 1] = chapter("regions").is_overseas(doc, place) and place or nil
  end
  if #cases.sites:axis("territory", "region") == 0 then
    return {}
  end
  return {
    heading(1, common.say { fr = "Les territoires", en = "Territories" }),
    prose("territories"),
    chapter("regions").maps(doc, common, cases),
    deaths and chapter("regions").maps(doc, common, deaths),
    page_break(),
    chapter("territories").variations(doc, common, cases, "M"),
    page_break(),
    chapter("territories").variations(doc, common, cases, "F"),
    #far > 0 and chapter("regions").overseas(doc, common, cases, deaths, far) or {},
  }
end

local function unequal(doc, common, cases, deaths)
  if not common.find("national.cases_relative_index") or not deaths then
    return {}
  end
  local site = doc:table("open_data.cases_quintiles"):axis("site")
  return {
    heading(1, common.say { fr = "Inégalités sociales", en = "Social inequality" }),
    prose("inequality"),
    columns { chapter("inequality").site_dots(doc, common, cases, site[1]),
      chapter("inequality").site_dots(doc, common, deaths, site[1]) },
    chapter("inequality").relative(doc, common, cases),
  }
end

local function screened(doc, common)
  local programmes = chapter("screening").known(common)
  if #programmes == 0 then
    return {}
  end
  local blocks = {
    heading(1, common.say { fr = "Dépistage", en = "Screening" }),
    prose("screening"),
    chapter("screening").trend(doc, common, programmes),
  }
  if #programmes[1].places:axis("territory", "departement") > 0 then
    blocks[#blocks + 1] = page_break()
    blocks[#blocks + 1] = chapter("screening").map_of(doc, common, programmes[1], { height = 250 })
    blocks[#blocks + 1] = programmes[2] and chapter("screening").map_of(doc, common, programmes[2], { height = 250 })
  end
  return blocks
end

local function last_page(doc, common)
  local release = doc:release()
  local policy = release.policy
  return {
    heading(1, common.say { fr = "Secret statistique et méthodes", en = "Confidentiality and methods" }),
    prose("short_secrecy", {
      limit = policy.limit, threshold = policy.threshold, legal_basis = policy.legal_basis,
      date = policy.date, owner = policy.owner,
    }),
    prose("short_methods"),
    heading(2, common.say { fr = "Glossaire", en = "Glossary" }),
    glossary(prose("glossary")),
    chapter("methods").program(doc, common),
  }
end

return {
  id = "short",
  title = { fr = "L’essentiel", en = "Key points" },
  directory = "essentiel",
  formats = { "pdf", "html" },
  uses = { "open_data", "national" },
  plan = function() end,
  page = function(doc)
    local common = require("lib.common")(doc)
    local cases, deaths = common.event("cases"), common.event("deaths")
    local opening = chapter("opening")
    return {
      front(doc, common, cases),
      heading(1, common.say { fr = "En bref", en = "In brief" }),
      opening.key_points(doc, common, cases, deaths),
      opening.introduction(doc, common, cases, deaths),
      opening.trends(doc, common, cases, deaths),
      heading(1, common.say { fr = "Lire ce document", en = "How to read this document" }),
      prose("reading"),
      opening.signs(common),
      opening.guide(common, { "line", "bar", "joinpoint", "step", "map", "dot" }),
      common.warning(),
      burden(doc, common, cases, "incidence"),
      deaths and burden(doc, common, deaths, "mortality", true),
      after(doc, common),
      places(doc, common, cases, deaths),
      unequal(doc, common, cases, deaths),
      screened(doc, common),
      last_page(doc, common),
    }
  end,
}
