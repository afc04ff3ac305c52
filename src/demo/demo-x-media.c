/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-media"

#include "demo/demo-x-rest.h"

#include <string.h>

#define EXPIRES_S 86400
/* Of the last ones the bytes are kept, of those before only what is said of them. */
#define KEPT_MAX 64
#define KEPT_MAX_BYTES (256 * 1024 * 1024)

HeraldDemoXMedia *
herald_demo_x_media_new (HeraldDemoX *x,
                         const char  *category)
{
  HeraldDemoXMedia *media = g_new0 (HeraldDemoXMedia, 1);

  media->id = herald_demo_x_make_id (x);
  media->category = g_strdup (category);
  media->born_s = herald_demo_x_get_now_s (x);
  media->ready_s = -1;
  g_ptr_array_add (x->media, media);

  return media;
}

void
herald_demo_x_media_free (HeraldDemoXMedia *media)
{
  g_free (media->id);
  g_free (media->category);
  g_free (media->type);
  g_free (media->alt_text);
  g_free (media->sha256);
  g_clear_pointer (&media->bytes, g_bytes_unref);
  g_clear_pointer (&media->segments, g_ptr_array_unref);
  g_free (media);
}

/* (nullable): of the last day */
HeraldDemoXMedia *
herald_demo_x_find_media (HeraldDemoX *x,
                          const char  *id)
{
  gint64 since_s = herald_demo_x_get_now_s (x) - EXPIRES_S;

  for (guint i = x->media->len; i > 0; i--)
    {
      HeraldDemoXMedia *media = g_ptr_array_index (x->media, i - 1);

      if (g_str_equal (media->id, id))
        return media->born_s >= since_s ? media : NULL;
    }

  return NULL;
}

/* (nullable) */
static const char *
sniff (const guint8 *data,
       gsize         size)
{
  if (size > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  if (size > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (size > 6 && (memcmp (data, "GIF87a", 6) == 0 || memcmp (data, "GIF89a", 6) == 0))
    return "image/gif";
  if (size > 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "image/webp";

  return NULL;
}

static int
read_16 (const guint8 *data)
{
  return data[0] << 8 | data[1];
}

/* The size stands in the frame header, behind any number of other segments (ITU T.81 B.2.2). */
static void
measure_jpeg (HeraldDemoXMedia *media,
              const guint8     *data,
              gsize             size)
{
  gsize at = 2;

  while (at + 9 <= size && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          media->height = read_16 (data + at + 5);
          media->width = read_16 (data + at + 7);
          return;
        }
      at += 2 + (gsize) read_16 (data + at + 2);
    }
}

static void
measure (HeraldDemoXMedia *media,
         const guint8     *data,
         gsize             size)
{
  if (g_str_equal (media->type, "image/jpeg"))
    measure_jpeg (media, data, size);
  else if (g_str_equal (media->type, "image/png") && size >= 24)
    {
      media->width = read_16 (data + 18);
      media->height = read_16 (data + 22);
    }
  else if (g_str_equal (media->type, "image/gif") && size >= 10)
    {
      media->width = data[7] << 8 | data[6];
      media->height = data[9] << 8 | data[8];
    }
}

/* What its first bytes say; FALSE if it is no picture that X knows */
gboolean
herald_demo_x_media_look (HeraldDemoXMedia *media)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (media->bytes, &size);
  const char *type = sniff (data, size);

  if (type == NULL)
    return FALSE;

  g_free (media->type);
  media->type = g_strdup (type);
  measure (media, data, size);

  return TRUE;
}

void
herald_demo_x_keep_media (HeraldDemoX      *x,
                          HeraldDemoXMedia *media,
                          GBytes           *bytes)
{
  guint n = 0;
  gsize n_bytes = 0;

  media->bytes = g_bytes_ref (bytes);
  media->size = g_bytes_get_size (bytes);
  media->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_clear_pointer (&media->segments, g_ptr_array_unref);

  for (guint i = x->media->len; i > 0; i--)
    {
      HeraldDemoXMedia *older = g_ptr_array_index (x->media, i - 1);

      if (older->bytes == NULL)
        continue;
      n_bytes += older->size;
      if (++n > KEPT_MAX || n_bytes > KEPT_MAX_BYTES)
        g_clear_pointer (&older->bytes, g_bytes_unref);
    }
}

/* What is said of it by every answer; (transfer full) */
JsonObject *
herald_demo_x_describe_media (HeraldDemoX      *x,
                              HeraldDemoXMedia *media)
{
  JsonObject *data = json_object_new ();
  JsonObject *image = NULL;
  gboolean is_film = g_str_has_suffix (media->category, "_video");
  g_autofree char *key = g_strdup_printf ("%d_%s", is_film ? 13 : 3, media->id);
  gint64 age_s = herald_demo_x_get_now_s (x) - media->born_s;

  json_object_set_string_member (data, "id", media->id);
  json_object_set_string_member (data, "media_key", key);
  json_object_set_int_member (data, "expires_after_secs", EXPIRES_S - age_s);
  if (media->size > 0)
    json_object_set_int_member (data, "size", (gint64) media->size);
  if (media->width <= 0)
    return data;

  image = json_object_new ();
  json_object_set_int_member (image, "w", media->width);
  json_object_set_int_member (image, "h", media->height);
  json_object_set_string_member (image, "image_type", media->type);
  json_object_set_object_member (data, "image", image);

  return data;
}
