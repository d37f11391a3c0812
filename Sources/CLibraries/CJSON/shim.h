#include <jansson.h>

/// What the macros and inline functions of Jansson say, for those who cannot use macros.
static inline int gouji_json_type(const json_t *value) { return (int)json_typeof(value); }
static inline void gouji_json_free(json_t *value) { json_decref(value); }
