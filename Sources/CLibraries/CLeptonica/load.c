#include "gouji_leptonica.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct gouji_leptonica functions;
static char fault[512] = "";
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void keep_fault(void) {
  const char *reason = dlerror();
  snprintf(fault, sizeof fault, "%s", reason != NULL ? reason : "it cannot be loaded");
}

static void load(void) {
  void *library = dlopen("liblept.so.5", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return keep_fault();
#define LOAD(name)                                     \
  *(void **)&functions.name = dlsym(library, #name);   \
  if (functions.name == NULL) return keep_fault();
  LOAD(boxaGetBoxGeometry)
  LOAD(boxaGetCount)
  LOAD(boxaDestroy)
  LOAD(boxCreate)
  LOAD(boxDestroy)
  LOAD(pixAddBorderGeneral)
  LOAD(pixClearInRect)
  LOAD(pixClipRectangle)
  LOAD(pixCloseBrick)
  LOAD(pixConnCompBB)
  LOAD(pixConvertRGBToGray)
  LOAD(pixCountPixelsInRect)
  LOAD(pixCreate)
  LOAD(pixDestroy)
  LOAD(pixDilateBrick)
  LOAD(pixFindSkewSweepAndSearch)
  LOAD(pixGetData)
  LOAD(pixGammaTRC)
  LOAD(pixGetHeight)
  LOAD(pixGetWidth)
  LOAD(pixGetWpl)
  LOAD(pixInvert)
  LOAD(pixOpenBrick)
  LOAD(pixOr)
  LOAD(pixRotateAMGray)
  LOAD(pixScale)
  LOAD(pixSetInRect)
  LOAD(pixSetMasked)
  LOAD(pixSubtract)
  LOAD(pixThresholdToBinary)
  LOAD(setMsgSeverity)
#undef LOAD
  // It would say on standard error what is odd about a picture.
  functions.setMsgSeverity(6);
}

const struct gouji_leptonica *gouji_leptonica(void) {
  pthread_once(&once, load);
  return fault[0] == '\0' ? &functions : NULL;
}

const char *gouji_leptonica_fault(void) {
  pthread_once(&once, load);
  return fault;
}
