/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-upload"

#include "demo/demo-x-rest.h"

#include "core/base/json-reader.h"

#define IMAGE_MAX_BYTES (5 * 1024 * 1024)
#define GIF_MAX_BYTES (15 * 1024 * 1024)
#define ALT_TEXT_MAX_CHARS 1000

static const char *const upload_names[] = { "media", "media_category", "additional_owners", NULL };

static const char *const categories[] = {
  "tweet_image", "tweet_video", "tweet_gif", "dm_image", "dm_video", "dm_gif", "subtitles", NULL,
};

static gboolean
is_too_big (const char *category,
            gsize       size)
{
  return size > (g_str_has_suffix (category, "_gif") ? GIF_MAX_BYTES : IMAGE_MAX_BYTES);
}

/* `POST /2/media/upload`: a picture at once */
void
herald_demo_x_post_upload (HeraldDemoXRequest *request)
{
  g_autoptr(GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GBytes) bytes = herald_demo_x_read_form (request, upload_names, fields);
  const char *category = g_hash_table_lookup (fields, "media_category");
  HeraldDemoXMedia *media = NULL;

  if (bytes == NULL)
    return;
  if (category == NULL || !g_strv_contains (categories, category))
    {
      herald_demo_x_answer_invalid (request, "media_category", "is required, and one of those that X names");
      return;
    }
  if (is_too_big (category, g_bytes_get_size (bytes)))
    {
      herald_demo_x_answer_invalid (request, "media", "File size exceeds the limit of its category");
      return;
    }

  media = herald_demo_x_media_new (request->x, category);
  herald_demo_x_keep_media (request->x, media, bytes);
  if (!herald_demo_x_media_look (media))
    {
      herald_demo_x_answer_invalid (request, "media", "media type unrecognized.");
      return;
    }

  media->ready_s = media->born_s;
  herald_demo_x_answer_take_data (request, 200, herald_demo_x_describe_media (request->x, media));
}

/* `POST /2/media/metadata`: the alternative text */
void
herald_demo_x_post_metadata (HeraldDemoXRequest *request)
{
  JsonObject *metadata = request->json != NULL ? herald_json_get_object (request->json, "metadata") : NULL;
  JsonObject *alt_text = metadata != NULL ? herald_json_get_object (metadata, "alt_text") : NULL;
  HeraldDemoXMedia *media = NULL;
  const char *id = NULL;
  const char *text = NULL;
  JsonObject *data = NULL;
  JsonObject *associated = NULL;

  if (request->json != NULL && herald_json_get_string (request->json, "id", &id))
    media = herald_demo_x_find_media (request->x, id);
  if (media == NULL)
    {
      herald_demo_x_answer_invalid (request, "id", "is required, and that of a medium");
      return;
    }
  if (alt_text == NULL || !herald_json_get_string (alt_text, "text", &text) ||
      g_utf8_strlen (text, -1) > ALT_TEXT_MAX_CHARS)
    {
      herald_demo_x_answer_invalid (request, "metadata.alt_text.text", "is required, of at most 1000 characters");
      return;
    }

  g_free (media->alt_text);
  media->alt_text = g_strdup (text);
  data = json_object_new ();
  associated = json_object_new ();
  json_object_set_object_member (associated, "alt_text", json_object_ref (alt_text));
  json_object_set_string_member (data, "id", media->id);
  json_object_set_object_member (data, "associated_metadata", associated);
  herald_demo_x_answer_take_data (request, 200, data);
}
