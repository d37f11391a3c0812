#include "gouji_poppler_glib.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct gouji_poppler_glib functions;
static char fault[512] = "";
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void keep_fault(void) {
  const char *reason = dlerror();
  snprintf(fault, sizeof fault, "%s", reason != NULL ? reason : "it cannot be loaded");
}

static void load(void) {
  void *library = dlopen("libpoppler-glib.so.8", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return keep_fault();
  // A handle gives the functions of what its library links, too.
#define LOAD(name)                                     \
  *(void **)&functions.name = dlsym(library, #name);   \
  if (functions.name == NULL) return keep_fault();
  LOAD(cairo_create)
  LOAD(cairo_destroy)
  LOAD(cairo_image_surface_create)
  LOAD(cairo_image_surface_get_data)
  LOAD(cairo_image_surface_get_height)
  LOAD(cairo_image_surface_get_stride)
  LOAD(cairo_image_surface_get_width)
  LOAD(cairo_paint)
  LOAD(cairo_scale)
  LOAD(cairo_set_source_rgb)
  LOAD(cairo_surface_destroy)
  LOAD(cairo_surface_flush)
  LOAD(cairo_surface_mark_dirty)
  LOAD(cairo_surface_status)
  LOAD(cairo_surface_write_to_png_stream)
  LOAD(g_bytes_new)
  LOAD(g_bytes_unref)
  LOAD(g_clear_error)
  LOAD(g_free)
  LOAD(g_memory_input_stream_new_from_bytes)
  LOAD(g_object_unref)
  LOAD(poppler_document_get_n_pages)
  LOAD(poppler_document_get_page)
  LOAD(poppler_document_new_from_stream)
  LOAD(poppler_page_free_text_attributes)
  LOAD(poppler_page_free_image_mapping)
  LOAD(poppler_page_get_image)
  LOAD(poppler_page_get_image_mapping)
  LOAD(poppler_page_get_size)
  LOAD(poppler_page_get_text)
  LOAD(poppler_page_get_text_attributes)
  LOAD(poppler_page_get_text_layout)
  LOAD(poppler_page_render)
#undef LOAD
}

const struct gouji_poppler_glib *gouji_poppler_glib(void) {
  pthread_once(&once, load);
  return fault[0] == '\0' ? &functions : NULL;
}

const char *gouji_poppler_glib_fault(void) {
  pthread_once(&once, load);
  return fault;
}
