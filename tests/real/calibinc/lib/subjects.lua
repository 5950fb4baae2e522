-- subjects.lua - the four pairs of a site and a sex, and where each is counted.
local subjects = {
  list = {
    { id = "lop", code = "LOP", sex = "M", period = "2007-2011", corse = { "2A", "2B" },
      label = "lèvre, bouche et pharynx, hommes", palette = "blues" },
    { id = "lnh", code = "LNH", sex = "F", period = "2007-2011", corse = { "2A", "2B" },
      label = "lymphomes malins non hodgkiniens, femmes", palette = "purples" },
    { id = "pan", code = "PAN", sex = "M", period = "2007-2015", corse = { "20" },
      label = "pancréas, hommes", palette = "blues" },
    { id = "mel", code = "MEL", sex = "F", period = "2007-2015", corse = { "20" },
      label = "mélanome de la peau, femmes", palette = "purples" },
  },
}

for _, subject in ipairs(subjects.list) do
  local years = string.gsub(subject.period, "-", "_")
  subject.measure = "hospital_" .. years
  subject.person_years = "person_years_" .. years
end

-- France, the registry area, and the départements, where Corse is one or two;
-- those overseas are asked for and not covered.
function subjects.territories(subject)
  local list = { "root", "zone:registre" }
  local function add(code)
    list[#list + 1] = "code:departement/" .. code
  end
  for number = 1, 95 do
    if number ~= 20 then
      add(string.format("%02d", number))
    else
      for _, code in ipairs(subject.corse) do
        add(code)
      end
    end
  end
  for _, code in ipairs { "971", "972", "973", "974", "976" } do
    add(code)
  end
  return list
end

return subjects
