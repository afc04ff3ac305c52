/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-x-tell"

#include "demo/demo-x-tell.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "core/base/text.h"

#define TEXT_MAX_CHARS 25000

/* Takes @object */
static void
say_json (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  json_node_take_object (node, object);
  json = json_to_string (node, FALSE);
  g_print ("%s\n", json);
}

void
herald_demo_x_tell_open (HeraldDemoX *x,
                         gboolean     as_json)
{
  g_autofree char *url = herald_demo_x_dup_url (x);
  JsonObject *object = NULL;

  if (!as_json)
    {
      g_print (_("X is open at %s\n  API key %s\n  API key secret %s\n  Access token %s\n  Access token secret %s\n"
                 "  Client ID %s\n"),
               url, HERALD_DEMO_X_API_KEY, HERALD_DEMO_X_API_SECRET, HERALD_DEMO_X_ACCESS_TOKEN,
               HERALD_DEMO_X_ACCESS_SECRET, HERALD_DEMO_X_CLIENT_ID);
      return;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "x", url);
  json_object_set_string_member (object, "api-key", HERALD_DEMO_X_API_KEY);
  json_object_set_string_member (object, "api-secret", HERALD_DEMO_X_API_SECRET);
  json_object_set_string_member (object, "access-token", HERALD_DEMO_X_ACCESS_TOKEN);
  json_object_set_string_member (object, "access-token-secret", HERALD_DEMO_X_ACCESS_SECRET);
  json_object_set_string_member (object, "client-id", HERALD_DEMO_X_CLIENT_ID);
  json_object_set_string_member (object, "web-client-id", HERALD_DEMO_X_WEB_CLIENT_ID);
  json_object_set_string_member (object, "web-client-secret", HERALD_DEMO_X_WEB_CLIENT_SECRET);
  say_json (object);
}

/* Returns (transfer full): what kind of picture or film, how big, and what is said of it */
static char *
describe_media (HeraldDemoX *x,
                guint        i,
                guint        nth)
{
  g_autofree char *type = herald_demo_x_dup_media_type (x, i, nth);
  g_autofree char *alt_text = herald_demo_x_dup_alt_text (x, i, nth);
  g_autofree char *clean = herald_text_clean (alt_text, TEXT_MAX_CHARS);
  g_autoptr(GBytes) bytes = herald_demo_x_ref_media (x, i, nth);
  g_autofree char *size = g_format_size (bytes != NULL ? g_bytes_get_size (bytes) : 0);

  if (clean == NULL || *clean == '\0')
    return g_strdup_printf ("%s, %s", type, size);

  return g_strdup_printf ("%s, %s: %s", type, size, clean);
}

void
herald_demo_x_tell_post (HeraldDemoX *x,
                         guint        i,
                         gboolean     as_json)
{
  g_autofree char *text = herald_demo_x_dup_post_text (x, i);
  g_autofree char *clean = herald_text_clean_lines (text, TEXT_MAX_CHARS);
  guint n_media = herald_demo_x_get_n_media (x, i);
  JsonObject *object = as_json ? json_object_new () : NULL;
  JsonArray *pictures = as_json ? json_array_new () : NULL;

  if (!as_json)
    g_print (_("\n𝕏 Post by @%s\n  %s\n"), HERALD_DEMO_X_USERNAME, clean);
  for (guint j = 0; j < n_media; j++)
    {
      g_autofree char *media = describe_media (x, i, j);

      if (as_json)
        json_array_add_string_element (pictures, media);
      else
        g_print (_("  With a picture: %s\n"), media);
    }
  if (!as_json)
    {
      g_print ("\n");
      return;
    }

  json_object_set_string_member (object, "post", herald_demo_x_get_post_id (x, i));
  json_object_set_string_member (object, "text", clean);
  json_object_set_array_member (object, "pictures", pictures);
  say_json (object);
}
