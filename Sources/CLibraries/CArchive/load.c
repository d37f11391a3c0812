#include "gouji_on_demand.h"
#include "shim.h"

static struct gouji_library library = GOUJI_LIBRARY("libarchive.so.13");

typedef struct archive archive;
typedef struct archive_entry entry;

GOUJI_FORWARD(archive *, archive_read_new, (void), ())
GOUJI_FORWARD(int, archive_read_free, (archive * a), (a))
GOUJI_FORWARD(int, archive_read_support_format_zip, (archive * a), (a))
GOUJI_FORWARD(int, archive_read_support_format_tar, (archive * a), (a))
GOUJI_FORWARD(int, archive_read_support_format_7zip, (archive * a), (a))
GOUJI_FORWARD(int, archive_read_support_format_raw, (archive * a), (a))
GOUJI_FORWARD(int, archive_read_support_format_empty, (archive * a), (a))
GOUJI_FORWARD(int, archive_read_support_filter_bzip2, (archive * a), (a))
GOUJI_FORWARD(int, archive_read_support_filter_xz, (archive * a), (a))
GOUJI_FORWARD(int, archive_read_support_filter_zstd, (archive * a), (a))
GOUJI_FORWARD(int, archive_read_add_passphrase, (archive * a, const char *password), (a, password))
GOUJI_FORWARD(int, archive_read_set_callback_data, (archive * a, void *data), (a, data))
GOUJI_FORWARD(int, archive_read_set_read_callback, (archive * a, archive_read_callback *callback), (a, callback))
GOUJI_FORWARD(int, archive_read_set_skip_callback, (archive * a, archive_skip_callback *callback), (a, callback))
GOUJI_FORWARD(int, archive_read_set_seek_callback, (archive * a, archive_seek_callback *callback), (a, callback))
GOUJI_FORWARD(int, archive_read_open1, (archive * a), (a))
GOUJI_FORWARD(int, archive_read_open_memory, (archive * a, const void *bytes, size_t count), (a, bytes, count))
GOUJI_FORWARD(int, archive_read_next_header, (archive * a, entry **next), (a, next))
GOUJI_FORWARD(la_ssize_t, archive_read_data, (archive * a, void *buffer, size_t count), (a, buffer, count))
GOUJI_FORWARD(la_int64_t, archive_filter_bytes, (archive * a, int filter), (a, filter))
GOUJI_FORWARD(const char *, archive_error_string, (archive * a), (a))
GOUJI_FORWARD(const char *, archive_entry_pathname, (entry * e), (e))
GOUJI_FORWARD(const char *, archive_entry_pathname_utf8, (entry * e), (e))
GOUJI_FORWARD(const char *, archive_entry_hardlink, (entry * e), (e))
GOUJI_FORWARD(la_int64_t, archive_entry_size, (entry * e), (e))
GOUJI_FORWARD(int, archive_entry_size_is_set, (entry * e), (e))
GOUJI_FORWARD(int, archive_entry_is_encrypted, (entry * e), (e))
GOUJI_FORWARD(__LA_MODE_T, archive_entry_filetype, (entry * e), (e))
