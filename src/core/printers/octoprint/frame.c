/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-frame"

#include "core/printers/octoprint/frame.h"

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/printers/octoprint/octoprint-calls.h"
#include "core/printers/octoprint/octoprint-events.h"

static const struct
{
  const char *name;
  HeraldPushType type;
} push_types[] = {
  { "connected", HERALD_PUSH_CONNECTED },
  { "history", HERALD_PUSH_HISTORY },
  { "current", HERALD_PUSH_CURRENT },
  { "event", HERALD_PUSH_EVENT },
  { "plugin", HERALD_PUSH_PLUGIN },
  { "reauthRequired", HERALD_PUSH_REAUTH_REQUIRED },
  { "timelapse", HERALD_PUSH_TIMELAPSE },
};

static HeraldFrame *
parse_body (HeraldFrameType   type,
            const char       *text,
            gsize             length,
            GError          **error)
{
  g_autoptr(JsonNode) node = herald_json_parse (text, length, error);
  HeraldFrame *frame;
  JsonArray *array;

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                           "The answer could not be read (SockJS: not an array)");
      return NULL;
    }

  array = json_node_get_array (node);
  frame = g_new0 (HeraldFrame, 1);
  frame->type = type;
  if (type == HERALD_FRAME_MESSAGES)
    frame->messages = json_array_ref (array);
  else if (json_array_get_length (array) > 0 &&
           JSON_NODE_HOLDS_VALUE (json_array_get_element (array, 0)))
    frame->close_code = json_array_get_int_element (array, 0);

  return frame;
}

/**
 * herald_frame_parse:
 * @text: the payload of a websocket text message
 * @length: its bytes
 *
 * Reads a frame of the framed SockJS websocket protocol: `o`, `h`, `a[…]`, `c[…]`.
 *
 * Returns: (transfer full): the frame, or %NULL with HERALD_ERROR_PROTOCOL
 */
HeraldFrame *
herald_frame_parse (const char  *text,
                    gsize        length,
                    GError     **error)
{
  HeraldFrame *frame = NULL;

  if (length == 1 && (*text == 'o' || *text == 'h'))
    {
      frame = g_new0 (HeraldFrame, 1);
      frame->type = *text == 'o' ? HERALD_FRAME_OPEN : HERALD_FRAME_HEARTBEAT;
      return frame;
    }

  if (length > 1 && *text == 'a')
    return parse_body (HERALD_FRAME_MESSAGES, text + 1, length - 1, error);
  if (length > 1 && *text == 'c')
    return parse_body (HERALD_FRAME_CLOSE, text + 1, length - 1, error);

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                       "The answer could not be read (SockJS: unknown frame)");
  return NULL;
}

void
herald_frame_free (HeraldFrame *self)
{
  g_clear_pointer (&self->messages, json_array_unref);
  g_free (self);
}

/**
 * herald_frame_get_size:
 *
 * Returns: how many messages the frame brings
 */
guint
herald_frame_get_size (HeraldFrame *self)
{
  return self->messages != NULL ? json_array_get_length (self->messages) : 0;
}

/**
 * herald_frame_get_message:
 * @content: (out) (transfer none) (nullable): what is in the message, %NULL if it is not an object
 *
 * Returns: what kind of message it is
 */
HeraldPushType
herald_frame_get_message (HeraldFrame  *self,
                          guint         index,
                          JsonObject  **content)
{
  JsonNode *node = json_array_get_element (self->messages, index);
  JsonObject *message;

  *content = NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return HERALD_PUSH_UNKNOWN;

  message = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (push_types); i++)
    {
      if (json_object_has_member (message, push_types[i].name))
        {
          *content = herald_json_get_object (message, push_types[i].name);
          return push_types[i].type;
        }
    }

  return HERALD_PUSH_UNKNOWN;
}

/* A SockJS client sends an array of strings, each of them a JSON document. */
static char *
wrap (JsonBuilder *builder)
{
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autofree char *message = json_to_string (root, FALSE);
  g_autoptr(JsonNode) text = json_node_init_string (json_node_alloc (), message);
  g_autofree char *quoted = json_to_string (text, FALSE);

  return g_strdup_printf ("[%s]", quoted);
}

/**
 * herald_frame_make_auth:
 * @user: name, as the login told it
 * @session: key of the session, as the login told it
 *
 * Returns: (transfer full): the frame to send; it is a secret
 */
char *
herald_frame_make_auth (const char *user,
                        const char *session)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *auth = g_strdup_printf ("%s:%s", user, session);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "auth");
  json_builder_add_string_value (builder, auth);
  json_builder_end_object (builder);

  return wrap (builder);
}

/**
 * herald_frame_make_subscribe:
 *
 * States without terminal lines, and the events we know. OctoPrint before
 * 1.8 ignores it and sends everything.
 *
 * Returns: (transfer full): the frame to send
 */
char *
herald_frame_make_subscribe (void)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "subscribe");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "state");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "logs");
  json_builder_add_string_value (builder, herald_octoprint_calls_get_pattern ());
  json_builder_set_member_name (builder, "messages");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "events");
  json_builder_begin_array (builder);
  for (const char *const *name = herald_octoprint_events_get_names (); *name != NULL; name++)
    json_builder_add_string_value (builder, *name);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "plugins");
  json_builder_begin_array (builder);
  for (const char *const *plugin = herald_octoprint_calls_get_plugins (); *plugin != NULL; plugin++)
    json_builder_add_string_value (builder, *plugin);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return wrap (builder);
}

/**
 * herald_frame_make_throttle:
 * @factor: states come at most every @factor × 0.5 s
 *
 * Returns: (transfer full): the frame to send
 */
char *
herald_frame_make_throttle (guint factor)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "throttle");
  json_builder_add_int_value (builder, (gint64) factor);
  json_builder_end_object (builder);

  return wrap (builder);
}
