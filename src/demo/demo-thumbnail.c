/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-thumbnail"

#include "demo/demo-download.h"

#include <math.h>

#include "picture/codec-png.h"

#define WIDTH 220
#define HEIGHT 124
#define CENTRE (WIDTH / 2)
#define BOTTOM 116
#define VASE_HEIGHT 108
#define VASE_WIDTH 34.0

static void
set_pixel (HeraldCanvas *canvas,
           int           x,
           int           y,
           double        light)
{
  static const double colour[] = { 236, 128, 52 };
  guint8 *pixel = herald_canvas_get_row (canvas, (guint) y) + 4 * x;

  for (guint i = 0; i < G_N_ELEMENTS (colour); i++)
    pixel[i] = (guint8) MIN (colour[i] * light, 255);
  pixel[3] = 255;
}

GBytes *
herald_demo_thumbnail_draw (void)
{
  g_autoptr(HeraldCanvas) canvas = herald_canvas_new (4, WIDTH, HEIGHT);
  HeraldPictureFault fault;

  for (int i = 0; i < VASE_HEIGHT; i++)
    {
      double height = (double) i / VASE_HEIGHT;
      int radius = (int) (VASE_WIDTH * (0.72 + 0.28 * sin (height * 5.2)));

      for (int x = -radius; x < radius; x++)
        set_pixel (canvas, CENTRE + x, BOTTOM - i, 1.05 - 0.55 * fabs ((double) (x + radius / 3) / radius));
    }

  return herald_png_encode (canvas, &fault);
}
