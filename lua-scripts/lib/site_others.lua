-- SPDX-License-Identifier: EUPL-1.2
-- site_others.lua - the sites and groups of sites that have no sheet, with the
-- same names as in site_names.lua: sentences under tables and figures tell of
-- them too. Where French changes more than the first word of `new` there is also
--
--   by    "décès PAR HÉMOPATHIE MALIGNE"

-- Of a group the rate is that of its cancers, in the plural.
local function group(code, of, en)
  return { code = code, new = "de cancer " .. of, of = "des cancers " .. of, with = "d’un cancer " .. of, en = en }
end

local function organ(code, of, en)
  return { code = code, new = "de cancer " .. of, of = "du cancer " .. of, with = "d’un cancer " .. of, en = en }
end

return {
  group("VAD", "des voies aérodigestives supérieures", "cancer of the upper aerodigestive tract"),
  group("FOS", "des fosses nasales et des sinus", "cancer of the nasal cavity and sinuses"),
  group("DIG", "de l’appareil digestif", "cancer of the digestive organs"),
  organ("GRE", "de l’intestin grêle", "cancer of the small intestine"),
  group("VBI", "de la vésicule et des voies biliaires", "cancer of the gallbladder and bile ducts"),
  group("THO", "du poumon, de la plèvre et du thorax", "cancer of the lung, pleura and thorax"),
  {
    code = "MES", new = "de mésothéliome", of = "du mésothéliome", with = "d’un mésothéliome",
    en = "mesothelioma",
  },
  group("ATH", "des autres organes du thorax", "cancer of other thoracic organs"),
  group("PTM", "de la peau, des os et des tissus mous", "cancer of the skin, bone and soft tissue"),
  group("OSC", "des os et du cartilage", "cancer of bone and cartilage"),
  group("TMO", "des tissus mous", "cancer of soft tissue"),
  group("SGF", "du sein et de l’appareil génital féminin", "cancer of the breast and female genital organs"),
  group("AGF", "des autres organes génitaux féminins", "cancer of other female genital organs"),
  group("AGM", "de l’appareil génital masculin", "cancer of the male genital organs"),
  group("PEN", "du pénis et des autres organes génitaux masculins",
    "cancer of the penis and other male genital organs"),
  group("URI", "de l’appareil urinaire", "cancer of the urinary organs"),
  group("SNE", "du système nerveux, de l’œil et des glandes endocrines",
    "cancer of the nervous system, eye and endocrine glands"),
  organ("OEI", "de l’œil", "cancer of the eye"),
  group("END", "des autres glandes endocrines", "cancer of other endocrine glands"),
  {
    code = "HEM", new = "d’hémopathie maligne", of = "des hémopathies malignes", with = "d’une hémopathie maligne",
    by = "par hémopathie maligne", en = "haematological malignancies",
  },
  {
    code = "AUT", new = "d’un autre cancer ou d’un cancer de localisation inconnue",
    of = "des autres cancers et des cancers de localisation inconnue",
    with = "d’un autre cancer ou d’un cancer de localisation inconnue",
    by = "par un autre cancer ou un cancer de localisation inconnue",
    the = "les autres cancers et les cancers de localisation inconnue",
    en = "other cancers and cancers of unknown site",
  },
}
