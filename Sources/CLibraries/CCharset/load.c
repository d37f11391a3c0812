#include "gouji_on_demand.h"
#include "shim.h"

static struct gouji_library library = GOUJI_LIBRARY("libuchardet.so.0");

GOUJI_FORWARD(uchardet_t, uchardet_new, (void), ())
GOUJI_FORWARD(void, uchardet_delete, (uchardet_t detector), (detector))
GOUJI_FORWARD(int, uchardet_handle_data, (uchardet_t detector, const char *bytes, size_t count),
    (detector, bytes, count))
GOUJI_FORWARD(void, uchardet_data_end, (uchardet_t detector), (detector))
GOUJI_FORWARD(const char *, uchardet_get_charset, (uchardet_t detector), (detector))
