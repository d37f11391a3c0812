#pragma once

/* One interpretation of a PDF page by Poppler: its glyphs, its straight strokes and rectangles, its pictures.
 *
 * Lengths are points, the origin is the top left of the page as displayed (rotation and crop box applied), y grows
 * downwards. Nothing here throws; what goes wrong is a status. A document may be used by one thread at a time. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  GOUJI_POPPLER_OK = 0,
  GOUJI_POPPLER_DAMAGED = 1,         /* not a PDF, or beyond repair */
  GOUJI_POPPLER_ENCRYPTED = 2,       /* a password is needed, or the one given is wrong */
  GOUJI_POPPLER_NO_PAGES = 3,        /* opened, but there is no page */
  GOUJI_POPPLER_PAGE_UNREADABLE = 4, /* this page cannot be found or read */
  GOUJI_POPPLER_TOO_MANY_GLYPHS = 5, /* the page draws more glyphs than the limit; what was read is given */
} gouji_poppler_status;

/* Which way text runs on the page as displayed. */
typedef enum {
  GOUJI_POPPLER_RIGHT = 0,
  GOUJI_POPPLER_DOWN = 1,
  GOUJI_POPPLER_LEFT = 2,
  GOUJI_POPPLER_UP = 3,
} gouji_poppler_direction;

typedef struct {
  float x0, y0, x1, y1; /* the advance without spacing, by ascent and descent */
  float size;           /* font size as displayed */
  uint32_t scalar;      /* always a Unicode scalar; U+FFFD where the font has no mapping */
  uint16_t font;        /* index into the page's fonts */
  uint8_t direction;    /* a gouji_poppler_direction */
  uint8_t hidden;       /* 1: text rendering mode 3 */
  uint8_t white;        /* 1: its letters are white */
  uint8_t slanted;      /* 1: the line is off the direction by more than about 11 degrees */
} gouji_poppler_glyph;

/* A stroke has ends and a width; a filled rectangle has bounds. Both are horizontal or vertical, and clipped. */
typedef struct {
  float x0, y0, x1, y1;
  float width;      /* of a stroke, 0 for a hairline; the short side of a rectangle */
  uint8_t is_filled; /* 1: a filled rectangle */
  uint8_t is_white;  /* 1: a rectangle that is filled with white */
} gouji_poppler_segment;

typedef struct {
  float x0, y0, x1, y1;
} gouji_poppler_box;

/* Everything that a page draws, in the order of its content. The pointers hold until the next page is read or the
 * document is closed. */
typedef struct {
  double width, height;
  const gouji_poppler_glyph *glyphs;
  size_t glyph_count;
  const gouji_poppler_segment *segments;
  size_t segment_count;
  const gouji_poppler_box *images;
  size_t image_count;
  const gouji_poppler_box *drawings; /* bounds of each piece of a path with a curve or a slanted line */
  size_t drawing_count;
  const char *const *fonts; /* names; never NULL */
  size_t font_count;
  size_t unmapped_fonts; /* fonts whose character map or collection is unknown here: their text may be lost */
  uint8_t segments_cut;  /* 1: there were more segments, pictures or drawings than the limit */
  uint8_t has_unknown_ground; /* 1: colours are painted that are no segments: they run into each other, or through masks */
  size_t notes; /* annotations with a text that is not drawn on the page */
} gouji_poppler_page;

typedef struct {
  const char *bytes; /* a text string (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 with a mark, or PDFDocEncoding */
  size_t count;
} gouji_poppler_string;

/* What a document holds besides its pages. The pointers hold until the next call or the document is closed. */
typedef struct {
  const gouji_poppler_string *file_names; /* of files in it, at most 100 */
  size_t file_name_count;
  size_t file_count;
  uint8_t is_portfolio; /* 1: it is a collection of these files */
  uint8_t is_xfa;       /* 1: it is a form that is laid out when it is shown */
} gouji_poppler_contents;

typedef struct {
  size_t glyphs;
  size_t segments; /* of segments, of images, and of drawings */
} gouji_poppler_limits;

typedef struct gouji_poppler_document gouji_poppler_document;

/* Sets Poppler up for the life of the process and silences it. Call it before any other use of Poppler, also through
 * another interface; everything below does so itself. */
void gouji_poppler_prepare(void);

/* Such as "22.12.0". */
const char *gouji_poppler_version(void);

/* 1 where the character maps for Chinese, Japanese and Korean fonts that are not embedded (poppler-data) are found. */
int gouji_poppler_has_character_maps(void);

/* Opens the document in `bytes`, which must stay where they are until it is closed. `password` is UTF-8 or NULL.
 * Returns NULL, with the reason in `status`, when the document cannot be opened. */
gouji_poppler_document *gouji_poppler_open(const void *bytes, size_t count, const char *password,
                                           gouji_poppler_status *status);

/* At least 1. */
int gouji_poppler_page_count(const gouji_poppler_document *document);

/* 1 if the cross references had to be rebuilt, at opening or since. */
int gouji_poppler_was_repaired(const gouji_poppler_document *document);

/* Interprets page `number`, counted from 1. `page` is filled for GOUJI_POPPLER_OK and _TOO_MANY_GLYPHS. */
gouji_poppler_status gouji_poppler_read_page(gouji_poppler_document *document, int number, gouji_poppler_limits limits,
                                             gouji_poppler_page *page);

/* Files that annotations hold are known once their page has been read. */
void gouji_poppler_list_contents(gouji_poppler_document *document, gouji_poppler_contents *contents);

void gouji_poppler_close(gouji_poppler_document *document);

#ifdef __cplusplus
}
#endif
