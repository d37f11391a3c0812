// The only file that knows Poppler's private interface, which changes from version to version: what it relies on was
// checked against the version named below.
// Long because: whatever depends on that interface stands in one place.

#include "gouji_poppler.h"

#include <Annot.h>
#include <Catalog.h>
#include <Error.h>
#include <FileSpec.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <GlobalParams.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <UTF.h>
#include <goo/GooString.h>
#include <poppler-config.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#if !defined(POPPLER_VERSION)
#error "poppler-config.h names no version"
#endif
static_assert(POPPLER_VERSION[0] == '2' && POPPLER_VERSION[1] == '2' && POPPLER_VERSION[2] == '.',
              "tap.cpp is written for Poppler 22.x: check every override against the headers of this version");

namespace {

constexpr uint32_t unmapped = 0xFFFD;

/// Fonts without a usable character map that Poppler has complained about on this thread.
thread_local size_t complaints_about_maps = 0;

void listen(ErrorCategory, Goffset, const char *message) {
  for (const char *start : {"Unknown CMap", "Missing language pack", "Unknown character collection"}) {
    if (std::strncmp(message, start, std::strlen(start)) == 0) complaints_about_maps++;
  }
}

/// Text metrics of a font in em.
struct FontMetrics {
  int index = 0;
  double ascent = 0.75;
  double descent = -0.25;
  double scale = 1;  // em over font size; differs from 1 for Type 3 fonts only
  bool is_vertical = false;
};

struct Bounds {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;

  void include(double x, double y) {
    x0 = std::min(x0, x), x1 = std::max(x1, x), y0 = std::min(y0, y), y1 = std::max(y1, y);
  }
  void intersect(const Bounds &other) {
    x0 = std::max(x0, other.x0), x1 = std::min(x1, other.x1);
    y0 = std::max(y0, other.y0), y1 = std::min(y1, other.y1);
  }
  bool is_empty() const { return !(x0 <= x1 && y0 <= y1); }
  double short_side() const { return std::min(x1 - x0, y1 - y0); }
  bool encloses(const Bounds &o) const { return x0 <= o.x0 && y0 <= o.y0 && x1 >= o.x1 && y1 >= o.y1; }
};

/// A line that rises by more than this part of its length is not meant to be horizontal or vertical.
constexpr double slant = 0.2;

/// Filled areas thinner than this are strokes to the eye, whatever polygon draws them.
constexpr double thin = 2;

/// Keeps what a page draws instead of drawing it.
class Tap final : public OutputDev {
public:
  std::vector<gouji_poppler_glyph> glyphs;
  std::vector<gouji_poppler_segment> segments;
  std::vector<gouji_poppler_box> images;
  std::vector<gouji_poppler_box> drawings;
  std::vector<std::string> fonts;
  gouji_poppler_limits limits{};
  double width = 0, height = 0;
  bool has_too_many_glyphs = false, has_too_many_segments = false;
  bool has_unknown_ground = false;

  void clear() {
    glyphs.clear(), segments.clear(), images.clear(), drawings.clear(), fonts.clear();
    metrics.clear(), mask_groups.clear();
    current = FontMetrics();
    width = height = 0;
    now = nullptr;
    masks = spans = 0;
    has_too_many_glyphs = has_too_many_segments = has_unknown_ground = false;
  }

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }

  void startPage(int, GfxState *state, XRef *) override {
    now = state;
    width = state->getPageWidth();
    height = state->getPageHeight();
  }

  // --- text

  void updateFont(GfxState *state) override {
    const std::shared_ptr<GfxFont> &font = state->getFont();
    if (!font) return;
    // By the object in the file: a form that is drawn again makes its fonts anew.
    auto [found, is_new] = metrics.try_emplace(*font->getID());
    if (is_new) {
      found->second = measure(*font);
      found->second.index = static_cast<int>(std::min<size_t>(fonts.size(), UINT16_MAX));
      fonts.push_back(font->getName().value_or(std::string()));
    }
    current = found->second;
  }

  void beginString(GfxState *state, const GooString *) override {
    is_string_white = (state->getRender() & 3) == 0 && is_white(*state);
  }

  // What is drawn with a pattern is not white, whatever colour stands behind it.
  static bool is_white(const GfxState &constant) {
    GfxState &state = const_cast<GfxState &>(constant); // which reads it only
    if (state.getFillColorSpace()->getMode() == csPattern) return false;
    GfxRGB colour;
    state.getFillRGB(&colour);
    return std::min({colour.r, colour.g, colour.b}) > 0.98 * gfxColorComp1;
  }

  void drawChar(GfxState *state, double x, double y, double dx, double dy, double, double, CharCode code,
                int byte_count, const Unicode *scalars, int scalar_count) override {
    if (masks > 0) return;
    if (glyphs.size() >= limits.glyphs) {
      has_too_many_glyphs = true;
      return;
    }
    gouji_poppler_glyph glyph{};
    glyph.font = static_cast<uint16_t>(current.index);
    place(glyph, *state, x, y, dx, dy, code == 0x20 && byte_count == 1);
    glyph.hidden = is_invisible(*state, glyph);
    glyph.white = is_string_white;
    append(glyph, scalars, scalar_count);
  }

  // Rendering modes 3 and 7 paint nothing (ISO 32000-1, 9.3.6), nor does an opacity of 0, nor what the clip leaves out.
  static bool is_invisible(GfxState &state, const gouji_poppler_glyph &glyph) {
    const int mode = state.getRender() & 3;
    if (mode == 3 || (mode == 1 ? state.getStrokeOpacity() : state.getFillOpacity()) <= 0) return true;
    double x0, y0, x1, y1;
    state.getClipBBox(&x0, &y0, &x1, &y1);
    const double x = (glyph.x0 + glyph.x1) / 2, y = (glyph.y0 + glyph.y1) / 2;
    return x < x0 || x > x1 || y < y0 || y > y1;
  }

  // Text that a producer says a span really means. It is believed where it can be placed: character for character, or
  // in the one place of a single or an unmapped glyph. Elsewhere (leader dots that mean a tab) the glyphs are the
  // evidence.

  void beginActualText(GfxState *, const GooString *text) override {
    if (spans++ > 0) return;
    span_start = glyphs.size();
    span_text.clear();
    Unicode *scalars = nullptr;
    const int count = TextStringToUCS4(text->toStr(), &scalars);
    for (int i = 0; i < count; i++) span_text.push_back(valid(scalars[i]));
    gfree(scalars);
  }

  void endActualText(GfxState *) override {
    if (spans == 0 || --spans > 0 || span_start >= glyphs.size()) return;
    const size_t count = glyphs.size() - span_start;
    const bool is_ink =
        std::any_of(span_text.begin(), span_text.end(), [](uint32_t c) { return c > 0x20 && c != 0xA0; });
    if (!is_ink || span_text.size() > 256) return;
    if (count == span_text.size()) {
      for (size_t i = 0; i < count; i++) glyphs[span_start + i].scalar = span_text[i];
      return;
    }
    gouji_poppler_glyph whole = glyphs[span_start];
    bool is_one_place = true, is_mapped = true;
    for (size_t i = span_start; i < glyphs.size(); i++) {
      const gouji_poppler_glyph &glyph = glyphs[i];
      const bool is_along_x = glyph.direction == GOUJI_POPPLER_RIGHT || glyph.direction == GOUJI_POPPLER_LEFT;
      const float drift = is_along_x ? glyph.y0 - whole.y0 : glyph.x0 - whole.x0;
      is_one_place = is_one_place && glyph.direction == whole.direction && std::fabs(drift) < whole.size / 2;
      is_mapped = is_mapped && glyph.scalar != unmapped;
      whole.x0 = std::min(whole.x0, glyph.x0), whole.x1 = std::max(whole.x1, glyph.x1);
      whole.y0 = std::min(whole.y0, glyph.y0), whole.y1 = std::max(whole.y1, glyph.y1);
    }
    if (!is_one_place || (is_mapped && count > 1)) return;
    glyphs.resize(span_start);
    share(whole, span_text.data(), span_text.size());
  }

  // --- rules

  void stroke(GfxState *state) override {
    if (masks > 0 || state->getStrokeOpacity() <= 0) return;
    const double line_width = state->getTransformedLineWidth();
    const GfxPath *path = state->getPath();
    for (int i = 0; i < path->getNumSubpaths(); i++) {
      const GfxSubpath *subpath = path->getSubpath(i);
      double x0, y0, x1, y1;
      state->transform(subpath->getX(0), subpath->getY(0), &x0, &y0);
      for (int j = 1; j < subpath->getNumPoints(); j++, x0 = x1, y0 = y1) {
        const bool is_curve = subpath->getCurve(j);
        if (is_curve) j = std::min(j + 2, subpath->getNumPoints() - 1);
        state->transform(subpath->getX(j), subpath->getY(j), &x1, &y1);
        if (!is_curve) add_stroke(*state, x0, y0, x1, y1, line_width);
      }
      add_drawing(*state, *subpath);
    }
  }

  void fill(GfxState *state) override { fill_path(*state); }
  void eoFill(GfxState *state) override { fill_path(*state); }

  // Patterns and shadings arrive with the area as the clip.
  bool useTilingPatternFill() override { return true; }
  bool tilingPatternFill(GfxState *state, Gfx *, Catalog *, GfxTilingPattern *, const double *, int, int, int, int,
                         double, double) override {
    return fill_clip(*state);
  }
  bool useShadedFills(int) override { return true; }
  bool functionShadedFill(GfxState *state, GfxFunctionShading *) override { return fill_clip(*state); }
  bool axialShadedFill(GfxState *state, GfxAxialShading *, double, double) override { return fill_clip(*state); }
  bool radialShadedFill(GfxState *state, GfxRadialShading *, double, double) override { return fill_clip(*state); }
  bool gouraudTriangleShadedFill(GfxState *state, GfxGouraudTriangleShading *) override { return fill_clip(*state); }
  bool patchMeshShadedFill(GfxState *state, GfxPatchMeshShading *) override { return fill_clip(*state); }

  // --- pictures

  /// Poppler asks this before it opens a picture, which may take it longer than all the rest of a page, and before it
  /// paints with a pattern. Of pictures only the place is wanted.
  bool needNonText() override {
    if (!now || is_pattern(now->getFillColorSpace()) || is_pattern(now->getStrokeColorSpace())) return true;
    add_image(*now);
    return false;
  }
  // What may have changed of the state that pictures are placed by. After a state is saved the old one holds for as long
  // as the new one is the same.
  void updateAll(GfxState *state) override { OutputDev::updateAll(now = state); }
  void updateCTM(GfxState *state, double, double, double, double, double, double) override { now = state; }
  void updateFillColorSpace(GfxState *state) override { now = state; }
  void updateStrokeColorSpace(GfxState *state) override { now = state; }
  void restoreState(GfxState *state) override { now = state; }
  void clip(GfxState *state) override { now = state; }
  void eoClip(GfxState *state) override { now = state; }
  void clipToStrokePath(GfxState *state) override { now = state; }

  // Pictures that are painted with a pattern; the inherited functions skip the data of inline ones.

  void drawImageMask(GfxState *state, Object *ref, Stream *data, int columns, int rows, bool is_inverted,
                     bool is_smooth, bool is_inline) override {
    add_image(*state);
    OutputDev::drawImageMask(state, ref, data, columns, rows, is_inverted, is_smooth, is_inline);
  }
  void drawImage(GfxState *state, Object *ref, Stream *data, int columns, int rows, GfxImageColorMap *colors,
                 bool is_smooth, const int *mask, bool is_inline) override {
    add_image(*state);
    OutputDev::drawImage(state, ref, data, columns, rows, colors, is_smooth, mask, is_inline);
  }
  void drawMaskedImage(GfxState *state, Object *, Stream *, int, int, GfxImageColorMap *, bool, Stream *, int, int,
                       bool, bool) override {
    add_image(*state);
  }
  void drawSoftMaskedImage(GfxState *state, Object *, Stream *, int, int, GfxImageColorMap *, bool, Stream *, int,
                           int, GfxImageColorMap *, bool) override {
    add_image(*state);
  }
  void setSoftMaskFromImageMask(GfxState *, Object *, Stream *, int, int, bool, bool, double *) override {}

  // --- what is drawn into a soft mask is not seen itself

  void beginTransparencyGroup(GfxState *, const double *, GfxColorSpace *, bool, bool, bool is_mask) override {
    mask_groups.push_back(is_mask);
    masks += is_mask ? 1 : 0;
  }
  void endTransparencyGroup(GfxState *) override {
    if (mask_groups.empty()) return;
    masks -= mask_groups.back() ? 1 : 0;
    mask_groups.pop_back();
  }

private:
  static bool is_pattern(GfxColorSpace *space) { return space && space->getMode() == csPattern; }

  GfxState *now = nullptr;
  std::unordered_map<Ref, FontMetrics> metrics;
  std::vector<bool> mask_groups;
  std::vector<uint32_t> span_text;
  size_t span_start = 0;
  int spans = 0;
  FontMetrics current;
  bool is_string_white = false;
  int masks = 0;

  static FontMetrics measure(const GfxFont &font) {
    FontMetrics metrics;
    metrics.is_vertical = font.getWMode() == 1;
    metrics.ascent = std::clamp(font.getAscent(), 0.5, 1.05);
    metrics.descent = std::clamp(font.getDescent(), -0.4, 0.0);
    if (font.getType() == fontType3) {
      // The em of a Type 3 font is the font size by convention only; where its box says otherwise by far, the box is
      // right (fonts made with a font size of 1 and glyphs drawn in points).
      const double *box = font.getFontBBox();
      const double em = std::fabs((box[3] - box[1]) * font.getFontMatrix()[3]);
      if (std::isfinite(em) && (em > 4 || (em > 0 && em < 0.1))) metrics.scale = em;
    }
    return metrics;
  }

  /// Gives the glyph its box, size and direction. `x`, `y` and the advance are in user space, as Poppler hands them
  /// out: the advance includes the spacing between characters and words.
  void place(gouji_poppler_glyph &glyph, GfxState &state, double x, double y, double dx, double dy,
             bool is_space) const {
    const double spacing = state.getCharSpace() + (is_space ? state.getWordSpace() : 0);
    double spacing_x, spacing_y;
    if (current.is_vertical) {
      state.textTransformDelta(0, spacing, &spacing_x, &spacing_y);
    } else {
      state.textTransformDelta(spacing * state.getHorizScaling(), 0, &spacing_x, &spacing_y);
    }
    double advance_x, advance_y, start_x, start_y, a, b, c, d;
    state.transformDelta(dx - spacing_x, dy - spacing_y, &advance_x, &advance_y);
    state.transform(x, y, &start_x, &start_y);
    state.getFontTransMat(&a, &b, &c, &d);  // (a, b): along the line, (c, d): from the foot of a glyph to its head
    const double size = state.getTransformedFontSize() * current.scale;
    glyph.size = static_cast<float>(size);
    glyph.direction = direction(a, b, c, d);
    glyph.slanted = std::min(std::fabs(a), std::fabs(b)) > slant * std::max(std::fabs(a), std::fabs(b));
    const double across_ascent = current.ascent * size, across_descent = current.descent * size;

    if (current.is_vertical) {
      // The pen stands at the middle of the top; the advance runs from head to foot; a glyph is one em wide.
      glyph.direction = (glyph.direction + 1) & 3;
      const bool is_along_y = glyph.direction == GOUJI_POPPLER_DOWN || glyph.direction == GOUJI_POPPLER_UP;
      const double end_x = start_x + advance_x, end_y = start_y + advance_y;
      const double half_x = is_along_y ? size / 2 : 0, half_y = is_along_y ? 0 : size / 2;
      set(glyph, std::min(start_x, end_x) - half_x, std::min(start_y, end_y) - half_y,
          std::max(start_x, end_x) + half_x, std::max(start_y, end_y) + half_y);
      return;
    }
    switch (glyph.direction) {
      case GOUJI_POPPLER_RIGHT:
        set(glyph, start_x, start_y - across_ascent, start_x + advance_x, start_y - across_descent);
        break;
      case GOUJI_POPPLER_LEFT:
        set(glyph, start_x + advance_x, start_y + across_descent, start_x, start_y + across_ascent);
        break;
      case GOUJI_POPPLER_DOWN:
        set(glyph, start_x + across_descent, start_y, start_x + across_ascent, start_y + advance_y);
        break;
      default:
        set(glyph, start_x - across_ascent, start_y + advance_y, start_x - across_descent, start_y);
        break;
    }
  }

  static uint8_t direction(double a, double b, double c, double d) {
    if (std::fabs(a * d) >= std::fabs(b * c)) return a > 0 || d < 0 ? GOUJI_POPPLER_RIGHT : GOUJI_POPPLER_LEFT;
    return c > 0 ? GOUJI_POPPLER_DOWN : GOUJI_POPPLER_UP;
  }

  static void set(gouji_poppler_glyph &glyph, double x0, double y0, double x1, double y1) {
    glyph.x0 = static_cast<float>(std::min(x0, x1)), glyph.x1 = static_cast<float>(std::max(x0, x1));
    glyph.y0 = static_cast<float>(std::min(y0, y1)), glyph.y1 = static_cast<float>(std::max(y0, y1));
  }

  /// Appends one glyph for every scalar that a code stands for.
  void append(gouji_poppler_glyph glyph, const Unicode *scalars, int count) {
    if (count <= 1) {
      glyph.scalar = count == 1 ? valid(scalars[0]) : unmapped;
      glyphs.push_back(glyph);
      return;
    }
    uint32_t joined[32];
    size_t n = 0;
    for (int i = 0; i < count && n < 32; i++) {
      const bool is_pair = scalars[i] >= 0xD800 && scalars[i] < 0xDC00 && i + 1 < count && scalars[i + 1] >= 0xDC00 &&
                           scalars[i + 1] < 0xE000;
      joined[n++] = is_pair ? 0x10000 + ((scalars[i] - 0xD800) << 10) + (scalars[i + 1] - 0xDC00) : valid(scalars[i]);
      i += is_pair ? 1 : 0;
    }
    share(glyph, joined, n);
  }

  /// Appends one glyph for every scalar, each with an even share of the box along the line.
  void share(const gouji_poppler_glyph &whole, const uint32_t *scalars, size_t count) {
    gouji_poppler_glyph glyph = whole;
    const bool is_along_x = whole.direction == GOUJI_POPPLER_RIGHT || whole.direction == GOUJI_POPPLER_LEFT;
    const bool is_backwards = whole.direction == GOUJI_POPPLER_LEFT || whole.direction == GOUJI_POPPLER_UP;
    for (size_t i = 0; i < count; i++) {
      const size_t slot = is_backwards ? count - 1 - i : i;
      const float from = static_cast<float>(slot) / count, to = static_cast<float>(slot + 1) / count;
      if (is_along_x) {
        glyph.x0 = whole.x0 + (whole.x1 - whole.x0) * from, glyph.x1 = whole.x0 + (whole.x1 - whole.x0) * to;
      } else {
        glyph.y0 = whole.y0 + (whole.y1 - whole.y0) * from, glyph.y1 = whole.y0 + (whole.y1 - whole.y0) * to;
      }
      glyph.scalar = scalars[i];
      glyphs.push_back(glyph);
    }
  }

  static uint32_t valid(Unicode scalar) {
    return scalar == 0 || scalar > 0x10FFFF || (scalar >= 0xD800 && scalar < 0xE000) ? unmapped : scalar;
  }

  static Bounds clip_of(const GfxState &state) {
    Bounds clip;
    state.getClipBBox(&clip.x0, &clip.y0, &clip.x1, &clip.y1);
    return clip;
  }

  /// Keeps a straight stroke that is horizontal or vertical to the eye, cut to the clip, out of which half of its width
  /// may stick.
  void add_stroke(const GfxState &state, double x0, double y0, double x1, double y1, double line_width) {
    const double along_x = std::fabs(x1 - x0), along_y = std::fabs(y1 - y0);
    const double drift = std::min(along_x, along_y), length = std::max(along_x, along_y);
    if (!(length > 0) || drift > 1 || drift > length / 10) return;
    Bounds bounds{std::min(x0, x1), std::min(y0, y1), std::max(x0, x1), std::max(y0, y1)};
    Bounds clip = clip_of(state);
    const double slack = line_width / 2 + 0.01;
    if (along_x >= along_y) {
      clip.y0 -= slack, clip.y1 += slack;
    } else {
      clip.x0 -= slack, clip.x1 += slack;
    }
    bounds.intersect(clip);
    add(bounds, line_width, false);
  }

  void add(const Bounds &bounds, double line_width, bool is_filled) {
    if (bounds.is_empty()) return;
    if (segments.size() >= limits.segments) {
      has_too_many_segments = true;
      return;
    }
    gouji_poppler_segment segment{};
    segment.x0 = static_cast<float>(bounds.x0), segment.y0 = static_cast<float>(bounds.y0);
    segment.x1 = static_cast<float>(bounds.x1), segment.y1 = static_cast<float>(bounds.y1);
    segment.width = static_cast<float>(line_width);
    segment.is_filled = is_filled;
    segments.push_back(segment);
  }

  void add_filled(const GfxState &state, Bounds bounds) {
    bounds.intersect(clip_of(state));
    const size_t count = segments.size();
    add(bounds, bounds.short_side(), true);
    if (segments.size() > count) segments.back().is_white = is_white(state);
  }

  bool fill_clip(const GfxState &state) {
    const Bounds clip = clip_of(state);
    if (masks == 0 && clip.short_side() < thin) add(clip, clip.short_side(), true);
    has_unknown_ground = true;
    return true;
  }

  /// The bounds of a subpath that is a rectangle, or so thin that it might as well be one.
  static bool rectangle(const GfxState &state, const GfxSubpath &subpath, Bounds &bounds) {
    const int count = subpath.getNumPoints();
    if (count < 3 || count > 16) return false;
    double x[16], y[16];
    for (int i = 0; i < count; i++) {
      if (subpath.getCurve(i)) return false;
      state.transform(subpath.getX(i), subpath.getY(i), &x[i], &y[i]);
      if (i == 0) bounds = {x[0], y[0], x[0], y[0]};
      bounds.include(x[i], y[i]);
    }
    if (bounds.short_side() < thin) return true;
    if (count < 4 || count > 6) return false;
    for (int i = 0; i < count; i++) {
      const bool is_corner = (std::fabs(x[i] - bounds.x0) < 0.5 || std::fabs(x[i] - bounds.x1) < 0.5) &&
                             (std::fabs(y[i] - bounds.y0) < 0.5 || std::fabs(y[i] - bounds.y1) < 0.5);
      const int next = (i + 1) % count;
      if (!is_corner || (std::fabs(x[i] - x[next]) >= 0.5 && std::fabs(y[i] - y[next]) >= 0.5)) return false;
    }
    return true;
  }

  void fill_path(const GfxState &state) {
    if (state.getFillOpacity() <= 0) return;
    if (masks > 0) {
      has_unknown_ground = true;
      return;
    }
    const GfxPath *path = state.getPath();
    const int count = path->getNumSubpaths();
    Bounds outer, inner;
    if (count == 2 && rectangle(state, *path->getSubpath(0), outer) && rectangle(state, *path->getSubpath(1), inner) &&
        add_frame(state, outer, inner)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      Bounds bounds;
      if (rectangle(state, *path->getSubpath(i), bounds)) {
        add_filled(state, bounds);
      } else {
        add_drawing(state, *path->getSubpath(i));
      }
    }
  }

  /// Keeps the bounds of a subpath with a curve or with a line that is neither horizontal nor vertical to the eye.
  void add_drawing(const GfxState &state, const GfxSubpath &subpath) {
    bool is_slanted = false;
    double x0, y0, x1, y1;
    state.transform(subpath.getX(0), subpath.getY(0), &x0, &y0);
    Bounds bounds{x0, y0, x0, y0};
    for (int i = 1; i < subpath.getNumPoints(); i++, x0 = x1, y0 = y1) {
      state.transform(subpath.getX(i), subpath.getY(i), &x1, &y1);
      bounds.include(x1, y1);
      const double along_x = std::fabs(x1 - x0), along_y = std::fabs(y1 - y0);
      is_slanted = is_slanted || subpath.getCurve(i) || std::min(along_x, along_y) > 0.6;
    }
    if (!is_slanted) return;
    bounds.intersect(clip_of(state));
    if (bounds.is_empty()) return;
    if (drawings.size() >= limits.segments) {
      has_too_many_segments = true;
      return;
    }
    drawings.push_back({static_cast<float>(bounds.x0), static_cast<float>(bounds.y0), static_cast<float>(bounds.x1),
                        static_cast<float>(bounds.y1)});
  }

  /// A rectangle with a hole that leaves thin sides is a frame of four rules.
  bool add_frame(const GfxState &state, Bounds outer, Bounds inner) {
    if (inner.encloses(outer)) std::swap(outer, inner);
    if (!outer.encloses(inner) || inner.short_side() < thin) return false;
    const double sides[4] = {inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1};
    if (*std::max_element(sides, sides + 4) >= thin) return false;
    if (sides[0] > 0) add_filled(state, {outer.x0, outer.y0, inner.x0, outer.y1});
    if (sides[1] > 0) add_filled(state, {outer.x0, outer.y0, outer.x1, inner.y0});
    if (sides[2] > 0) add_filled(state, {inner.x1, outer.y0, outer.x1, outer.y1});
    if (sides[3] > 0) add_filled(state, {outer.x0, inner.y1, outer.x1, outer.y1});
    return true;
  }

  void add_image(const GfxState &state) {
    if (masks > 0) return;
    if (images.size() >= limits.segments) {
      has_too_many_segments = true;
      return;
    }
    double x, y;
    state.transform(0, 0, &x, &y);
    Bounds bounds{x, y, x, y};
    for (auto [u, v] : {std::pair{1, 0}, {0, 1}, {1, 1}}) {
      state.transform(u, v, &x, &y);
      bounds.include(x, y);
    }
    bounds.intersect(clip_of(state));
    if (bounds.is_empty()) return;
    images.push_back({static_cast<float>(bounds.x0), static_cast<float>(bounds.y0), static_cast<float>(bounds.x1),
                      static_cast<float>(bounds.y1)});
  }
};

bool is_over_limit(void *tap) { return static_cast<Tap *>(tap)->has_too_many_glyphs; }

gouji_poppler_status status_of(const PDFDoc &document) {
  return document.getErrorCode() == errEncrypted ? GOUJI_POPPLER_ENCRYPTED : GOUJI_POPPLER_DAMAGED;
}

/// Whether an annotation has a text that its appearance does not show.
bool is_note(const Annot &annotation) {
  switch (annotation.getType()) {
  case Annot::typeText:
  case Annot::typeLine:
  case Annot::typeSquare:
  case Annot::typeCircle:
  case Annot::typePolygon:
  case Annot::typePolyLine:
  case Annot::typeHighlight:
  case Annot::typeUnderline:
  case Annot::typeSquiggly:
  case Annot::typeStrikeOut:
  case Annot::typeCaret:
  case Annot::typeInk:
    return annotation.getContents() && annotation.getContents()->getLength() > 0;
  default: return false;
  }
}

constexpr size_t most_file_names = 100;

}  // namespace

struct gouji_poppler_document {
  bool was_repaired = false;
  int page_count = 0;
  std::unique_ptr<PDFDoc> file;
  Tap tap;
  std::vector<const char *> font_names;
  std::vector<gouji_poppler_string> files;
  std::vector<std::string> file_names;
  std::vector<std::string> attached;  // names of files that annotations hold
  size_t attached_count = 0;

  void add_file(const Object &specification, std::vector<std::string> &names) {
    const FileSpec file(&specification);
    if (names.size() < most_file_names)
      names.push_back(file.isOk() && file.getFileName() ? file.getFileName()->toStr() : std::string());
  }

  /// Counts notes, and keeps the names of files.
  size_t read_annotations(Page &page) {
    size_t notes = 0;
    Annots *all = page.getAnnots();
    if (!all) return notes;
    for (Annot *annotation : all->getAnnots()) {
      if (is_note(*annotation)) notes++;
      if (annotation->getType() != Annot::typeFileAttachment) continue;
      attached_count++;
      add_file(*static_cast<AnnotFileAttachment *>(annotation)->getFile(), attached);
    }
    return notes;
  }
};

extern "C" {

void gouji_poppler_prepare(void) {
  // Replacing or dropping Poppler's parameters while anything uses them crashes: they are never given up, not even at
  // exit, when other threads may still read.
  static auto *const parameters = new GlobalParamsIniter(listen);
  (void)parameters;
}

const char *gouji_poppler_version(void) { return POPPLER_VERSION; }

int gouji_poppler_has_character_maps(void) {
  gouji_poppler_prepare();
  try {
    const GooString collection("Adobe-GB1");
    const GooString map("UniGB-UCS2-H");
    FILE *file = globalParams->findCMapFile(&collection, &map);
    if (!file) return 0;
    fclose(file);
    return 1;
  } catch (...) {
    return 0;
  }
}

gouji_poppler_document *gouji_poppler_open(const void *bytes, size_t count, const char *password,
                                           gouji_poppler_status *status) {
  gouji_poppler_prepare();
  *status = GOUJI_POPPLER_DAMAGED;
  try {
    auto document = std::make_unique<gouji_poppler_document>();
    std::optional<GooString> key;
    if (password) key.emplace(password);
    bool *was_repaired = &document->was_repaired;
    auto *stream = new MemStream(static_cast<const char *>(bytes), 0, static_cast<Goffset>(count), Object(objNull));
    document->file =
        std::make_unique<PDFDoc>(stream, key, key, nullptr, [was_repaired] { *was_repaired = true; });
    if (!document->file->isOk()) {
      *status = status_of(*document->file);
      return nullptr;
    }
    document->page_count = document->file->getNumPages();
    if (document->page_count < 1) {
      *status = GOUJI_POPPLER_NO_PAGES;
      return nullptr;
    }
    *status = GOUJI_POPPLER_OK;
    return document.release();
  } catch (...) {
    return nullptr;
  }
}

int gouji_poppler_page_count(const gouji_poppler_document *document) { return document->page_count; }

int gouji_poppler_was_repaired(const gouji_poppler_document *document) { return document->was_repaired; }

gouji_poppler_status gouji_poppler_read_page(gouji_poppler_document *document, int number, gouji_poppler_limits limits,
                                             gouji_poppler_page *page) {
  *page = gouji_poppler_page{};
  try {
    Tap &tap = document->tap;
    tap.clear();
    tap.limits = limits;
    complaints_about_maps = 0;
    Page *found = document->file->getPage(number);
    if (!found || !found->isOk()) return GOUJI_POPPLER_PAGE_UNREADABLE;
    document->file->displayPage(&tap, number, 72, 72, 0, false, true, false, is_over_limit, &tap);
    if (!(tap.width > 0 && tap.height > 0)) return GOUJI_POPPLER_PAGE_UNREADABLE;

    document->font_names.clear();
    for (const std::string &name : tap.fonts) document->font_names.push_back(name.c_str());
    page->width = tap.width;
    page->height = tap.height;
    page->glyphs = tap.glyphs.data();
    page->glyph_count = tap.glyphs.size();
    page->segments = tap.segments.data();
    page->segment_count = tap.segments.size();
    page->images = tap.images.data();
    page->image_count = tap.images.size();
    page->drawings = tap.drawings.data();
    page->drawing_count = tap.drawings.size();
    page->fonts = document->font_names.data();
    page->font_count = document->font_names.size();
    page->unmapped_fonts = complaints_about_maps;
    page->segments_cut = tap.has_too_many_segments;
    page->has_unknown_ground = tap.has_unknown_ground;
    page->notes = document->read_annotations(*found);
    return tap.has_too_many_glyphs ? GOUJI_POPPLER_TOO_MANY_GLYPHS : GOUJI_POPPLER_OK;
  } catch (...) {
    return GOUJI_POPPLER_PAGE_UNREADABLE;
  }
}

void gouji_poppler_list_contents(gouji_poppler_document *document, gouji_poppler_contents *contents) {
  *contents = gouji_poppler_contents{};
  try {
    document->files.clear();
    document->file_names = document->attached;
    Catalog *catalog = document->file->getCatalog();
    const int embedded = catalog->numEmbeddedFiles();
    for (int i = 0; i < embedded && document->file_names.size() < most_file_names; i++) {
      const std::unique_ptr<FileSpec> file = catalog->embeddedFile(i);
      document->file_names.push_back(file && file->getFileName() ? file->getFileName()->toStr() : std::string());
    }
    for (const std::string &name : document->file_names) document->files.push_back({name.data(), name.size()});
    contents->file_names = document->files.data();
    contents->file_name_count = document->files.size();
    contents->file_count = document->attached_count + static_cast<size_t>(std::max(0, embedded));
    const Object root = document->file->getXRef()->getCatalog();
    contents->is_portfolio = root.isDict() && root.dictLookup("Collection").isDict();
    contents->is_xfa = catalog->getFormType() == Catalog::XfaForm;
  } catch (...) {
  }
}

void gouji_poppler_close(gouji_poppler_document *document) { delete document; }
}
