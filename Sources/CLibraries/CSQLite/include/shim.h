#include <sqlite3.h>

/// Binds a text that SQLite copies; the macro for that is a pointer that never was one.
static inline int gouji_bind_text(sqlite3_stmt *statement, int index, const char *text, int count) {
  return sqlite3_bind_text(statement, index, text, count, SQLITE_TRANSIENT);
}
