#include "gouji_on_demand.h"
#include "shim.h"

static struct gouji_library library = GOUJI_LIBRARY("libbrotlidec.so.1");

bool gouji_brotli_is_there(void) { return gouji_find(&library, "BrotliDecoderDecompressStream") != NULL; }

GOUJI_FORWARD(BrotliDecoderState *, BrotliDecoderCreateInstance,
    (brotli_alloc_func alloc, brotli_free_func free, void *opaque), (alloc, free, opaque))
GOUJI_FORWARD(void, BrotliDecoderDestroyInstance, (BrotliDecoderState * state), (state))
GOUJI_FORWARD(BrotliDecoderResult, BrotliDecoderDecompressStream,
    (BrotliDecoderState * state, size_t *available_in, const uint8_t **next_in, size_t *available_out,
        uint8_t **next_out, size_t *total_out),
    (state, available_in, next_in, available_out, next_out, total_out))
