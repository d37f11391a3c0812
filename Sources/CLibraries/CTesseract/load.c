#include "gouji_tesseract.h"

#include "gouji_on_demand.h"
#include <stdlib.h>

static struct gouji_tesseract functions;
static struct gouji_library library = GOUJI_LIBRARY("libtesseract.so.5");
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  // Its own threads make a page slower, and the cores belong to other documents.
  setenv("OMP_THREAD_LIMIT", "1", 0);
  GOUJI_FILL(TessBaseAPICreate)
  GOUJI_FILL(TessBaseAPIClear)
  GOUJI_FILL(TessBaseAPIDelete)
  GOUJI_FILL(TessBaseAPIGetUTF8Text)
  GOUJI_FILL(TessBaseAPIInit3)
  GOUJI_FILL(TessBaseAPIMeanTextConf)
  GOUJI_FILL(TessBaseAPISetImage2)
  GOUJI_FILL(TessBaseAPISetPageSegMode)
  GOUJI_FILL(TessBaseAPISetSourceResolution)
  GOUJI_FILL(TessBaseAPISetVariable)
  GOUJI_FILL(TessDeleteText)
  GOUJI_FILL(TessVersion)
}

const struct gouji_tesseract *gouji_tesseract(void) {
  pthread_once(&once, load);
  return library.fault[0] == '\0' ? &functions : NULL;
}

const char *gouji_tesseract_fault(void) {
  pthread_once(&once, load);
  return library.fault;
}
