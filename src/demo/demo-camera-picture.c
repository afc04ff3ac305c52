/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-camera-picture"

#include "demo/demo-camera.h"

#include <math.h>
#include <string.h>

#include "picture/codec-jpeg.h"

/* A bed seen from the front, on it a vase that grows, below it a bar that shows how far. */

#define WIDTH 480
#define HEIGHT 360
#define CENTRE (WIDTH / 2)

#define BED_TOP 270
#define BED_BOTTOM 310
#define VASE_HEIGHT 190
#define VASE_WIDTH 62.0
#define LAYER_HEIGHT 4
#define BAR_TOP 334
#define BAR_HEIGHT 8
#define BAR_MARGIN 40

#define QUALITY 85
/* No camera sees nothing at all. */
#define BLACK 4

typedef struct
{
  guint8 red;
  guint8 green;
  guint8 blue;
} Colour;

static void
fill (HeraldCanvas *canvas,
      int           x,
      int           y,
      int           width,
      Colour        colour)
{
  guint8 *row = herald_canvas_get_row (canvas, (guint) y);

  for (int i = MAX (x, 0); i < MIN (x + width, WIDTH); i++)
    {
      row[3 * i] = colour.red;
      row[3 * i + 1] = colour.green;
      row[3 * i + 2] = colour.blue;
    }
}

static Colour
shade (Colour colour,
       double factor)
{
  Colour shaded = { (guint8) MIN (colour.red * factor, 255), (guint8) MIN (colour.green * factor, 255),
                    (guint8) MIN (colour.blue * factor, 255) };

  return shaded;
}

static void
draw_room (HeraldCanvas *canvas)
{
  const Colour wall = { 58, 66, 84 };
  const Colour bed = { 122, 128, 138 };
  const Colour gantry = { 30, 32, 38 };

  for (int y = 0; y < HEIGHT; y++)
    fill (canvas, 0, y, WIDTH, shade (wall, 1.4 - 0.8 * y / HEIGHT));
  for (int y = BED_TOP; y < BED_BOTTOM; y++)
    fill (canvas, 90 - (y - BED_TOP), y, WIDTH - 180 + 2 * (y - BED_TOP), shade (bed, 0.7 + 0.01 * (y - BED_TOP)));
  for (int y = BED_BOTTOM; y < BED_BOTTOM + 6; y++)
    fill (canvas, 50, y, WIDTH - 100, gantry);
}

static double
get_radius (double height)
{
  return VASE_WIDTH * (0.72 + 0.28 * sin (height * 5.2) + 0.08 * sin (height * 31));
}

static void
draw_vase (HeraldCanvas *canvas,
           double        progress)
{
  const Colour colour = { 236, 128, 52 };
  int top = BED_TOP + 20 - (int) (VASE_HEIGHT * progress);

  for (int y = BED_TOP + 20; y > top; y--)
    {
      int radius = (int) get_radius ((double) (BED_TOP + 20 - y) / VASE_HEIGHT);
      double layer = y % LAYER_HEIGHT == 0 ? 0.82 : 1.0;

      for (int x = -radius; x < radius; x++)
        fill (canvas, CENTRE + x, y, 1, shade (colour, layer * (1.05 - 0.55 * fabs ((double) (x + radius / 3) / radius))));
    }
}

static void
draw_nozzle (HeraldCanvas *canvas,
             double        progress)
{
  const Colour metal = { 196, 170, 92 };
  const Colour gantry = { 34, 37, 45 };
  int tip = BED_TOP + 18 - (int) (VASE_HEIGHT * progress);
  int x = CENTRE + (int) (40 * sin (progress * 60));

  for (int i = 0; i < 14; i++)
    fill (canvas, x - 2 - i / 2, tip - i, 4 + 2 * (i / 2), metal);
  for (int i = 14; i < 44; i++)
    fill (canvas, x - 18, tip - i, 36, gantry);
  for (int i = 24; i < 34; i++)
    fill (canvas, 0, tip - i, WIDTH, gantry);
}

static void
draw_bar (HeraldCanvas *canvas,
          double        progress)
{
  const Colour empty = { 24, 26, 32 };
  const Colour full = { 98, 196, 98 };
  int width = WIDTH - 2 * BAR_MARGIN;

  for (int y = BAR_TOP; y < BAR_TOP + BAR_HEIGHT; y++)
    {
      fill (canvas, BAR_MARGIN, y, width, empty);
      fill (canvas, BAR_MARGIN, y, (int) (width * progress), full);
    }
}

/* As a camera sees it whose pictures have to be turned afterwards: the same backwards. To turn to the right is to turn
 * to the left and by 180°; a flip behind that turn is the other one before it. */
static void
hang (const HeraldDemoCamera *self,
      HeraldCanvas           *canvas)
{
  HeraldOrientation orientation = { self->flip_horizontally, self->flip_vertically, FALSE };

  if (self->rotate_left)
    orientation = (HeraldOrientation){ !self->flip_vertically, !self->flip_horizontally, TRUE };
  herald_canvas_turn (canvas, &orientation);
}

GBytes *
herald_demo_camera_draw (const HeraldDemoCamera *self,
                         double                  progress)
{
  g_autoptr(HeraldCanvas) canvas = herald_canvas_new (3, WIDTH, HEIGHT);
  HeraldPictureFault fault;

  memset (canvas->pixels, BLACK, (gsize) WIDTH * HEIGHT * 3);
  if (self->fault != HERALD_DEMO_CAMERA_DARK)
    {
      draw_room (canvas);
      if (progress > 0)
        draw_vase (canvas, MIN (progress, 1));
      draw_nozzle (canvas, CLAMP (progress, 0, 1));
      draw_bar (canvas, CLAMP (progress, 0, 1));
    }
  hang (self, canvas);

  return herald_jpeg_encode (canvas, QUALITY, &fault);
}
