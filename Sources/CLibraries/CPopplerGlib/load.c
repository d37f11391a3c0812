#include "gouji_poppler_glib.h"

#include "gouji_on_demand.h"

static struct gouji_poppler_glib functions;
static struct gouji_library library = GOUJI_LIBRARY("libpoppler-glib.so.8");
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  GOUJI_FILL(cairo_create)
  GOUJI_FILL(cairo_destroy)
  GOUJI_FILL(cairo_image_surface_create)
  GOUJI_FILL(cairo_image_surface_get_data)
  GOUJI_FILL(cairo_image_surface_get_height)
  GOUJI_FILL(cairo_image_surface_get_stride)
  GOUJI_FILL(cairo_image_surface_get_width)
  GOUJI_FILL(cairo_paint)
  GOUJI_FILL(cairo_scale)
  GOUJI_FILL(cairo_set_source_rgb)
  GOUJI_FILL(cairo_surface_destroy)
  GOUJI_FILL(cairo_surface_flush)
  GOUJI_FILL(cairo_surface_mark_dirty)
  GOUJI_FILL(cairo_surface_status)
  GOUJI_FILL(cairo_surface_write_to_png_stream)
  GOUJI_FILL(g_bytes_new)
  GOUJI_FILL(g_bytes_unref)
  GOUJI_FILL(g_clear_error)
  GOUJI_FILL(g_free)
  GOUJI_FILL(g_memory_input_stream_new_from_bytes)
  GOUJI_FILL(g_object_unref)
  GOUJI_FILL(poppler_document_get_n_pages)
  GOUJI_FILL(poppler_document_get_page)
  GOUJI_FILL(poppler_document_new_from_stream)
  GOUJI_FILL(poppler_page_free_text_attributes)
  GOUJI_FILL(poppler_page_free_image_mapping)
  GOUJI_FILL(poppler_page_get_image)
  GOUJI_FILL(poppler_page_get_image_mapping)
  GOUJI_FILL(poppler_page_get_size)
  GOUJI_FILL(poppler_page_get_text)
  GOUJI_FILL(poppler_page_get_text_attributes)
  GOUJI_FILL(poppler_page_get_text_layout)
  GOUJI_FILL(poppler_page_render)
}

const struct gouji_poppler_glib *gouji_poppler_glib(void) {
  pthread_once(&once, load);
  return library.fault[0] == '\0' ? &functions : NULL;
}

const char *gouji_poppler_glib_fault(void) {
  pthread_once(&once, load);
  return library.fault;
}
