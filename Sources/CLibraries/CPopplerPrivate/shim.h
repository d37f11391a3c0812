/* Empty on purpose: the module exists for its compiler and linker flags. */
