/// What is used of Tesseract's C interface, loaded when it is first asked for.
///
/// Nothing is linked, so that a run without scans does not start with an OCR engine; the declarations follow capi.h of
/// version 5 (soname 5), whose binary interface does not change within the soname.
#ifndef GOUJI_TESSERACT_H
#define GOUJI_TESSERACT_H

#include <stdint.h>

/// Each function under its own name. Engines, and the pictures of Leptonica that they are given, are opaque.
struct gouji_tesseract {
  void *_Nullable (*_Nonnull TessBaseAPICreate)(void);
  void (*_Nonnull TessBaseAPIClear)(void *_Nonnull engine);
  void (*_Nonnull TessBaseAPIDelete)(void *_Nonnull engine);
  char *_Nullable (*_Nonnull TessBaseAPIGetUTF8Text)(void *_Nonnull engine);
  int (*_Nonnull TessBaseAPIInit3)(void *_Nonnull engine, const char *_Nullable folder,
      const char *_Nonnull language);
  int (*_Nonnull TessBaseAPIMeanTextConf)(void *_Nonnull engine);
  void (*_Nonnull TessBaseAPISetImage2)(void *_Nonnull engine, void *_Nonnull pix);
  void (*_Nonnull TessBaseAPISetPageSegMode)(void *_Nonnull engine, int mode);
  void (*_Nonnull TessBaseAPISetSourceResolution)(void *_Nonnull engine, int pixelsPerInch);
  int (*_Nonnull TessBaseAPISetVariable)(void *_Nonnull engine, const char *_Nonnull name,
      const char *_Nonnull value);
  void (*_Nonnull TessDeleteText)(const char *_Nonnull text);
  const char *_Nonnull (*_Nonnull TessVersion)(void);
};

/// The interface, the same for the life of the process; NULL where the library cannot be loaded. May be called on any
/// thread.
const struct gouji_tesseract *_Nullable gouji_tesseract(void);

/// Why the library cannot be loaded, in the words of the system; empty where it can.
const char *_Nonnull gouji_tesseract_fault(void);

#endif
