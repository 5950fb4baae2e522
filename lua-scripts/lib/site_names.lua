-- SPDX-License-Identifier: EUPL-1.2
-- site_names.lua - the sites that have a sheet, in the order of the sheets, and
-- their names as sentences need them: French articles and numbers differ.
--
--   new   "nouveaux cas DE CANCER DU POUMON"
--   of    "l’incidence DU CANCER DU POUMON"
--   with  "des personnes atteintes D’UN CANCER DU POUMON"
--   en    "LUNG CANCER", which English needs alone
--   the   "LE CANCER DU POUMON", where it is more than `of` with another article
--
-- Other sites have theirs in site_others.lua. Each of these here has a paragraph of its own, templates/prose/LANGUAGE/site_CODE.md.
local function organ(code, of, en)
  return { code = code, new = "de cancer " .. of, of = "du cancer " .. of, with = "d’un cancer " .. of, en = en }
end

return {
  {
    code = "LBP", new = "de cancer de la lèvre, de la bouche ou du pharynx",
    of = "des cancers de la lèvre, de la bouche et du pharynx",
    with = "d’un cancer de la lèvre, de la bouche ou du pharynx",
    en = "lip, oral cavity and pharyngeal cancer",
  },
  organ("OES", "de l’œsophage", "oesophageal cancer"),
  organ("EST", "de l’estomac", "stomach cancer"),
  organ("CRC", "du côlon et du rectum", "colorectal cancer"),
  organ("FOI", "du foie", "liver cancer"),
  organ("PAN", "du pancréas", "pancreatic cancer"),
  organ("LAR", "du larynx", "laryngeal cancer"),
  organ("POU", "du poumon", "lung cancer"),
  {
    code = "MEL", new = "de mélanome de la peau", of = "du mélanome de la peau",
    with = "d’un mélanome de la peau", en = "melanoma of the skin",
  },
  organ("SEI", "du sein", "breast cancer"),
  organ("CUT", "du col de l’utérus", "cervical cancer"),
  organ("CRU", "du corps de l’utérus", "cancer of the corpus uteri"),
  organ("OVA", "de l’ovaire", "ovarian cancer"),
  organ("PRO", "de la prostate", "prostate cancer"),
  organ("TES", "du testicule", "testicular cancer"),
  organ("REI", "du rein et des voies urinaires", "kidney and urinary tract cancer"),
  organ("VES", "de la vessie", "bladder cancer"),
  {
    code = "SNC", new = "de tumeur maligne du système nerveux central",
    of = "des tumeurs malignes du système nerveux central",
    with = "d’une tumeur maligne du système nerveux central",
    en = "malignant tumours of the central nervous system",
  },
  organ("THY", "de la thyroïde", "thyroid cancer"),
  {
    code = "LH", new = "de lymphome de Hodgkin", of = "du lymphome de Hodgkin",
    with = "d’un lymphome de Hodgkin", en = "Hodgkin lymphoma",
  },
  {
    code = "LNH", new = "de lymphome malin non hodgkinien", of = "des lymphomes malins non hodgkiniens",
    with = "d’un lymphome malin non hodgkinien", en = "non-Hodgkin lymphoma",
  },
  {
    code = "MM", new = "de myélome multiple", of = "du myélome multiple",
    with = "d’un myélome multiple", en = "multiple myeloma",
  },
  {
    code = "LEL", new = "de leucémie lymphoïde", of = "des leucémies lymphoïdes",
    with = "d’une leucémie lymphoïde", en = "lymphoid leukaemia",
  },
  {
    code = "LEM", new = "de leucémie myéloïde ou d’un autre type",
    of = "des leucémies myéloïdes et des autres leucémies", the = "les leucémies myéloïdes et les autres leucémies",
    with = "d’une leucémie myéloïde ou d’un autre type", en = "myeloid and other leukaemias",
  },
}
