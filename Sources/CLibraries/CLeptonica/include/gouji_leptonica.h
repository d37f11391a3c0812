/// What is used of Leptonica, the library of pictures below Tesseract, loaded when it is first asked for.
///
/// Nothing is linked; the declarations follow allheaders.h of version 1.82 (soname 5), whose binary interface does not
/// change within the soname.
#ifndef GOUJI_LEPTONICA_H
#define GOUJI_LEPTONICA_H

#include <stdint.h>

/// Each function under its own name. Pictures (PIX), boxes (BOX) and lists of boxes (BOXA) are opaque; a function that
/// makes one gives NULL where it cannot. Functions with a target write to it where it is not NULL, and to a new picture
/// where it is.
struct gouji_leptonica {
  int (*_Nonnull boxaGetBoxGeometry)(void *_Nonnull boxes, int index, int *_Nonnull x, int *_Nonnull y,
      int *_Nonnull width, int *_Nonnull height);
  int (*_Nonnull boxaGetCount)(void *_Nonnull boxes);
  void (*_Nonnull boxaDestroy)(void *_Nullable *_Nonnull boxes);
  void *_Nullable (*_Nonnull boxCreate)(int x, int y, int width, int height);
  void (*_Nonnull boxDestroy)(void *_Nullable *_Nonnull box);
  void *_Nullable (*_Nonnull pixAddBorderGeneral)(void *_Nonnull pix, int left, int right, int top, int bottom,
      uint32_t value);
  int (*_Nonnull pixClearInRect)(void *_Nonnull pix, void *_Nonnull box);
  void *_Nullable (*_Nonnull pixClipRectangle)(void *_Nonnull pix, void *_Nonnull box,
      void *_Nullable *_Nullable clipped);
  void *_Nullable (*_Nonnull pixCloseBrick)(void *_Nullable target, void *_Nonnull pix, int width, int height);
  void *_Nullable (*_Nonnull pixConnCompBB)(void *_Nonnull pix, int connectivity);
  void *_Nullable (*_Nonnull pixConvertRGBToGray)(void *_Nonnull pix, float red, float green, float blue);
  int (*_Nonnull pixCountPixelsInRect)(void *_Nonnull pix, void *_Nonnull box, int *_Nonnull count,
      int *_Nullable table);
  void *_Nullable (*_Nonnull pixCreate)(int width, int height, int depth);
  void (*_Nonnull pixDestroy)(void *_Nullable *_Nonnull pix);
  void *_Nullable (*_Nonnull pixDilateBrick)(void *_Nullable target, void *_Nonnull pix, int width, int height);
  int (*_Nonnull pixFindSkewSweepAndSearch)(void *_Nonnull pix, float *_Nonnull angle, float *_Nonnull confidence,
      int sweepReduction, int searchReduction, float range, float step, float smallestStep);
  uint32_t *_Nullable (*_Nonnull pixGetData)(void *_Nonnull pix);
  void *_Nullable (*_Nonnull pixGammaTRC)(void *_Nullable target, void *_Nonnull pix, float gamma, int darkest,
      int palest);
  int (*_Nonnull pixGetHeight)(void *_Nonnull pix);
  int (*_Nonnull pixGetWidth)(void *_Nonnull pix);
  int (*_Nonnull pixGetWpl)(void *_Nonnull pix);
  void *_Nullable (*_Nonnull pixInvert)(void *_Nullable target, void *_Nonnull pix);
  void *_Nullable (*_Nonnull pixOpenBrick)(void *_Nullable target, void *_Nonnull pix, int width, int height);
  void *_Nullable (*_Nonnull pixOr)(void *_Nullable target, void *_Nonnull pix, void *_Nonnull other);
  void *_Nullable (*_Nonnull pixRotateAMGray)(void *_Nonnull pix, float angle, uint8_t ground);
  void *_Nullable (*_Nonnull pixRotateOrth)(void *_Nonnull pix, int quarters);
  void *_Nullable (*_Nonnull pixScale)(void *_Nonnull pix, float x, float y);
  int (*_Nonnull pixSetInRect)(void *_Nonnull pix, void *_Nonnull box);
  int (*_Nonnull pixSetMasked)(void *_Nonnull pix, void *_Nonnull mask, uint32_t value);
  void *_Nullable (*_Nonnull pixSubtract)(void *_Nullable target, void *_Nonnull pix, void *_Nonnull other);
  void *_Nullable (*_Nonnull pixThresholdToBinary)(void *_Nonnull pix, int threshold);
  int (*_Nonnull setMsgSeverity)(int severity);
};

/// The interface, the same for the life of the process; NULL where the library cannot be loaded. May be called on any
/// thread.
const struct gouji_leptonica *_Nullable gouji_leptonica(void);

/// Why the library cannot be loaded, in the words of the system; empty where it can.
const char *_Nonnull gouji_leptonica_fault(void);

#endif
