#include "gouji_leptonica.h"

#include "gouji_on_demand.h"

static struct gouji_leptonica functions;
static struct gouji_library library = GOUJI_LIBRARY("liblept.so.5");
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  GOUJI_FILL(boxaGetBoxGeometry)
  GOUJI_FILL(boxaGetCount)
  GOUJI_FILL(boxaDestroy)
  GOUJI_FILL(boxCreate)
  GOUJI_FILL(boxDestroy)
  GOUJI_FILL(pixAddBorderGeneral)
  GOUJI_FILL(pixClearInRect)
  GOUJI_FILL(pixClipRectangle)
  GOUJI_FILL(pixCloseBrick)
  GOUJI_FILL(pixConnCompBB)
  GOUJI_FILL(pixConvertRGBToGray)
  GOUJI_FILL(pixCountPixelsInRect)
  GOUJI_FILL(pixCreate)
  GOUJI_FILL(pixDestroy)
  GOUJI_FILL(pixDilateBrick)
  GOUJI_FILL(pixFindSkewSweepAndSearch)
  GOUJI_FILL(pixGetData)
  GOUJI_FILL(pixGammaTRC)
  GOUJI_FILL(pixGetHeight)
  GOUJI_FILL(pixGetWidth)
  GOUJI_FILL(pixGetWpl)
  GOUJI_FILL(pixInvert)
  GOUJI_FILL(pixOpenBrick)
  GOUJI_FILL(pixOr)
  GOUJI_FILL(pixRotateAMGray)
  GOUJI_FILL(pixRotateOrth)
  GOUJI_FILL(pixScale)
  GOUJI_FILL(pixSetInRect)
  GOUJI_FILL(pixSetMasked)
  GOUJI_FILL(pixSubtract)
  GOUJI_FILL(pixThresholdToBinary)
  GOUJI_FILL(setMsgSeverity)
  // It would say on standard error what is odd about a picture.
  functions.setMsgSeverity(6);
}

const struct gouji_leptonica *gouji_leptonica(void) {
  pthread_once(&once, load);
  return library.fault[0] == '\0' ? &functions : NULL;
}

const char *gouji_leptonica_fault(void) {
  pthread_once(&once, load);
  return library.fault;
}
