/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-icon"

/* A glyph as pixels for panels, and the few that were drawn last. What is drawn is in tray-icon-shapes.c. */

#include "service/tray/tray-icon.h"

#include <cairo.h>

#include "service/tray/tray-icon-shapes.h"

/* A panel takes the nearest and scales it: common heights of panels, twice them for dense screens. */
static const int sizes[] = { 16, 22, 24, 32, 48, 64 };

/* A printer that prints beside one that wants attention, muted or not; 35 kB each. */
#define CACHE_LENGTH 4

typedef struct
{
  HeraldTrayGlyph glyph;
  GBytes *pixmaps;
} Drawn;

static Drawn cache[CACHE_LENGTH];
static guint n_drawn;

/* Panels expect colours that are not multiplied by their opacity, as Qt and GdkPixbuf have them; cairo's are. */
static guint8
divide (guint32 multiplied,
        guint32 alpha)
{
  return alpha == 0 ? 0 : (guint8) MIN ((multiplied * 255 + alpha / 2) / alpha, 255);
}

static GBytes *
export_pixels (cairo_surface_t *surface,
               int              size)
{
  gsize length = (gsize) size * (gsize) size * 4;
  guint8 *bytes = g_malloc (length);
  guint8 *next = bytes;
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < size; y++)
    {
      const guint32 *row = (const guint32 *) (gconstpointer) (pixels + (gsize) y * (gsize) stride);

      for (int x = 0; x < size; x++)
        {
          guint32 alpha = row[x] >> 24;

          *next++ = (guint8) alpha;
          *next++ = divide (row[x] >> 16 & 0xff, alpha);
          *next++ = divide (row[x] >> 8 & 0xff, alpha);
          *next++ = divide (row[x] & 0xff, alpha);
        }
    }

  return g_bytes_new_take (bytes, length);
}

GBytes *
herald_tray_icon_draw_size (const HeraldTrayGlyph *glyph,
                            int                    size)
{
  cairo_surface_t *surface;
  GBytes *bytes;
  cairo_t *cr;

  g_return_val_if_fail (glyph != NULL && size > 0 && size <= 512, NULL);

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  cr = cairo_create (surface);
  herald_tray_icon_shapes_draw (cr, glyph, size);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = export_pixels (surface, size);
  cairo_surface_destroy (surface);

  return bytes;
}

static GBytes *
draw_all (const HeraldTrayGlyph *glyph)
{
  g_autoptr(GVariant) all = NULL;
  GVariantBuilder pixmaps;

  g_variant_builder_init (&pixmaps, G_VARIANT_TYPE ("a(iiay)"));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GBytes) bytes = herald_tray_icon_draw_size (glyph, sizes[i]);

      g_variant_builder_add (&pixmaps, "(ii@ay)", sizes[i], sizes[i],
                             g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE));
    }

  all = g_variant_ref_sink (g_variant_builder_end (&pixmaps));

  return g_variant_get_data_as_bytes (all);
}

static gboolean
is_equal (const HeraldTrayGlyph *a,
          const HeraldTrayGlyph *b)
{
  return a->condition == b->condition && a->percent == b->percent && !a->is_muted == !b->is_muted;
}

/**
 * herald_tray_icon_draw:
 *
 * A glyph that is one of the last few is not drawn again.
 */
GVariant *
herald_tray_icon_draw (const HeraldTrayGlyph *glyph)
{
  Drawn *drawn = NULL;

  g_return_val_if_fail (glyph != NULL, NULL);

  for (guint i = 0; i < CACHE_LENGTH && drawn == NULL; i++)
    {
      if (cache[i].pixmaps != NULL && is_equal (&cache[i].glyph, glyph))
        drawn = &cache[i];
    }

  if (drawn == NULL)
    {
      drawn = &cache[n_drawn++ % CACHE_LENGTH];
      g_clear_pointer (&drawn->pixmaps, g_bytes_unref);
      drawn->glyph = *glyph;
      drawn->pixmaps = draw_all (glyph);
    }

  return g_variant_new_from_bytes (G_VARIANT_TYPE ("a(iiay)"), drawn->pixmaps, TRUE);
}
