/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-picture-decoder"

#include <string.h>

#include "window/base/picture-decoder.h"

static void
on_decoded (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GdkTexture *
decode (gconstpointer   data,
        gsize           length,
        GError        **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, length);
  g_autoptr(GAsyncResult) result = NULL;

  herald_picture_decoder_run_async (bytes, 64, NULL, on_decoded, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return herald_picture_decoder_run_finish (result, error);
}

static void
test_only_pictures_are_decoded (void)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 400, 200);
  g_autofree char *png = NULL;
  gsize length = 0;
  const char *const broken[] = { "", "x", "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a..............", "\211PNG\r\n\032\n",
                                 "\377\330\377\340aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0x336699FF);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &png, &length, "png", NULL, NULL));
  texture = decode (png, length, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 64);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 32);

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr(GError) failure = NULL;

      g_assert_null (decode (broken[i], strlen (broken[i]), &failure));
      g_assert_error (failure, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }

  /* The size in the head says 65,535 × 65,535. */
  memcpy (png + 16, "\0\0\377\377\0\0\377\377", 8);
  g_assert_null (decode (png, length, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture-decoder/only-pictures", test_only_pictures_are_decoded);

  return g_test_run ();
}
