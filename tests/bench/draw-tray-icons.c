/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-draw-tray-icons"

/* Draws every icon at every size, on a light and a dark panel, as docs/pictures/tray-icons.png shows them: first as large as
 * they are, then the smallest four times larger. It takes them the way a panel does, pixel by pixel. */

#include <cairo.h>
#include <stdlib.h>

#include "service/tray/tray-icon.h"

#define COLUMN 224
#define ROW 100
#define LABEL 160
#define MARGIN 12

static const int sizes[] = { 16, 22, 24, 32, 48, 64 };
static const double panels[] = { 0xf0 / 255.0, 0x20 / 255.0 };

static const struct
{
  const char *label;
  HeraldTrayGlyph glyph;
} rows[] = {
  { "idle", { HERALD_TRAY_IDLE, -1, FALSE } },
  { "printing", { HERALD_TRAY_PRINTING, -1, FALSE } },
  { "printing 8 %", { HERALD_TRAY_PRINTING, 8, FALSE } },
  { "printing 42 %", { HERALD_TRAY_PRINTING, 42, FALSE } },
  { "printing 100 %", { HERALD_TRAY_PRINTING, 100, FALSE } },
  { "paused 42 %", { HERALD_TRAY_PAUSED, 42, FALSE } },
  { "paused", { HERALD_TRAY_PAUSED, -1, FALSE } },
  { "no printers", { HERALD_TRAY_NO_PRINTERS, -1, FALSE } },
  { "offline", { HERALD_TRAY_OFFLINE, -1, FALSE } },
  { "unreachable", { HERALD_TRAY_UNREACHABLE, -1, FALSE } },
  { "unreachable 70 %", { HERALD_TRAY_UNREACHABLE, 70, FALSE } },
  { "attention", { HERALD_TRAY_ATTENTION, -1, FALSE } },
  { "attention 70 %", { HERALD_TRAY_ATTENTION, 70, FALSE } },
  { "failed", { HERALD_TRAY_FAILED, -1, FALSE } },
  { "failed 70 %", { HERALD_TRAY_FAILED, 70, FALSE } },
  { "idle, muted", { HERALD_TRAY_IDLE, -1, TRUE } },
  { "42 %, muted", { HERALD_TRAY_PRINTING, 42, TRUE } },
  { "failed, muted", { HERALD_TRAY_FAILED, -1, TRUE } },
};

/* As GdkPixbuf has it: opacity beside the colours, not in them. */
static cairo_surface_t *
read_pixels (GBytes *bytes,
             int     size)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  const guint8 *next = g_bytes_get_data (bytes, NULL);
  guint8 *pixels = cairo_image_surface_get_data (surface);

  for (int y = 0; y < size; y++)
    {
      guint32 *row = (guint32 *) (gpointer) (pixels + y * cairo_image_surface_get_stride (surface));

      for (int x = 0; x < size; x++, next += 4)
        row[x] = (guint32) next[0] << 24 | (guint32) (next[1] * next[0] / 255) << 16 |
                 (guint32) (next[2] * next[0] / 255) << 8 | (guint32) (next[3] * next[0] / 255);
    }
  cairo_surface_mark_dirty (surface);

  return surface;
}

static void
paint (cairo_t               *cr,
       const HeraldTrayGlyph *glyph,
       int                    size,
       double                 x,
       double                 y,
       int                    times)
{
  g_autoptr(GBytes) bytes = herald_tray_icon_draw_size (glyph, size);
  cairo_surface_t *surface = read_pixels (bytes, size);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, times, times);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
paint_row (cairo_t               *cr,
           const HeraldTrayGlyph *glyph,
           double                 x,
           double                 y)
{
  double left = x + MARGIN;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      paint (cr, glyph, sizes[i], left, y + (ROW - sizes[i]) / 2.0, 1);
      left += sizes[i] + MARGIN;
    }
  for (guint i = 0; i < 3; i++)
    {
      paint (cr, glyph, sizes[i], left, y + (ROW - sizes[i] * 4) / 2.0, 4);
      left += sizes[i] * 4 + MARGIN;
    }
}

int
main (int    argc,
      char **argv)
{
  int half = 6 * MARGIN + 206 + 248 + 4 * MARGIN;
  int width = LABEL + 2 * half;
  int height = (int) G_N_ELEMENTS (rows) * ROW;
  cairo_surface_t *sheet = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (sheet);
  cairo_status_t status;

  if (argc != 2)
    {
      g_printerr ("usage: %s FILE.png\n", argv[0]);
      return 2;
    }

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    {
      cairo_set_source_rgb (cr, panels[i], panels[i], panels[i]);
      cairo_rectangle (cr, LABEL + (int) i * half, 0, half, height);
      cairo_fill (cr);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double y = (double) i * ROW;

      cairo_set_source_rgb (cr, 0, 0, 0);
      cairo_set_font_size (cr, 16);
      cairo_move_to (cr, MARGIN, y + ROW / 2 + 5);
      cairo_show_text (cr, rows[i].label);
      paint_row (cr, &rows[i].glyph, LABEL, y);
      paint_row (cr, &rows[i].glyph, LABEL + half, y);
    }

  status = cairo_surface_write_to_png (sheet, argv[1]);
  cairo_destroy (cr);
  cairo_surface_destroy (sheet);

  return status == CAIRO_STATUS_SUCCESS ? EXIT_SUCCESS : EXIT_FAILURE;
}
