/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-thumbnail"

#include "demo/demo-download.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>

#define WIDTH 220
#define HEIGHT 124
#define CENTRE (WIDTH / 2)
#define BOTTOM 116
#define VASE_HEIGHT 108
#define VASE_WIDTH 34.0

static void
set_pixel (GdkPixbuf *canvas,
           int        x,
           int        y,
           double     light)
{
  static const double colour[] = { 236, 128, 52 };
  guint8 *pixel = gdk_pixbuf_get_pixels (canvas) + y * gdk_pixbuf_get_rowstride (canvas) + 4 * x;

  for (guint i = 0; i < G_N_ELEMENTS (colour); i++)
    pixel[i] = (guint8) MIN (colour[i] * light, 255);
  pixel[3] = 255;
}

GBytes *
herald_demo_thumbnail_draw (void)
{
  g_autoptr(GdkPixbuf) canvas = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, WIDTH, HEIGHT);
  char *bytes = NULL;
  gsize length = 0;

  gdk_pixbuf_fill (canvas, 0);
  for (int i = 0; i < VASE_HEIGHT; i++)
    {
      double height = (double) i / VASE_HEIGHT;
      int radius = (int) (VASE_WIDTH * (0.72 + 0.28 * sin (height * 5.2)));

      for (int x = -radius; x < radius; x++)
        set_pixel (canvas, CENTRE + x, BOTTOM - i, 1.05 - 0.55 * fabs ((double) (x + radius / 3) / radius));
    }
  gdk_pixbuf_save_to_buffer (canvas, &bytes, &length, "png", NULL, NULL);

  return g_bytes_new_take (bytes, length);
}
