-- SPDX-License-Identifier: EUPL-1.2
-- chapter_prevalence.lua - people alive who have had a cancer.
local BARS = 15

local function plan(p)
  p.table {
    optional = true,
    id = "prevalence",
    title = { fr = "Prévalence par localisation", en = "Prevalence by cancer site" },
    measure = "prevalence", site = "every", sex = { "T", "M", "F" },
    period = "2017", stratum = { "T", "code:5" },
    values = { { kind = "estimate", interval = true, decimals = 0 } },
  }
end

local function window(common, stratum)
  return stratum.total and common.say { fr = "Prévalence totale", en = "Total prevalence" }
    or common.say { fr = "Prévalence à ", en = "Prevalence within " } .. stratum.label
end

-- How many people alive have had the site that most of them have had.
local function reading(common, t, stratum)
  local cell, site = require("lib.sheet_data").highest(t, { sex = "T", stratum = stratum, column = "estimate" },
    t:axis("site", "site"), "site")
  if not cell then
    return ""
  end
  local name = common.site_name(site, "with")
  return common.say {
    fr = common.country(t).in_ .. ", " .. t:axis("period")[1].in_ .. ", le nombre de personnes en vie qui ont eu " ..
      (name and string.gsub(name, "^d’", "") or "un cancer (" .. site.label .. ")") ..
      (stratum.total and "" or ", diagnostiqué depuis moins de " .. stratum.label .. ",") .. " est estimé à ",
    en = common.country(t).in_ .. ", " .. t:axis("period")[1].in_ .. ", the number of people alive who have had " ..
      (name or "a cancer (" .. site.label .. ")") ..
      (stratum.total and "" or ", diagnosed within " .. stratum.label .. ",") .. " is estimated at ",
  } .. cell:said() .. " " .. cell:limits_text() .. "."
end

local function bars(doc, common, t, stratum, width)
  local say = common.say
  local name = stratum.total and say { fr = "prévalence totale", en = "total prevalence" }
    or say { fr = "cancer diagnostiqué dans les " .. stratum.label, en = "cancer diagnosed within " .. stratum.label }
  return doc:chart {
    id = "prevalence-bars-" .. string.lower(stratum.code), kind = "bar", table = t, x = "site", level = "site",
    top = BARS, column = "estimate", filter = { sex = "T", stratum = stratum }, height = 290, width = width,
    title = say { fr = "Personnes en vie ayant eu un cancer : " .. name,
      en = "People alive who have had a cancer: " .. name },
    reading = reading(common, t, stratum), note = common.method("prevalence"),
  }
end

-- How many people have had a cancer, men and women, and of late.
local function key(common, t)
  local all = t:axis("site", "all")[1]
  local function of(sex, stratum)
    return t:cell { site = all, sex = sex, stratum = stratum, column = "estimate" }
  end
  local values = { year = t:axis("period")[1], all = of("T", "T"), men = of("M", "T"), women = of("F", "T"),
    recent = of("T", "5") }
  local known = values.all:value() and values.men:value() and values.women:value() and values.recent:value()
  return known and prose("prevalence_key", values) or {}
end

-- Of all cancers: men and women, and of late.
local function keys(common, t)
  local list, all = {}, t:axis("site", "all")[1]
  for _, stratum in ipairs(t:axis("stratum")) do
    for _, sex in ipairs(t:axis("sex")) do
      list[#list + 1] = { value = t:cell { site = all, stratum = stratum, sex = sex, column = "estimate" }, about = true,
        label = window(common, stratum) .. (sex.total and "" or ", " .. common.sex_word(sex.code)) }
    end
  end
  return key_figures(list)
end

return {
  plan = plan, bars = bars, key = key, keys = keys,
  page = function(doc, common)
    local say, t = common.say, common.find("national.prevalence")
    if not common.shows(t) then
      return {}
    end
    local windows, charts = {}, {}
    for _, stratum in ipairs(t:axis("stratum")) do
      for _, sex in ipairs(t:axis("sex")) do
        windows[#windows + 1] = { column = "estimate", stratum = stratum, sex = sex, group = window(common, stratum),
          heading = window(common, stratum) .. ", " .. sex.label }
      end
      charts[#charts + 1] = bars(doc, common, t, stratum, "half")
    end
    return {
      heading(1, say { fr = "Prévalence", en = "Prevalence" }, "prevalence"),
      key(common, t),
      prose("prevalence"),
      keys(common, t),
      #charts == 2 and columns(charts) or charts,
      doc:grid {
        id = "prevalence", table = t, rows = "site", columns = windows,
        title = say { fr = "Personnes en vie ayant eu un cancer", en = "People alive who have had a cancer" },
        note = common.method("prevalence"),
      },
    }
  end,
}
