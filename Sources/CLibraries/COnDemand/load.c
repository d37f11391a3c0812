#include "gouji_on_demand.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

static _Thread_local struct gouji_library *opening;

static void keep_fault(struct gouji_library *library) {
  const char *reason = dlerror();
  snprintf(library->fault, sizeof library->fault, "%s", reason != NULL ? reason : "it cannot be loaded");
}

static void open_library(void) {
  opening->handle = dlopen(opening->soname, RTLD_LAZY | RTLD_LOCAL);
  if (opening->handle == NULL) keep_fault(opening);
}

void *gouji_find(struct gouji_library *library, const char *name) {
  opening = library;
  pthread_once(&library->once, open_library);
  if (library->handle == NULL) return NULL;
  // A handle gives the functions of what its library links, too.
  void *function = dlsym(library->handle, name);
  if (function == NULL) keep_fault(library);
  return function;
}

void *gouji_need(struct gouji_library *library, const char *name) {
  void *function = gouji_find(library, name);
  if (function != NULL) return function;
  fprintf(stderr, "error: a dependency is missing: %s\n", library->fault);
  fflush(stderr);
  _exit(3);
}
