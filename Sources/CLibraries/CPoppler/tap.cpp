#include "gouji_poppler.h"
