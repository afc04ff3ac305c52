/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-icon"

#include "service/tray/tray-icon.h"

#include <math.h>

#define N_CONDITIONS (HERALD_TRAY_FAILED + 1)
/* Colours that differ by that much are seen apart by most (WCAG 2.1, 1.4.11 asks 3 of what is drawn). */
#define CONTRAST_MIN 2.8

static const int sizes[] = { 16, 22, 24, 32, 48, 64 };

static HeraldTrayGlyph
make_glyph (guint    condition,
            int      percent,
            gboolean is_muted)
{
  HeraldTrayGlyph glyph = { condition, percent, is_muted };

  return glyph;
}

static const guint8 *
get_pixel (GBytes *bytes,
           int     size,
           int     x,
           int     y)
{
  return (const guint8 *) g_bytes_get_data (bytes, NULL) + (y * size + x) * 4;
}

/* How many pixels are there in one and not in the other, whatever their colours are. */
static guint
compare_outlines (const HeraldTrayGlyph *first,
                  const HeraldTrayGlyph *second,
                  int                    size)
{
  g_autoptr(GBytes) a = herald_tray_icon_draw_size (first, size);
  g_autoptr(GBytes) b = herald_tray_icon_draw_size (second, size);
  guint n_different = 0;

  for (int i = 0; i < size * size; i++)
    n_different += (get_pixel (a, size, i, 0)[0] >= 128) != (get_pixel (b, size, i, 0)[0] >= 128);

  return n_different;
}

static void
test_all_sizes_are_there (void)
{
  HeraldTrayGlyph glyph = make_glyph (HERALD_TRAY_PRINTING, 42, FALSE);
  g_autoptr(GVariant) pixmaps = g_variant_ref_sink (herald_tray_icon_draw (&glyph));

  g_assert_true (g_variant_is_of_type (pixmaps, G_VARIANT_TYPE ("a(iiay)")));
  g_assert_cmpuint (g_variant_n_children (pixmaps), ==, G_N_ELEMENTS (sizes));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GVariant) pixels = NULL;
      g_autoptr(GBytes) found = NULL;
      g_autoptr(GBytes) expected = herald_tray_icon_draw_size (&glyph, sizes[i]);
      int width = 0;
      int height = 0;

      g_variant_get_child (pixmaps, i, "(ii@ay)", &width, &height, &pixels);
      found = g_variant_get_data_as_bytes (pixels);
      g_assert_cmpint (width, ==, sizes[i]);
      g_assert_cmpint (height, ==, sizes[i]);
      g_assert_cmpuint (g_bytes_get_size (found), ==, (gsize) (width * height * 4));
      g_assert_true (g_bytes_equal (found, expected));
    }
}

/* Trap: cairo multiplies colours by their opacity, panels (Qt, GdkPixbuf) do not expect that: edges would be black. */
static void
test_colours_are_not_multiplied_by_opacity (void)
{
  HeraldTrayGlyph glyph = make_glyph (HERALD_TRAY_PRINTING, 0, FALSE);
  g_autoptr(GBytes) bytes = herald_tray_icon_draw_size (&glyph, 64);
  /* The empty ring is of a grey (128) that is seen through. */
  const guint8 *ring = get_pixel (bytes, 64, 32, 3);
  guint n_edges = 0;

  g_assert_cmpint (abs (ring[0] - 115), <=, 2);
  for (int i = 1; i < 4; i++)
    g_assert_cmpint (abs (ring[i] - 128), <=, 2);

  for (int i = 0; i < 64 * 64; i++)
    {
      const guint8 *pixel = get_pixel (bytes, 64, i, 0);

      /* Edges of the head: its own colour, or lighter towards the white of the eyes */
      if (pixel[0] < 40 || pixel[0] > 250 || pixel[1] > 60)
        continue;
      n_edges++;
      g_assert_cmpint (abs (pixel[2] - 143), <=, 6);
      g_assert_cmpint (abs (pixel[3] - 135), <=, 6);
    }
  g_assert_cmpuint (n_edges, >, 20);
}

static void
test_opacity_comes_first_then_red_green_blue (void)
{
  HeraldTrayGlyph glyph = make_glyph (HERALD_TRAY_IDLE, -1, FALSE);
  g_autoptr(GBytes) bytes = herald_tray_icon_draw_size (&glyph, 64);
  const guint8 teal[] = { 255, 29, 143, 135 };
  const guint8 nothing[] = { 0, 0, 0, 0 };

  g_assert_cmpmem (get_pixel (bytes, 64, 24, 12), 4, teal, 4);
  g_assert_cmpmem (get_pixel (bytes, 64, 63, 63), 4, nothing, 4);
}

static void
test_no_two_conditions_have_the_same_outline (void)
{
  static const int percents[] = { -1, 42 };

  for (guint p = 0; p < G_N_ELEMENTS (percents); p++)
    {
      for (guint a = 0; a < N_CONDITIONS; a++)
        {
          for (guint b = a + 1; b < N_CONDITIONS; b++)
            {
              HeraldTrayGlyph first = make_glyph (a, percents[p], FALSE);
              HeraldTrayGlyph second = make_glyph (b, percents[p], FALSE);
              guint n_different = compare_outlines (&first, &second, 16);

              /* Whoever is idle has no progress. */
              if (percents[p] < 0 || a != HERALD_TRAY_IDLE)
                g_assert_cmpuint (n_different, >=, 8);
            }
        }
    }
}

static void
test_muted_is_seen_on_all (void)
{
  for (guint i = 0; i < N_CONDITIONS; i++)
    {
      HeraldTrayGlyph loud = make_glyph (i, -1, FALSE);
      HeraldTrayGlyph muted = make_glyph (i, -1, TRUE);

      g_assert_cmpuint (compare_outlines (&loud, &muted, 16), >=, 15);
    }
}

static double
get_luminance (double red,
               double green,
               double blue)
{
  const double parts[] = { red / 255, green / 255, blue / 255 };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (int i = 0; i < 3; i++)
    sum += weights[i] * (parts[i] <= 0.03928 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));

  return sum;
}

/* WCAG 2.1, “contrast ratio” */
static double
get_contrast (const guint8 *pixel,
              double        panel)
{
  double opacity = pixel[0] / 255.0;
  double drawn = get_luminance (pixel[1] * opacity + panel * (1 - opacity), pixel[2] * opacity + panel * (1 - opacity),
                                pixel[3] * opacity + panel * (1 - opacity));
  double behind = get_luminance (panel, panel, panel);

  return (MAX (drawn, behind) + 0.05) / (MIN (drawn, behind) + 0.05);
}

/* Eyes and signs are white, upon a colour; all else must be seen. */
static void
test_icon_is_read_on_light_and_dark_panels (void)
{
  static const double panels[] = { 0xf0, 0x20 };

  for (guint i = 0; i < N_CONDITIONS * 4 * G_N_ELEMENTS (panels); i++)
    {
      HeraldTrayGlyph glyph = make_glyph (i % N_CONDITIONS, i / N_CONDITIONS % 2 ? 100 : -1, i / N_CONDITIONS / 2 % 2);
      g_autoptr(GBytes) bytes = herald_tray_icon_draw_size (&glyph, 24);
      guint n_drawn = 0;
      guint n_seen = 0;

      for (int p = 0; p < 24 * 24; p++)
        {
          const guint8 *pixel = get_pixel (bytes, 24, p, 0);

          if (pixel[0] < 250)
            continue;
          n_drawn++;
          n_seen += get_contrast (pixel, panels[i / N_CONDITIONS / 4]) >= CONTRAST_MIN;
        }
      g_assert_cmpuint (n_drawn, >=, 60);
      g_assert_cmpuint (n_seen * 100, >=, n_drawn * 75);
    }
}

static guint
count_teal (int percent)
{
  HeraldTrayGlyph glyph = make_glyph (HERALD_TRAY_PRINTING, percent, FALSE);
  g_autoptr(GBytes) bytes = herald_tray_icon_draw_size (&glyph, 64);
  guint n_teal = 0;

  for (int i = 0; i < 64 * 64; i++)
    {
      const guint8 *pixel = get_pixel (bytes, 64, i, 0);

      n_teal += pixel[0] > 200 && pixel[1] < 50;
    }

  return n_teal;
}

static void
test_ring_grows_with_the_print (void)
{
  guint before = count_teal (0);

  /* What has begun is seen at once. */
  g_assert_cmpuint (count_teal (1), >, before);
  for (int percent = 5; percent <= 100; percent += 5)
    {
      guint n_teal = count_teal (percent);

      g_assert_cmpuint (n_teal, >, before);
      before = n_teal;
    }
  g_assert_cmpuint (count_teal (1000), ==, before);
}

static void
test_equal_glyphs_are_drawn_once (void)
{
  HeraldTrayGlyph glyph = make_glyph (HERALD_TRAY_PRINTING, 7, FALSE);
  HeraldTrayGlyph same = make_glyph (HERALD_TRAY_PRINTING, 7, FALSE);
  g_autoptr(GVariant) first = g_variant_ref_sink (herald_tray_icon_draw (&glyph));
  g_autoptr(GVariant) second = g_variant_ref_sink (herald_tray_icon_draw (&same));
  g_autoptr(GVariant) third = NULL;

  g_assert_true (g_variant_get_data (first) == g_variant_get_data (second));
  for (int i = 8; i < 20; i++)
    {
      HeraldTrayGlyph other = make_glyph (HERALD_TRAY_PRINTING, i, FALSE);
      g_autoptr(GVariant) pixmaps = g_variant_ref_sink (herald_tray_icon_draw (&other));

      g_assert_false (g_variant_equal (pixmaps, first));
    }
  third = g_variant_ref_sink (herald_tray_icon_draw (&glyph));
  g_assert_true (g_variant_get_data (third) != g_variant_get_data (first));
  g_assert_true (g_variant_equal (third, first));
}

static void
test_strange_glyphs_are_drawn_too (void)
{
  for (int i = 0; i < 100; i++)
    {
      HeraldTrayGlyph glyph = make_glyph (i % 2 ? G_MAXINT : 8 + (guint) i, i % 3 ? G_MAXINT : G_MININT, i);
      g_autoptr(GBytes) bytes = herald_tray_icon_draw_size (&glyph, 1 + i);

      g_assert_cmpuint (g_bytes_get_size (bytes), ==, (gsize) ((1 + i) * (1 + i) * 4));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tray-icon/sizes", test_all_sizes_are_there);
  g_test_add_func ("/tray-icon/straight", test_colours_are_not_multiplied_by_opacity);
  g_test_add_func ("/tray-icon/order", test_opacity_comes_first_then_red_green_blue);
  g_test_add_func ("/tray-icon/outlines", test_no_two_conditions_have_the_same_outline);
  g_test_add_func ("/tray-icon/muted", test_muted_is_seen_on_all);
  g_test_add_func ("/tray-icon/contrast", test_icon_is_read_on_light_and_dark_panels);
  g_test_add_func ("/tray-icon/ring", test_ring_grows_with_the_print);
  g_test_add_func ("/tray-icon/once", test_equal_glyphs_are_drawn_once);
  g_test_add_func ("/tray-icon/strange", test_strange_glyphs_are_drawn_too);

  return g_test_run ();
}
