/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/pdf_compact.h"

#include <qpdf/qpdf-c.h>

#include "base/fs.h"

/* PDF/A-2 wants the end of a stream on a line of its own (ISO 19005-2,
 * 6.1.7.1); the second identifier is a hash of what is written. */
static bool pack(qpdf_data file, const char *bytes, size_t size)
{
    qpdf_silence_errors(file);
    qpdf_set_suppress_warnings(file, QPDF_TRUE);
    if ((qpdf_read_memory(file, "pdf", bytes, size, NULL) & QPDF_ERRORS) != 0 ||
        (qpdf_init_write_memory(file) & QPDF_ERRORS) != 0)
        return false;
    qpdf_set_object_stream_mode(file, qpdf_o_generate);
    qpdf_set_newline_before_endstream(file, QPDF_TRUE);
    qpdf_set_deterministic_ID(file, QPDF_TRUE);
    return (qpdf_write(file) & QPDF_ERRORS) == 0 && !qpdf_more_warnings(file);
}

bool pdf_compact(const char *path, struct err *err)
{
    struct arena *arena = arena_new();
    char *bytes = NULL;
    size_t size = 0;
    qpdf_data file = qpdf_init();
    bool ok = fs_read(arena, path, &bytes, &size, err);
    if (ok && !pack(file, bytes, size))
        ok = err_fail(err, ERR_IO, "pdf.compact", "'%s': libqpdf: %s", path,
                      qpdf_get_error_full_text(file, qpdf_get_error(file)));
    if (ok)
        ok = fs_write(path, qpdf_get_buffer(file), qpdf_get_buffer_length(file),
                      err);
    qpdf_cleanup(&file);
    arena_free(arena);
    return ok;
}
