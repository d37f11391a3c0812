/// Libraries that are loaded when one of their functions is first needed.
///
/// Every library that a program links is mapped, relocated and searched for symbols at each start, needed or not. What
/// few runs need is not linked, but loaded by the soname whose binary interface the headers describe.
#ifndef GOUJI_ON_DEMAND_H
#define GOUJI_ON_DEMAND_H

#include <pthread.h>

/// A shared library; begin with ``GOUJI_LIBRARY``.
struct gouji_library {
  const char *_Nonnull soname;
  pthread_once_t once;
  void *_Nullable handle;
  char fault[512];
};

/// A library that is not loaded yet.
#define GOUJI_LIBRARY(soname) {soname, PTHREAD_ONCE_INIT, NULL, ""}

/// The address of a function of a library or of what that links; NULL where there is none, and the library then says
/// why in `fault`. May be called on any thread.
void *_Nullable gouji_find(struct gouji_library *_Nonnull library, const char *_Nonnull name);

/// The same for what the program cannot do without: it ends with code 3, a dependency is missing, and a message.
void *_Nonnull gouji_need(struct gouji_library *_Nonnull library, const char *_Nonnull name);

/// Defines a function that a header declares, by the one of the same name in the library of the file.
#define GOUJI_FORWARD(result, name, parameters, arguments)                          \
  result name parameters {                                                          \
    static __typeof__(result(*) parameters) found;                                  \
    __typeof__(found) function = __atomic_load_n(&found, __ATOMIC_RELAXED);         \
    if (function == NULL) {                                                         \
      function = (__typeof__(found))gouji_need(&library, #name);                    \
      __atomic_store_n(&found, function, __ATOMIC_RELAXED);                         \
    }                                                                               \
    return function arguments;                                                      \
  }

/// In a function that fills a table of functions: the one of this name, or nothing more.
#define GOUJI_FILL(name)                                           \
  *(void **)&functions.name = gouji_find(&library, #name);         \
  if (functions.name == NULL) return;

#endif
