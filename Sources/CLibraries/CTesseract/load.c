#include "gouji_tesseract.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static struct gouji_tesseract functions;
static char fault[512] = "";
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void keep_fault(void) {
  const char *reason = dlerror();
  snprintf(fault, sizeof fault, "%s", reason != NULL ? reason : "it cannot be loaded");
}

static void load(void) {
  // Its own threads make a page slower, and the cores belong to other documents.
  setenv("OMP_THREAD_LIMIT", "1", 0);
  void *library = dlopen("libtesseract.so.5", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return keep_fault();
#define LOAD(name)                                     \
  *(void **)&functions.name = dlsym(library, #name);   \
  if (functions.name == NULL) return keep_fault();
  LOAD(TessBaseAPICreate)
  LOAD(TessBaseAPIClear)
  LOAD(TessBaseAPIDelete)
  LOAD(TessBaseAPIGetUTF8Text)
  LOAD(TessBaseAPIInit3)
  LOAD(TessBaseAPIMeanTextConf)
  LOAD(TessBaseAPISetImage2)
  LOAD(TessBaseAPISetPageSegMode)
  LOAD(TessBaseAPISetSourceResolution)
  LOAD(TessBaseAPISetVariable)
  LOAD(TessDeleteText)
  LOAD(TessVersion)
#undef LOAD
}

const struct gouji_tesseract *gouji_tesseract(void) {
  pthread_once(&once, load);
  return fault[0] == '\0' ? &functions : NULL;
}

const char *gouji_tesseract_fault(void) {
  pthread_once(&once, load);
  return fault;
}
