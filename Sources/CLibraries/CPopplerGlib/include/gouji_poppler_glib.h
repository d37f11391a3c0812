/// What is used of Poppler's public GLib interface, and of the cairo that it draws with, loaded when it is first asked for.
///
/// Its library, with all that it needs, adds two thirds to the number of libraries that a process starts with, and most
/// processes never use it. So nothing is linked; the declarations follow the reference manuals of poppler-glib (soname
/// 8), GIO and GLib (soname 0) and cairo (soname 2), whose binary interfaces do not change.
#ifndef GOUJI_POPPLER_GLIB_H
#define GOUJI_POPPLER_GLIB_H

#include <stddef.h>
#include <stdint.h>

/// GError.
struct gouji_glib_error {
  uint32_t domain;
  int code;
  char *_Nullable message;
};

/// GList.
struct gouji_glib_list {
  void *_Nullable data;
  struct gouji_glib_list *_Nullable next;
  struct gouji_glib_list *_Nullable previous;
};

/// PopplerRectangle: in points, y down the page, the corners in any order.
struct gouji_poppler_rectangle {
  double x1, y1, x2, y2;
};

/// PopplerTextAttributes: the font of a run of characters, by their offsets in the text of the page.
struct gouji_poppler_attributes {
  char *_Nullable font_name;
  double font_size;
  int is_underlined;
  uint16_t red, green, blue;
  int start_index;
  int end_index;
};

/// PopplerImageMapping: where a picture is drawn on a page.
struct gouji_poppler_image {
  struct gouji_poppler_rectangle area;
  int image_id;
};

/// POPPLER_ERROR_ENCRYPTED.
enum { GOUJI_POPPLER_ERROR_ENCRYPTED = 1 };

/// CAIRO_FORMAT_RGB24: four bytes a pixel, of which the one that is not used is the highest of a native 32-bit number.
/// CAIRO_FORMAT_A8: one byte a pixel.
enum { GOUJI_CAIRO_FORMAT_RGB24 = 1, GOUJI_CAIRO_FORMAT_A8 = 2 };

/// Takes bytes of a file that cairo writes; 0 says that it took them.
typedef int (*gouji_cairo_write)(void *_Nullable closure, const unsigned char *_Nullable bytes, unsigned count);

/// Each function under its own name; pages, documents, bytes, streams, surfaces and contexts of cairo are opaque.
struct gouji_poppler_glib {
  void *_Nonnull (*_Nonnull g_bytes_new)(const void *_Nullable data, size_t size);
  void (*_Nonnull g_bytes_unref)(void *_Nonnull bytes);
  void (*_Nonnull g_clear_error)(struct gouji_glib_error *_Nullable *_Nonnull error);
  void (*_Nonnull g_free)(void *_Nullable memory);
  void *_Nonnull (*_Nonnull g_memory_input_stream_new_from_bytes)(void *_Nonnull bytes);
  void (*_Nonnull g_object_unref)(void *_Nonnull object);
  int (*_Nonnull poppler_document_get_n_pages)(void *_Nonnull document);
  void *_Nullable (*_Nonnull poppler_document_get_page)(void *_Nonnull document, int index);
  void *_Nullable (*_Nonnull poppler_document_new_from_stream)(
      void *_Nonnull stream, int64_t length, const char *_Nullable password, void *_Nullable cancellable,
      struct gouji_glib_error *_Nullable *_Nonnull error);
  void (*_Nonnull poppler_page_free_text_attributes)(struct gouji_glib_list *_Nullable list);
  void (*_Nonnull poppler_page_free_image_mapping)(struct gouji_glib_list *_Nullable list);
  void *_Nullable (*_Nonnull poppler_page_get_image)(void *_Nonnull page, int image_id);
  struct gouji_glib_list *_Nullable (*_Nonnull poppler_page_get_image_mapping)(void *_Nonnull page);
  void (*_Nonnull poppler_page_get_size)(void *_Nonnull page, double *_Nonnull width, double *_Nonnull height);
  char *_Nullable (*_Nonnull poppler_page_get_text)(void *_Nonnull page);
  struct gouji_glib_list *_Nullable (*_Nonnull poppler_page_get_text_attributes)(void *_Nonnull page);
  int (*_Nonnull poppler_page_get_text_layout)(
      void *_Nonnull page, struct gouji_poppler_rectangle *_Nullable *_Nonnull rectangles, unsigned *_Nonnull count);
  void (*_Nonnull poppler_page_render)(void *_Nonnull page, void *_Nonnull cairo);
  void *_Nonnull (*_Nonnull cairo_create)(void *_Nonnull surface);
  void (*_Nonnull cairo_destroy)(void *_Nonnull cairo);
  unsigned char *_Nullable (*_Nonnull cairo_image_surface_get_data)(void *_Nonnull surface);
  int (*_Nonnull cairo_image_surface_get_height)(void *_Nonnull surface);
  int (*_Nonnull cairo_image_surface_get_width)(void *_Nonnull surface);
  int (*_Nonnull cairo_image_surface_get_stride)(void *_Nonnull surface);
  void *_Nonnull (*_Nonnull cairo_image_surface_create)(int format, int width, int height);
  void (*_Nonnull cairo_paint)(void *_Nonnull cairo);
  void (*_Nonnull cairo_scale)(void *_Nonnull cairo, double x, double y);
  void (*_Nonnull cairo_set_source_rgb)(void *_Nonnull cairo, double red, double green, double blue);
  void (*_Nonnull cairo_surface_destroy)(void *_Nonnull surface);
  void (*_Nonnull cairo_surface_flush)(void *_Nonnull surface);
  void (*_Nonnull cairo_surface_mark_dirty)(void *_Nonnull surface);
  int (*_Nonnull cairo_surface_status)(void *_Nonnull surface);
  int (*_Nonnull cairo_surface_write_to_png_stream)(
      void *_Nonnull surface, gouji_cairo_write _Nonnull write, void *_Nullable closure);
};

/// The interface, the same for the life of the process; NULL where the library cannot be loaded. May be called on any
/// thread.
const struct gouji_poppler_glib *_Nullable gouji_poppler_glib(void);

/// Why the library cannot be loaded, in the words of the system; empty where it can.
const char *_Nonnull gouji_poppler_glib_fault(void);

#endif
