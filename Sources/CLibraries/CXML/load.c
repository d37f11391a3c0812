#include "gouji_on_demand.h"
#include "shim.h"

static struct gouji_library library = GOUJI_LIBRARY("libxml2.so.2");

GOUJI_FORWARD(xmlParserCtxtPtr, xmlCreateMemoryParserCtxt, (const char *text, int count), (text, count))
GOUJI_FORWARD(void, xmlFreeParserCtxt, (xmlParserCtxtPtr context), (context))
GOUJI_FORWARD(int, xmlCtxtUseOptions, (xmlParserCtxtPtr context, int options), (context, options))
GOUJI_FORWARD(int, xmlParseDocument, (xmlParserCtxtPtr context), (context))
GOUJI_FORWARD(void, xmlStopParser, (xmlParserCtxtPtr context), (context))
GOUJI_FORWARD(int, xmlSwitchEncoding, (xmlParserCtxtPtr context, xmlCharEncoding encoding), (context, encoding))
GOUJI_FORWARD(htmlParserCtxtPtr, htmlCreateMemoryParserCtxt, (const char *text, int count), (text, count))
GOUJI_FORWARD(void, htmlFreeParserCtxt, (htmlParserCtxtPtr context), (context))
GOUJI_FORWARD(int, htmlCtxtUseOptions, (htmlParserCtxtPtr context, int options), (context, options))
GOUJI_FORWARD(int, htmlParseDocument, (htmlParserCtxtPtr context), (context))
