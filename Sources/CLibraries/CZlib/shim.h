#include <zlib.h>

/// The macro as a function: 47 as `windowBits` takes gzip and zlib heads, -15 takes none.
static inline int gouji_inflate_start(z_stream *stream, int windowBits) { return inflateInit2(stream, windowBits); }
