/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/fs.h"
#include "device/haru_impl.h"

static const char profile_path[] = "/usr/share/color/icc/sRGB.icc";
static const char profile_name[] = "sRGB IEC61966-2.1";

HPDF_Binary haru_text_object(struct haru *haru, const char *text)
{
    struct text hex = text_new(haru->arena);
    put_utf16(&hex, text, strlen(text));
    size_t size = hex.size / 2 + 2;
    HPDF_BYTE *bytes = arena_alloc(haru->arena, size);
    bytes[0] = 0xFE;
    bytes[1] = 0xFF;
    for (size_t i = 2; i < size; i++) {
        int value = 0;
        for (size_t j = 0; j < 2; j++) {
            char digit = hex.at[(i - 2) * 2 + j];
            value =
                value * 16 + (digit <= '9' ? digit - '0' : digit - 'A' + 10);
        }
        bytes[i] = (HPDF_BYTE)value;
    }
    return HPDF_Binary_New(haru->doc->mmgr, bytes, (HPDF_UINT)size);
}

/* Midnight UTC of the release's date. */
HPDF_String haru_date_object(struct haru *haru)
{
    const char *date = haru->info.date;
    assert(strlen(date) == 10);
    return HPDF_String_New(haru->doc->mmgr,
                           arena_format(haru->arena, "D:%.4s%.2s%.2s000000Z",
                                        date, date + 5, date + 8),
                           NULL);
}

static void finish_info(struct haru *haru)
{
    HPDF_Dict info = haru->doc->info;
    HPDF_Dict_Add(info, "Title", haru_text_object(haru, haru->info.title));
    HPDF_Dict_Add(info, "Author", haru_text_object(haru, haru->info.author));
    HPDF_Dict_Add(info, "Subject", haru_text_object(haru, haru->info.subject));
    HPDF_Dict_Add(info, "Keywords",
                  haru_text_object(haru, haru->info.keywords));
    HPDF_Dict_Add(info, "Creator", haru_text_object(haru, haru->info.creator));
    HPDF_Dict_Add(info, "CreationDate", haru_date_object(haru));
    HPDF_Dict_Add(info, "ModDate", haru_date_object(haru));
}

static void xml_element(struct text *out, const char *open, const char *value,
                        const char *close)
{
    text_add(out, open);
    text_add_xml(out, value);
    text_add(out, close);
}

/* PDF/A wants the PDF/UA property described, since it is not one of its own. */
static const char extension_schema[] =
    "<rdf:Description rdf:about=\"\" "
    "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
    "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
    "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
    "</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>PDF/UA version identifier"
    "</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n";

static void put_properties(struct text *out, const struct haru_info *info)
{
    xml_element(out, "<dc:language><rdf:Bag><rdf:li>", info->lang,
                "</rdf:li></rdf:Bag></dc:language>\n");
    xml_element(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
                info->title, "</rdf:li></rdf:Alt></dc:title>\n");
    xml_element(out, "<dc:creator><rdf:Seq><rdf:li>", info->author,
                "</rdf:li></rdf:Seq></dc:creator>\n");
    xml_element(out, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
                info->subject, "</rdf:li></rdf:Alt></dc:description>\n");
    xml_element(out, "<pdf:Keywords>", info->keywords, "</pdf:Keywords>\n");
    text_format(out, "<pdf:Producer>Haru Free PDF Library %s</pdf:Producer>\n",
                HPDF_GetVersion());
    xml_element(out, "<xmp:CreatorTool>", info->creator,
                "</xmp:CreatorTool>\n");
    text_format(out,
                "<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate>\n"
                "<xmp:ModifyDate>%sT00:00:00Z</xmp:ModifyDate>\n",
                info->date, info->date);
}

static void finish_xmp(struct haru *haru)
{
    struct text xmp = text_new(haru->arena);
    text_add(&xmp, "<?xpacket begin=\"\xEF\xBB\xBF\" "
                   "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                   "<rdf:RDF xmlns:rdf="
                   "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                   "<rdf:Description rdf:about=\"\" "
                   "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                   "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
                   "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
                   "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" "
                   "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                   "<dc:format>application/pdf</dc:format>\n");
    put_properties(&xmp, &haru->info);
    const char *name = archive_name(haru->info.archive); /* "2a" */
    text_format(&xmp,
                "<pdfuaid:part>1</pdfuaid:part>\n"
                "<pdfaid:part>%c</pdfaid:part>\n"
                "<pdfaid:conformance>%c</pdfaid:conformance>\n"
                "</rdf:Description>\n",
                name[0], name[1] == 'a' ? 'A' : 'B');
    text_add(&xmp, extension_schema);
    text_add(&xmp, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");

    HPDF_Dict stream = haru_new_stream(haru);
    stream->filter = HPDF_STREAM_FILTER_NONE;
    HPDF_Dict_AddName(stream, "Type", "Metadata");
    HPDF_Dict_AddName(stream, "Subtype", "XML");
    haru_stream_text(stream, &xmp);
    HPDF_Dict_Add(haru->doc->catalog, "Metadata", stream);
}

static void finish_intent(struct haru *haru)
{
    char *bytes = NULL;
    size_t size = 0;
    struct err err = {0};
    if (!fs_read(haru->arena, profile_path, &bytes, &size, &err)) {
        haru_fail(haru, ERR_INPUT, "pdf.profile",
                  "%s (Debian package icc-profiles-free)", err.text);
        return;
    }
    HPDF_MMgr memory = haru->doc->mmgr;
    HPDF_Dict profile = haru_new_stream(haru);
    HPDF_Dict_AddNumber(profile, "N", 3);
    HPDF_Stream_Write(profile->stream, (const HPDF_BYTE *)bytes,
                      (HPDF_UINT)size);
    HPDF_Dict intent = HPDF_Dict_New(memory);
    HPDF_Dict_AddName(intent, "Type", "OutputIntent");
    HPDF_Dict_AddName(intent, "S", "GTS_PDFA1");
    HPDF_Dict_Add(intent, "OutputConditionIdentifier",
                  HPDF_String_New(memory, profile_name, NULL));
    HPDF_Dict_Add(intent, "Info", HPDF_String_New(memory, profile_name, NULL));
    HPDF_Dict_Add(intent, "DestOutputProfile", profile);
    HPDF_Array intents = HPDF_Array_New(memory);
    HPDF_Array_Add(intents, intent);
    HPDF_Dict_Add(haru->doc->catalog, "OutputIntents", intents);
}

/* Sixteen bytes of the hash of all pages and of the metadata. */
static void finish_identifier(struct haru *haru)
{
    const struct haru_info *info = &haru->info;
    const char *const facts[] = {
        info->title, info->author, info->subject, info->keywords,
        info->lang,  info->date,   info->creator, archive_name(info->archive)};
    for (size_t i = 0; i < COUNT_OF(facts); i++)
        hash_add(haru->hash, facts[i], strlen(facts[i]) + 1);
    char hex[HASH_HEX_SIZE];
    hash_end(haru->hash, hex);
    haru->hash = NULL;

    HPDF_BYTE bytes[16];
    for (size_t i = 0; i < sizeof bytes; i++) {
        int high = hex[2 * i] <= '9' ? hex[2 * i] - '0' : hex[2 * i] - 'a' + 10;
        int low = hex[2 * i + 1] <= '9' ? hex[2 * i + 1] - '0'
                                        : hex[2 * i + 1] - 'a' + 10;
        bytes[i] = (HPDF_BYTE)(high * 16 + low);
    }
    HPDF_MMgr memory = haru->doc->mmgr;
    HPDF_Array pair = HPDF_Array_New(memory);
    HPDF_Array_Add(pair, HPDF_Binary_New(memory, bytes, sizeof bytes));
    HPDF_Array_Add(pair, HPDF_Binary_New(memory, bytes, sizeof bytes));
    HPDF_Dict_Add(haru->doc->trailer, "ID", pair);
}

void haru_meta_finish(struct haru *haru)
{
    finish_info(haru);
    finish_xmp(haru);
    finish_intent(haru);
    finish_identifier(haru);
}
