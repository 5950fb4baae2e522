-- Scotland as a whole, each year from 1996 to 2020: trends, then every site in
-- the last year and in the last five years.
local ALL = "C00-C97xC44"
local TRENDS = { "C33-C34", "C18-C20", "C43", "C00-C14_C30-C32", "C64-C65", "C16" }
local ONE_SEX = { "C50", "C61", "C54", "C56" } -- breast: of females

local function rate(t, sex, period)
  return t:cell { site = ALL, sex = sex, period = period, column = "asr_world" }
end

local function opening(doc, t, first, before, last)
  return {
    cover {
      title = "Cancer incidence " .. doc.place.in_,
      subtitle = doc:release().title,
      description = "New cancers registered " .. doc.place.in_ .. " each year, by site and sex.",
      lines = { first.label .. "–" .. last.label },
    },
    key_figures {
      { value = t:cell { site = ALL, sex = "T", period = last }, label = "New cases of cancer in " .. last.label },
      { value = rate(t, "M", last), label = "Standardised rate, males" },
      { value = rate(t, "F", last), label = "Standardised rate, females" },
    },
    text("In {last}, **{cases}** new cancers were registered in Scotland. Here and below, “all cancers” leaves out non-melanoma skin cancer. From {first} to {before}, the last year before the COVID-19 pandemic, the standardised rate is {men} in males and {women} in females. Standardised rates are {unit}, on the World standard population.", {
      first = first.label, before = before.label, last = last.label,
      cases = t:cell { site = ALL, sex = "T", period = last },
      men = doc:trend(rate(t, "M", first), rate(t, "M", before)),
      women = doc:trend(rate(t, "F", first), rate(t, "F", before)),
      unit = rate(t, "T", last):unit(),
    }),
    note("Fewer cancers were diagnosed in 2020 during the COVID-19 pandemic: the fall of that year is not a fall of the disease. The last-five-years table includes it."),
  }
end

local function trend(doc, t, code, sexes, half)
  local site = t:node("site", code)
  return doc:chart {
    id = "trend-" .. string.lower((string.gsub(code, "[^%w]", "-"))), kind = "line", table = t, column = "asr_world",
    filter = { site = site }, series = sexes or "sex",
    width = half and "half" or "full", height = half and 165 or 230,
    title = site.label .. ": world-standardised rate",
  }
end

local function side_by_side(doc, t, codes, sex_of)
  local blocks = {}
  for i = 1, #codes, 2 do
    blocks[#blocks + 1] = columns {
      trend(doc, t, codes[i], sex_of(codes[i]), true),
      trend(doc, t, codes[i + 1], sex_of(codes[i + 1]), true),
    }
  end
  return blocks
end

local function trends(doc, t)
  return {
    heading(1, "Trends"),
    trend(doc, t, ALL),
    heading(2, "Cancers of both sexes"),
    side_by_side(doc, t, TRENDS, function() return nil end),
    heading(2, "Cancers of one sex"),
    side_by_side(doc, t, ONE_SEX, function(code)
      local sex = code == "C61" and "M" or "F"
      return { { sex = sex, label = t:node("sex", sex).label } }
    end),
  }
end

-- Sites that the publisher names; remainders are in the data set only.
local function sites(t)
  local kept = {}
  for _, site in ipairs(t:axis("site")) do
    if not string.find(site.code, "_other", 1, true) then
      kept[#kept + 1] = site
    end
  end
  return kept
end

local function by_sex()
  return {
    { column = "count", sex = "M", heading = "Males, number" },
    { column = "asr_world", sex = "M", heading = "Males, WSR", interval = true },
    { column = "count", sex = "F", heading = "Females, number" },
    { column = "asr_world", sex = "F", heading = "Females, WSR", interval = true },
  }
end

local function by_site(doc, t, id, period)
  return doc:grid {
    id = id, table = t, rows = sites(t), filter = { period = period },
    columns = by_sex(),
    title = "Incidence by cancer site and sex, " .. period.label, unit = "",
    note = "WSR: rate standardised to the World population. Lines overlap: a group (in bold) includes the sites below it.",
  }
end

local function by_year(doc, t)
  return doc:grid {
    id = "years", table = t, rows = "period", filter = { site = ALL },
    columns = by_sex(),
    title = "All cancers by year and sex", unit = "",
    note = "WSR: rate standardised to the World population.",
  }
end

local function method(doc)
  local policy = doc:release().policy
  return {
    heading(1, "Source and method"),
    text("Source: Public Health Scotland, annual cancer incidence, 1996 to 2020. Contains public sector information licensed under the Open Government Licence v3.0. This release is a demonstration, is not endorsed by Public Health Scotland, and adds disclosure control to figures that are public already."),
    text("A trend is called rising or falling only when the 95% confidence intervals of the two years do not overlap. Counts from one to {limit}, and others that would give them back, are confidential [c]. A rate of fewer than {under} cases is not published.",
      { limit = policy.limit, under = policy.unreliable_under }),
  }
end

return {
  id = "profile",
  title = { fr = "Profil", en = "Profile" },
  each = { "root" },
  formats = { "pdf", "xlsx", "html", "svg", "png" },
  uses = { "data" },
  plan = function() end,
  page = function(doc)
    local t, pooled = doc:table("data.incidence"), doc:table("data.period")
    local years = t:axis("period")
    local first, last = years[1], years[#years]
    return {
      opening(doc, t, first, years[#years - 1], last),
      trends(doc, t),
      heading(1, "Every site"),
      by_site(doc, t, "sites-year", last),
      by_site(doc, pooled, "sites-period", pooled:axis("period")[1]),
      heading(1, "Every year"),
      by_year(doc, t),
      method(doc),
    }
  end,
}
