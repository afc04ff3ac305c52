/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-film"

#include "demo/demo-x-rest.h"

#include <string.h>

#include "core/base/json-reader.h"

#define SEGMENTS_MAX 1000
/* What this one keeps in memory; X takes 512 MB */
#define FILM_MAX_BYTES (64 * 1024 * 1024)
#define SEGMENT_MAX_BYTES (5 * 1024 * 1024)
#define PROCESSING_S 2
#define CHECK_AFTER_S 1

static const char *const initialize_names[] = {
  "additional_owners", "media_category", "media_type", "shared", "total_bytes", NULL,
};
static const char *const append_names[] = { "media", "segment_index", NULL };
static const char *const types[] = {
  "video/mp4", "video/webm", "video/mp2t", "video/quicktime", "image/jpeg", "image/gif", "image/bmp", "image/png",
  "image/webp", "image/pjpeg", "image/tiff", NULL,
};
static const char *const categories[] = { "amplify_video", "tweet_gif", "tweet_image", "tweet_video", NULL };

/* `POST /2/media/upload/initialize` */
void
herald_demo_x_post_initialize (HeraldDemoXRequest *request)
{
  const char *category = NULL;
  const char *type = NULL;
  gint64 total = 0;
  HeraldDemoXMedia *media = NULL;

  if (request->json == NULL)
    {
      herald_demo_x_answer_invalid (request, "body", "is no JSON object");
      return;
    }
  if (!herald_demo_x_check_names (request, request->json, initialize_names))
    return;
  if (!herald_json_get_string (request->json, "media_type", &type) || !g_strv_contains (types, type))
    {
      herald_demo_x_answer_invalid (request, "media_type", "is not one of those that X names");
      return;
    }
  if (!herald_json_get_string (request->json, "media_category", &category) ||
      !g_strv_contains (categories, category))
    {
      herald_demo_x_answer_invalid (request, "media_category", "is not one of those that X names");
      return;
    }
  if (!herald_json_get_int (request->json, "total_bytes", &total) || total <= 0 || total > FILM_MAX_BYTES)
    {
      herald_demo_x_answer_invalid (request, "total_bytes", "File size exceeds the limit of its category");
      return;
    }

  media = herald_demo_x_media_new (request->x, category);
  media->type = g_strdup (type);
  media->size = (gsize) total;
  media->segments = g_ptr_array_new_full (SEGMENTS_MAX, (GDestroyNotify) g_bytes_unref);
  g_ptr_array_set_size (media->segments, SEGMENTS_MAX);
  herald_demo_x_answer_take_data (request, 200, herald_demo_x_describe_media (request->x, media));
}

/* (nullable): the film that is being uploaded; has answered if there is none */
static HeraldDemoXMedia *
find_film (HeraldDemoXRequest *request)
{
  HeraldDemoXMedia *media = herald_demo_x_find_media (request->x, request->id);

  if (media == NULL || media->segments == NULL)
    {
      herald_demo_x_answer_invalid (request, "id", "is no upload that was begun and not ended");
      return NULL;
    }

  return media;
}

/* `POST /2/media/upload/{id}/append` */
void
herald_demo_x_post_append (HeraldDemoXRequest *request)
{
  g_autoptr(GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  HeraldDemoXMedia *media = find_film (request);
  g_autoptr(GBytes) bytes = media != NULL ? herald_demo_x_read_form (request, append_names, fields) : NULL;
  const char *index = g_hash_table_lookup (fields, "segment_index");
  guint64 i = 0;
  JsonObject *data = NULL;

  if (bytes == NULL)
    return;
  if (index == NULL || !g_ascii_string_to_unsigned (index, 10, 0, SEGMENTS_MAX - 1, &i, NULL))
    {
      herald_demo_x_answer_invalid (request, "segment_index", "is required, from 0 to 999");
      return;
    }
  if (g_bytes_get_size (bytes) > SEGMENT_MAX_BYTES)
    {
      herald_demo_x_answer_invalid (request, "media", "The segment is too big");
      return;
    }

  if (media->segments->pdata[i] != NULL)
    g_bytes_unref (media->segments->pdata[i]);
  media->segments->pdata[i] = g_steal_pointer (&bytes);
  data = json_object_new ();
  json_object_set_int_member (data, "expires_at", media->born_s + 86400);
  herald_demo_x_answer_take_data (request, 200, data);
}

/* Returns (transfer full) */
static GBytes *
join (GPtrArray *segments)
{
  g_autoptr(GByteArray) whole = g_byte_array_new ();

  for (guint i = 0; i < segments->len && segments->pdata[i] != NULL; i++)
    {
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (segments->pdata[i], &size);

      g_byte_array_append (whole, data, (guint) size);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&whole));
}

static void
answer_state (HeraldDemoXRequest *request,
              HeraldDemoXMedia   *media)
{
  JsonObject *data = herald_demo_x_describe_media (request->x, media);
  JsonObject *info = json_object_new ();
  gint64 left_s = media->ready_s - herald_demo_x_get_now_s (request->x);
  gint64 whole_s = MAX (media->ready_s - media->born_s, 1);

  if (left_s <= 0 && media->fails)
    {
      JsonObject *error = json_object_new ();

      json_object_set_int_member (error, "code", 1);
      json_object_set_string_member (error, "name", "InvalidMedia");
      json_object_set_string_member (error, "message", "Unsupported video format");
      json_object_set_string_member (info, "state", "failed");
      json_object_set_object_member (info, "error", error);
    }
  else if (left_s <= 0)
    {
      json_object_set_string_member (info, "state", "succeeded");
      json_object_set_int_member (info, "progress_percent", 100);
    }
  else
    {
      json_object_set_string_member (info, "state", left_s == whole_s ? "pending" : "in_progress");
      json_object_set_int_member (info, "check_after_secs", CHECK_AFTER_S);
      json_object_set_int_member (info, "progress_percent", 100 * (whole_s - MIN (left_s, whole_s)) / whole_s);
    }
  json_object_set_object_member (data, "processing_info", info);
  herald_demo_x_answer_take_data (request, 200, data);
}

/* `POST /2/media/upload/{id}/finalize` */
void
herald_demo_x_post_finalize (HeraldDemoXRequest *request)
{
  HeraldDemoXMedia *media = find_film (request);
  g_autoptr(GBytes) bytes = NULL;

  if (media == NULL)
    return;

  bytes = join (media->segments);
  if (g_bytes_get_size (bytes) != media->size)
    {
      herald_demo_x_answer_invalid (request, "id", "Segments do not add up to provided total file size.");
      return;
    }

  herald_demo_x_keep_media (request->x, media, bytes);
  media->ready_s = herald_demo_x_get_now_s (request->x);
  if (!g_str_has_prefix (media->type, "video/"))
    {
      if (!herald_demo_x_media_look (media))
        {
          herald_demo_x_answer_invalid (request, "media", "media type unrecognized.");
          return;
        }
      herald_demo_x_answer_take_data (request, 200, herald_demo_x_describe_media (request->x, media));
      return;
    }

  media->ready_s += request->x->has_trait[HERALD_DEMO_X_PROCESSING] ? request->x->trait_s[HERALD_DEMO_X_PROCESSING]
                                                                    : PROCESSING_S;
  media->fails = request->x->has_trait[HERALD_DEMO_X_PROCESSING_FAILS];
  answer_state (request, media);
}

/* `GET /2/media/upload?command=STATUS&media_id=…` */
void
herald_demo_x_get_upload (HeraldDemoXRequest *request)
{
  const char *id = request->query != NULL ? g_hash_table_lookup (request->query, "media_id") : NULL;
  const char *command = request->query != NULL ? g_hash_table_lookup (request->query, "command") : NULL;
  HeraldDemoXMedia *media = NULL;

  if (command != NULL && !g_str_equal (command, "STATUS"))
    {
      herald_demo_x_answer_invalid (request, "command", "is not STATUS");
      return;
    }
  media = herald_demo_x_is_id (id) ? herald_demo_x_find_media (request->x, id) : NULL;
  if (media == NULL || media->ready_s < 0)
    herald_demo_x_answer_invalid (request, "media_id", "is required, and that of a medium that is complete");
  else
    answer_state (request, media);
}
