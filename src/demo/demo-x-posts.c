/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-posts"

#include "demo/demo-x-rest.h"

#include <string.h>

#include "core/base/json-reader.h"

/* X does not say how long it remembers a text. */
#define DUPLICATE_S (24 * 3600)
#define PHOTOS_MAX 4
#define ACCOUNT_ID_LENGTH 19

static const char *const post_names[] = {
  "card_uri", "community_id", "direct_message_deep_link", "edit_options", "for_super_followers_only", "geo",
  "made_with_ai", "media", "nullcast", "paid_partnership", "poll", "quote_tweet_id", "reply", "reply_settings",
  "share_with_followers", "text", NULL,
};

static const char *const media_names[] = {
  "call_to_actions", "embeddable", "media_ids", "preview_media_id", "tagged_user_ids", "title", NULL,
};

void
herald_demo_x_post_free (HeraldDemoXPost *post)
{
  g_free (post->id);
  g_free (post->text);
  g_ptr_array_unref (post->media);
  g_free (post);
}

/* Of one kind: up to four photos, or one film, or one moving GIF */
static gboolean
go_together (GPtrArray *media)
{
  for (guint i = 0; i < media->len; i++)
    {
      const HeraldDemoXMedia *one = g_ptr_array_index (media, i);

      if (media->len > 1 && !g_str_equal (one->category, "tweet_image"))
        return FALSE;
    }

  return media->len <= PHOTOS_MAX;
}

/* FALSE, and answered, if one of @ids is none of ours, or not ready */
static gboolean
find_all (HeraldDemoXRequest *request,
          JsonArray          *ids,
          GPtrArray          *found)
{
  gint64 now_s = herald_demo_x_get_now_s (request->x);

  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      JsonNode *node = json_array_get_element (ids, i);
      gboolean is_string = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
      HeraldDemoXMedia *media = NULL;

      if (!is_string || !herald_demo_x_is_id (json_node_get_string (node)))
        {
          herald_demo_x_answer_invalid (request, "media.media_ids", "does not match the regex pattern ^[0-9]{1,19}$");
          return FALSE;
        }
      media = herald_demo_x_find_media (request->x, json_node_get_string (node));
      if (media == NULL || media->ready_s < 0 || media->fails || media->ready_s > now_s)
        {
          herald_demo_x_answer_invalid (request, "media.media_ids", "Your media IDs are invalid.");
          return FALSE;
        }
      g_ptr_array_add (found, media);
    }
  if (go_together (found))
    return TRUE;

  herald_demo_x_answer_invalid (request, "media.media_ids", "Only photos go together, and at most four");

  return FALSE;
}

/* FALSE, and answered, if the member `media` is not as X describes it */
static gboolean
read_media (HeraldDemoXRequest *request,
            GPtrArray          *found)
{
  JsonObject *media = herald_json_get_object (request->json, "media");
  JsonArray *ids = NULL;

  if (!json_object_has_member (request->json, "media"))
    return TRUE;
  if (media == NULL)
    {
      herald_demo_x_answer_invalid (request, "media", "is no object");
      return FALSE;
    }
  if (!herald_demo_x_check_names (request, media, media_names))
    return FALSE;

  ids = herald_json_get_array (media, "media_ids");
  if (ids == NULL || json_array_get_length (ids) == 0)
    {
      herald_demo_x_answer_invalid (request, "media.media_ids", "is required");
      return FALSE;
    }

  return find_all (request, ids, found);
}

/* The same words again within a day. X compares words, not pictures. */
static gboolean
is_duplicate (HeraldDemoX *x,
              const char  *text)
{
  gint64 since_s = herald_demo_x_get_now_s (x) - DUPLICATE_S;

  if (x->has_trait[HERALD_DEMO_X_NO_DUPLICATE_RULE])
    return FALSE;

  for (guint i = x->posts->len; i > 0; i--)
    {
      const HeraldDemoXPost *post = g_ptr_array_index (x->posts, i - 1);

      if (post->born_s < since_s)
        return FALSE;
      if (*text != '\0' && g_str_equal (post->text, text))
        return TRUE;
    }

  return FALSE;
}

static void
answer_post (HeraldDemoXRequest    *request,
             const HeraldDemoXPost *post)
{
  JsonObject *data = json_object_new ();
  JsonArray *history = json_array_new ();

  json_array_add_string_element (history, post->id);
  json_object_set_array_member (data, "edit_history_post_ids", history);
  json_object_set_string_member (data, "id", post->id);
  json_object_set_string_member (data, "text", post->text);
  herald_demo_x_answer_take_data (request, 201, data);
}

/* `POST /2/tweets` */
void
herald_demo_x_post_tweet (HeraldDemoXRequest *request)
{
  g_autoptr(GPtrArray) media = g_ptr_array_new ();
  const char *text = "";
  HeraldDemoXPost *post = NULL;

  if (request->json == NULL)
    {
      herald_demo_x_answer_invalid (request, "body", "is no JSON object");
      return;
    }
  if (!herald_demo_x_check_names (request, request->json, post_names) ||
      !herald_demo_x_check_string (request, request->json, "text") || !read_media (request, media))
    return;

  herald_json_get_string (request->json, "text", &text);
  if (media->len == 0 && strspn (text, " \t\r\n") == strlen (text))
    {
      herald_demo_x_answer_invalid (request, "text", "is required where there is no media");
      return;
    }
  if (is_duplicate (request->x, text))
    {
      herald_demo_x_answer_problem (request, 403, "about:blank", "Forbidden",
                                    "You are not allowed to create a Tweet with duplicate content.");
      return;
    }

  post = g_new0 (HeraldDemoXPost, 1);
  post->id = herald_demo_x_make_id (request->x);
  post->text = g_strdup (text);
  post->media = g_steal_pointer (&media);
  post->born_s = herald_demo_x_get_now_s (request->x);
  answer_post (request, post);
  herald_demo_x_take_post (request->x, post);
}

/* `GET /2/users/me` */
void
herald_demo_x_get_me (HeraldDemoXRequest *request)
{
  g_autofree char *id = g_strndup (HERALD_DEMO_X_ACCESS_TOKEN, ACCOUNT_ID_LENGTH);
  JsonObject *data = json_object_new ();

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "x-access-level",
                                request->x->has_trait[HERALD_DEMO_X_READ_ONLY] ? "read" : "read-write");
  json_object_set_string_member (data, "id", id);
  json_object_set_string_member (data, "name", "Demo bench");
  json_object_set_string_member (data, "username", HERALD_DEMO_X_USERNAME);
  herald_demo_x_answer_take_data (request, 200, data);
}
