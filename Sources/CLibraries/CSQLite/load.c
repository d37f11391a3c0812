#include "gouji_on_demand.h"
#include "shim.h"

static struct gouji_library library = GOUJI_LIBRARY("libsqlite3.so.0");

GOUJI_FORWARD(int, sqlite3_open_v2, (const char *path, sqlite3 **database, int flags, const char *vfs),
    (path, database, flags, vfs))
GOUJI_FORWARD(int, sqlite3_close, (sqlite3 * database), (database))
GOUJI_FORWARD(int, sqlite3_exec,
    (sqlite3 * database, const char *sql, int (*row)(void *, int, char **, char **), void *context, char **fault),
    (database, sql, row, context, fault))
GOUJI_FORWARD(int, sqlite3_prepare_v2,
    (sqlite3 * database, const char *sql, int count, sqlite3_stmt **statement, const char **rest),
    (database, sql, count, statement, rest))
GOUJI_FORWARD(int, sqlite3_bind_null, (sqlite3_stmt * statement, int place), (statement, place))
GOUJI_FORWARD(int, sqlite3_bind_int64, (sqlite3_stmt * statement, int place, sqlite3_int64 value),
    (statement, place, value))
GOUJI_FORWARD(int, sqlite3_bind_double, (sqlite3_stmt * statement, int place, double value), (statement, place, value))
GOUJI_FORWARD(int, sqlite3_bind_text,
    (sqlite3_stmt * statement, int place, const char *text, int count, void (*release)(void *)),
    (statement, place, text, count, release))
GOUJI_FORWARD(int, sqlite3_step, (sqlite3_stmt * statement), (statement))
GOUJI_FORWARD(int, sqlite3_reset, (sqlite3_stmt * statement), (statement))
GOUJI_FORWARD(int, sqlite3_finalize, (sqlite3_stmt * statement), (statement))
GOUJI_FORWARD(int, sqlite3_system_errno, (sqlite3 * database), (database))
GOUJI_FORWARD(const char *, sqlite3_errmsg, (sqlite3 * database), (database))
