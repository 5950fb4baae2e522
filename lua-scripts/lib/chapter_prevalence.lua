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
  return stratum.total and common.say { fr = "Totale", en = "Total" }
    or common.say { fr = "Dans les ", en = "Within " } .. stratum.label
end

local function bars(doc, common, t, stratum)
  local say = common.say
  local name = stratum.total and say { fr = "prévalence totale", en = "total prevalence" }
    or say { fr = "cancer diagnostiqué dans les " .. stratum.label, en = "cancer diagnosed within " .. stratum.label }
  return doc:chart {
    id = "prevalence-bars-" .. string.lower(stratum.code), kind = "bar", table = t, x = "site", level = "site",
    top = BARS, column = "estimate", filter = { sex = "T", stratum = stratum }, height = 290,
    title = say { fr = "Personnes en vie ayant eu un cancer : " .. name,
      en = "People alive who have had a cancer: " .. name },
    note = common.method("prevalence"),
  }
end

return {
  plan = plan, bars = bars,
  page = function(doc, common)
    local say, t = common.say, common.find("national.prevalence")
    if not common.shows(t) then
      return {}
    end
    local windows, charts, keys = {}, {}, {}
    local all = t:axis("site", "all")[1]
    for _, stratum in ipairs(t:axis("stratum")) do
      for _, sex in ipairs(t:axis("sex")) do
        windows[#windows + 1] = { column = "estimate", stratum = stratum, sex = sex, group = window(common, stratum),
          heading = window(common, stratum) .. ", " .. sex.label }
        keys[#keys + 1] = { value = t:cell { site = all, stratum = stratum, sex = sex, column = "estimate" },
          label = window(common, stratum) .. (sex.total and "" or ", " .. common.sex_word(sex.code)) }
      end
      charts[#charts + 1] = bars(doc, common, t, stratum)
    end
    return {
      heading(1, say { fr = "Prévalence", en = "Prevalence" }, "prevalence"),
      prose("prevalence"),
      key_figures(keys),
      charts,
      doc:grid {
        id = "prevalence", table = t, rows = "site", columns = windows,
        title = say { fr = "Personnes en vie ayant eu un cancer", en = "People alive who have had a cancer" },
        note = common.method("prevalence"),
      },
    }
  end,
}
