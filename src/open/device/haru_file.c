/* SPDX-License-Identifier: EUPL-1.2 */
/* Files attached to a document: PDF/A-3 (ISO 19005-3, 6.8) wants each to be
 * the associated file of a part of the document, with its kind, its size and
 * its date. */
#include <stdlib.h>
#include <string.h>

#include "device/haru_impl.h"

static HPDF_Dict embed(struct haru *haru, const struct haru_file_source *source)
{
    HPDF_Dict params = HPDF_Dict_New(haru->doc->mmgr);
    HPDF_Dict_AddNumber(params, "Size", (HPDF_INT32)source->size);
    HPDF_Dict_Add(params, "ModDate", haru_date_object(haru));
    HPDF_Dict stream = haru_new_stream(haru);
    HPDF_Dict_AddName(stream, "Type", "EmbeddedFile");
    HPDF_Dict_AddName(stream, "Subtype", source->media_type);
    HPDF_Dict_Add(stream, "Params", params);
    HPDF_Stream_Write(stream->stream, source->bytes, (HPDF_UINT)source->size);
    return stream;
}

static HPDF_Dict specify(struct haru *haru,
                         const struct haru_file_source *source)
{
    HPDF_MMgr memory = haru->doc->mmgr;
    HPDF_Dict stream = embed(haru, source);
    HPDF_Dict embedded = HPDF_Dict_New(memory);
    HPDF_Dict_Add(embedded, "F", stream);
    HPDF_Dict_Add(embedded, "UF", stream);
    HPDF_Dict file = haru_new_dict(haru);
    HPDF_Dict_AddName(file, "Type", "Filespec");
    HPDF_Dict_Add(file, "F", HPDF_String_New(memory, source->name, NULL));
    HPDF_Dict_Add(file, "UF", haru_text_object(haru, source->name));
    HPDF_Dict_Add(file, "Desc", haru_text_object(haru, source->words));
    HPDF_Dict_AddName(file, "AFRelationship", "Data");
    HPDF_Dict_Add(file, "EF", embedded);
    return file;
}

void haru_attach(struct haru *haru, int element,
                 const struct haru_file_source *source)
{
    if (haru->failed || haru->info.archive != ARCHIVE_3A)
        return;
    struct haru_figure *figure = haru->records[element].figure;
    assert(figure != NULL && figure->file == 0);
    haru_identify(haru, source->name);
    hash_add(haru->hash, source->bytes, source->size);
    haru->files = arena_grow(haru->arena, haru->files, haru->file_count,
                             &haru->file_capacity, sizeof *haru->files);
    struct haru_file *file = &haru->files[haru->file_count++];
    *file = (struct haru_file){
        .name = arena_text(haru->arena, source->name),
        .object = specify(haru, source),
    };
    figure->file = haru_object(file->object);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct haru_file *)a)->name,
                  ((const struct haru_file *)b)->name);
}

/* A name tree is sorted; the list of associated files is in reading order. */
void haru_files_finish(struct haru *haru)
{
    if (haru->file_count == 0)
        return;
    HPDF_MMgr memory = haru->doc->mmgr;
    HPDF_Array associated = HPDF_Array_New(memory);
    for (size_t i = 0; i < haru->file_count; i++)
        HPDF_Array_Add(associated, haru->files[i].object);
    qsort(haru->files, haru->file_count, sizeof *haru->files, by_name);
    HPDF_Array names = HPDF_Array_New(memory);
    for (size_t i = 0; i < haru->file_count; i++) {
        HPDF_Array_Add(names,
                       HPDF_String_New(memory, haru->files[i].name, NULL));
        HPDF_Array_Add(names, haru->files[i].object);
    }
    HPDF_Dict files = HPDF_Dict_New(memory);
    HPDF_Dict_Add(files, "Names", names);
    HPDF_Dict tree = HPDF_Dict_New(memory);
    HPDF_Dict_Add(tree, "EmbeddedFiles", files);
    HPDF_Dict_Add(haru->doc->catalog, "Names", tree);
    HPDF_Dict_Add(haru->doc->catalog, "AF", associated);
}
