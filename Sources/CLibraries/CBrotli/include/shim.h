#include <brotli/decode.h>
#include <stdbool.h>

/// Whether the library that the functions of `decode.h` are forwarded to is on this machine. Where it is not, none of
/// them may be called.
bool gouji_brotli_is_there(void);
