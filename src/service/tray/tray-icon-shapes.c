/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-icon-shapes"

/* The shapes of the icon: OctoHerald's mark, a ring for the progress, a badge for the condition, a stroke for "muted".
 *
 * A panel is light or dark and nobody tells which. So all colours are of middle brightness, about three times as bright as a
 * dark panel and three times as dark as a light one, and parts are held apart by gaps through which the panel is seen. No two
 * conditions have the same outline: whoever sees no colours reads them all. */

#include "service/tray/tray-icon-shapes.h"

#include <math.h>

typedef struct
{
  double red;
  double green;
  double blue;
} Colour;

static const Colour teal = { 0.114, 0.561, 0.529 };
static const Colour grey = { 0.502, 0.502, 0.502 };
static const Colour amber = { 0.776, 0.424, 0.000 };
static const Colour red = { 0.827, 0.184, 0.184 };
static const Colour white = { 1.0, 1.0, 1.0 };

/**
 * Badge:
 * @trace: its outline, in a square of @side pixels
 * @stroke: width of the line, as a part of the side; 0 for a filled outline
 * @trace_sign: (nullable): what is written on it in white
 * @trace_place: (nullable): what it takes away of the mark, if that is more than its outline
 */
typedef struct
{
  const Colour *colour;
  void (*trace) (cairo_t *cr, double side);
  double stroke;
  void (*trace_sign) (cairo_t *cr, double side);
  void (*trace_place) (cairo_t *cr, double side);
} Badge;

static void
set_colour (cairo_t      *cr,
            const Colour *colour,
            double        opacity)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, opacity);
}

/* Badges */

static void
trace_play (cairo_t *cr,
            double   side)
{
  cairo_move_to (cr, side * 0.1, 0.0);
  cairo_line_to (cr, side, side / 2);
  cairo_line_to (cr, side * 0.1, side);
  cairo_close_path (cr);
}

static void
trace_pause (cairo_t *cr,
             double   side)
{
  double bar = round (side * 0.36);

  cairo_rectangle (cr, 0.0, 0.0, bar, side);
  cairo_rectangle (cr, side - bar, 0.0, bar, side);
}

static void
trace_block (cairo_t *cr,
             double   side)
{
  cairo_rectangle (cr, 0.0, 0.0, side, side);
}

/* The sign on switches: a bar in an open circle */
static void
trace_power (cairo_t *cr,
             double   side)
{
  cairo_arc (cr, side * 0.5, side * 0.56, side * 0.37, -0.28 * G_PI, 1.28 * G_PI);
  cairo_move_to (cr, side * 0.5, side * 0.06);
  cairo_line_to (cr, side * 0.5, side * 0.48);
}

static void
trace_plus (cairo_t *cr,
            double   side)
{
  double bar = round (side * 0.34);
  double start = round ((side - bar) / 2);

  cairo_rectangle (cr, start, 0.0, bar, start);
  cairo_rectangle (cr, 0.0, start, side, bar);
  cairo_rectangle (cr, start, start + bar, bar, side - start - bar);
}

static void
trace_question (cairo_t *cr,
                double   side)
{
  cairo_arc (cr, side * 0.5, side * 0.32, side * 0.23, G_PI, 0.25 * G_PI);
  cairo_line_to (cr, side * 0.5, side * 0.64);
  cairo_move_to (cr, side * 0.5, side * 0.92);
  cairo_close_path (cr);
}

static void
trace_triangle (cairo_t *cr,
                double   side)
{
  cairo_move_to (cr, side * 0.5, 0.0);
  cairo_line_to (cr, side, side);
  cairo_line_to (cr, 0.0, side);
  cairo_close_path (cr);
}

static void
trace_exclamation (cairo_t *cr,
                   double   side)
{
  cairo_move_to (cr, side * 0.5, side * 0.38);
  cairo_line_to (cr, side * 0.5, side * 0.62);
  cairo_move_to (cr, side * 0.5, side * 0.84);
  cairo_close_path (cr);
}

static void
trace_octagon (cairo_t *cr,
               double   side)
{
  double corner = side * 0.3;

  cairo_move_to (cr, corner, 0.0);
  cairo_line_to (cr, side - corner, 0.0);
  cairo_line_to (cr, side, corner);
  cairo_line_to (cr, side, side - corner);
  cairo_line_to (cr, side - corner, side);
  cairo_line_to (cr, corner, side);
  cairo_line_to (cr, 0.0, side - corner);
  cairo_line_to (cr, 0.0, corner);
  cairo_close_path (cr);
}

static void
trace_cross (cairo_t *cr,
             double   side)
{
  cairo_move_to (cr, side * 0.3, side * 0.3);
  cairo_line_to (cr, side * 0.7, side * 0.7);
  cairo_move_to (cr, side * 0.7, side * 0.3);
  cairo_line_to (cr, side * 0.3, side * 0.7);
}

/* By HeraldTrayCondition */
static const Badge badges[] = {
  [HERALD_TRAY_IDLE] = { NULL },
  [HERALD_TRAY_PRINTING] = { &teal, trace_play },
  [HERALD_TRAY_PAUSED] = { &amber, trace_pause, 0.0, NULL, trace_block },
  [HERALD_TRAY_NO_PRINTERS] = { &teal, trace_plus },
  [HERALD_TRAY_OFFLINE] = { &grey, trace_power, 0.17, NULL, trace_block },
  [HERALD_TRAY_UNREACHABLE] = { &amber, trace_question, 0.24 },
  [HERALD_TRAY_ATTENTION] = { &amber, trace_triangle, 0.0, trace_exclamation },
  [HERALD_TRAY_FAILED] = { &red, trace_octagon, 0.0, trace_cross },
};

/* Takes away what is drawn so far, under the path and @gap pixels around it. */
static void
clear_around (cairo_t *cr,
              double   stroke,
              double   gap)
{
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_set_line_width (cr, stroke + 2 * gap);
  cairo_stroke_preserve (cr);
  if (stroke == 0.0)
    cairo_fill_preserve (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
}

static void
draw_badge (cairo_t     *cr,
            const Badge *badge,
            double       size,
            double       gap)
{
  double side = round (size * 0.54);

  cairo_save (cr);
  cairo_translate (cr, size - side, size - side);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  if (badge->trace_place != NULL)
    {
      badge->trace_place (cr, side);
      clear_around (cr, 0.0, gap);
      cairo_new_path (cr);
    }
  badge->trace (cr, side);
  clear_around (cr, badge->stroke * side, gap);

  set_colour (cr, badge->colour, 1.0);
  cairo_set_line_width (cr, badge->stroke * side);
  if (badge->stroke > 0.0)
    cairo_stroke (cr);
  else
    cairo_fill (cr);

  if (badge->trace_sign != NULL)
    {
      badge->trace_sign (cr, side);
      set_colour (cr, &white, 1.0);
      cairo_set_line_width (cr, MAX (side * 0.15, 1.5));
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

/* The mark */

/* As the symbolic icon of the application (data/icons) has it, on its grid of 16, but the trumpet is held apart: it is left
 * out where a badge would leave a splinter of it. */
static void
trace_mark (cairo_t *cr)
{
  cairo_move_to (cr, 6, 1);
  cairo_rel_curve_to (cr, 3, 0, 5, 2.2, 5, 5);
  cairo_rel_curve_to (cr, 0, 1.6, -0.4, 2.9, -1.4, 3.8);
  cairo_rel_curve_to (cr, 0, 1.9, 1.0, 3.0, 2.4, 3.4);
  cairo_line_to (cr, 12, 15);
  cairo_rel_curve_to (cr, -2.2, -0.3, -3.5, -2, -3.7, -4.3);
  cairo_rel_line_to (cr, -0.8, 0);
  cairo_rel_curve_to (cr, 0, 2, 0.2, 3.3, 0.9, 4.3);
  cairo_line_to (cr, 6.2, 15);
  cairo_rel_curve_to (cr, -0.6, -1, -0.7, -2.4, -0.7, -4.3);
  cairo_rel_line_to (cr, -1, 0);
  cairo_curve_to (cr, 4.3, 13, 3, 14.7, 1, 15);
  cairo_rel_line_to (cr, 0, -1.8);
  cairo_rel_curve_to (cr, 1.2, -0.4, 1.7, -1.5, 1.7, -3.4);
  cairo_curve_to (cr, 1.5, 9, 1, 7.6, 1, 6);
  cairo_rel_curve_to (cr, 0, -2.8, 2, -5, 5, -5);
  cairo_close_path (cr);
}

static void
trace_trumpet (cairo_t *cr)
{
  cairo_move_to (cr, 12, 7);
  cairo_line_to (cr, 16, 4);
  cairo_line_to (cr, 16, 12);
  cairo_line_to (cr, 12, 9.5);
  cairo_close_path (cr);
}

/* To the middle of something that is @width whole pixels wide */
static double
snap (double middle,
      double width)
{
  return fmod (width, 2) != 0 ? floor (middle) + 0.5 : round (middle);
}

/* The smallest things there are: half a pixel beside its place, an eye would be a shade. */
static void
draw_eye (cairo_t *cr,
          double   x,
          double   y,
          double   radius)
{
  double width = MAX (round (radius * 2), 1.0);

  cairo_arc (cr, snap (x, width), snap (y, width), width / 2, 0, 2 * G_PI);
  set_colour (cr, &white, 1.0);
  cairo_fill (cr);
}

static void
draw_mark (cairo_t      *cr,
           const Colour *colour,
           guint         condition,
           double        size)
{
  double grid = size / 16;
  /* Looking over the badge */
  double eyes = badges[condition].trace == NULL ? 6 : 4.8;

  cairo_save (cr);
  cairo_scale (cr, grid, grid);
  trace_mark (cr);
  if (badges[condition].trace == NULL)
    trace_trumpet (cr);
  set_colour (cr, colour, 1.0);
  /* Nobody there */
  if (condition == HERALD_TRAY_NO_PRINTERS)
    {
      cairo_set_line_width (cr, 1.2);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_stroke (cr);
    }
  else
    cairo_fill (cr);
  cairo_restore (cr);

  if (condition != HERALD_TRAY_NO_PRINTERS)
    {
      draw_eye (cr, 4 * grid, eyes * grid, 1.1 * grid);
      draw_eye (cr, 8 * grid, eyes * grid, 1.1 * grid);
    }
}

/* What fits into the ring: the head and its arms, without the trumpet. */
static void
draw_head (cairo_t      *cr,
           const Colour *colour,
           gboolean      has_badge,
           double        size,
           double        diameter)
{
  double middle = size / 2;
  double radius = diameter * 0.38;
  double top = middle - diameter / 2;
  double eyes = top + radius * (has_badge ? 0.66 : 1.0);
  double arm = diameter * 0.15;
  double bottom = middle + diameter / 2 - arm / 2;

  cairo_save (cr);
  set_colour (cr, colour, 1.0);
  cairo_arc (cr, middle, top + radius, radius, 0, 2 * G_PI);
  cairo_fill (cr);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, arm);
  for (int i = -3; i <= 3; i += 2)
    {
      double outer = ABS (i) > 1 ? 1.0 : 0.0;

      cairo_move_to (cr, middle + i * radius * 0.26, top + radius * 1.2);
      cairo_curve_to (cr, middle + i * radius * 0.28, bottom - arm, middle + i * radius * 0.30, bottom - arm * (0.2 + outer * 0.6),
                      middle + i * radius * 0.36, bottom - arm * outer * 0.9);
    }
  cairo_stroke (cr);

  draw_eye (cr, middle - radius * 0.42, eyes, radius * 0.26);
  draw_eye (cr, middle + radius * 0.42, eyes, radius * 0.26);
  cairo_restore (cr);
}

/* The ring */

static double
get_ring_width (double size)
{
  return MAX (round (size * 0.11), 2.0);
}

/* From the top, as a clock goes; what has begun is seen. */
static void
draw_ring (cairo_t      *cr,
           const Colour *colour,
           double        size,
           int           percent)
{
  double width = get_ring_width (size);
  double radius = (size - width) / 2;
  double part = CLAMP (percent, 0, 100) / 100.0;

  cairo_set_line_width (cr, width);
  cairo_arc (cr, size / 2, size / 2, radius, 0, 2 * G_PI);
  set_colour (cr, &grey, 0.45);
  cairo_stroke (cr);
  if (part <= 0.0)
    return;

  cairo_arc (cr, size / 2, size / 2, radius, -G_PI / 2, -G_PI / 2 + MAX (part, 0.03) * 2 * G_PI);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  set_colour (cr, colour, 1.0);
  cairo_stroke (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
}

static void
draw_muted (cairo_t *cr,
            double   size,
            double   gap)
{
  double width = MAX (round (size * 0.1), 1.5);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_move_to (cr, width / 2, size - width / 2);
  cairo_line_to (cr, size - width / 2, width / 2);
  clear_around (cr, width, gap);
  cairo_set_line_width (cr, width);
  set_colour (cr, &grey, 1.0);
  cairo_stroke (cr);
}

/**
 * herald_tray_icon_shapes_draw:
 *
 * Draws the mark, or its head within a ring if there is a progress to show, then what lies upon it.
 */
void
herald_tray_icon_shapes_draw (cairo_t               *cr,
                              const HeraldTrayGlyph *glyph,
                              int                    size)
{
  guint condition = MIN ((guint) glyph->condition, G_N_ELEMENTS (badges) - 1);
  double gap = MAX (size / 16.0, 1.0);
  gboolean has_badge = badges[condition].trace != NULL && (condition != HERALD_TRAY_PRINTING || glyph->percent < 0);
  gboolean is_grey = condition == HERALD_TRAY_OFFLINE || condition == HERALD_TRAY_UNREACHABLE;
  const Colour *colour = is_grey ? &grey : &teal;
  double inner = size - 2 * get_ring_width (size) - 2 * gap;

  if (glyph->percent >= 0)
    {
      draw_ring (cr, colour, size, glyph->percent);
      draw_head (cr, colour, has_badge, size, inner);
    }
  else
    draw_mark (cr, colour, condition, size);

  if (glyph->is_muted)
    draw_muted (cr, size, gap);
  if (has_badge)
    draw_badge (cr, &badges[condition], size, gap);
}
