/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-token-answer"

#include "core/channels/x/x-token-answer.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/base/log.h"

#define WORDS_MAX_CHARS 300
#define CODE_MAX_CHARS 60

/* X says 7200. A server that says nothing, or nonsense, is asked again no sooner and no later than this. */
#define LIFE_MIN_S 60
#define LIFE_USUAL_S (2 * 60 * 60)
#define LIFE_MAX_S (30 * 24 * 60 * 60)

/* X counts in quarters of an hour. */
#define WAIT_MAX_S (24 * 60 * 60)

/* RFC 6585 section 4; libsoup has no name for it. */
#define STATUS_TOO_MANY_REQUESTS 429

/* Returns (nullable) (transfer full) */
static JsonNode *
parse_object (GBytes *body)
{
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  g_autoptr(JsonNode) node = text != NULL ? herald_json_parse (text, length, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

GError *
herald_x_token_answer_make_ended (void)
{
  return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                              _("X does not accept the login of this account any more. Please sign in again."));
}

/* RFC 6749 section 5.2. X says "invalid_request", too, of a token that was used before. */
static GError *
judge_code (const HeraldXTokenAnswer *answer,
            const char               *code)
{
  if (g_strcmp0 (code, "invalid_client") == 0 || g_strcmp0 (code, "unauthorized_client") == 0 ||
      answer->status == SOUP_STATUS_UNAUTHORIZED)
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_SETTINGS,
                                _("X does not know this app by its client ID and client secret. Compare both with X's "
                                  "console: an app of the type “Native App” has no client secret, every other has one."));
  if (g_strcmp0 (code, "invalid_grant") == 0 || g_strcmp0 (code, "invalid_request") == 0)
    return answer->before != NULL
             ? herald_x_token_answer_make_ended ()
             : g_error_new_literal (HERALD_ERROR, HERALD_ERROR_REJECTED,
                                    _("X has not taken the code of this login: it is good for half a minute, and for one "
                                      "time. Please sign in once more."));
  if (answer->status == SOUP_STATUS_FORBIDDEN)
    return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                                _("X does not let this app sign in. X's console says what it lacks."));

  return NULL;
}

static GError *
judge_status (const HeraldXTokenAnswer *answer)
{
  GError *error;

  if (answer->status == STATUS_TOO_MANY_REQUESTS)
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_BUSY,
                                 _("X asks to wait: too many logins in a short time."));
  else if (SOUP_STATUS_IS_SERVER_ERROR (answer->status))
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_BUSY, _("X has trouble with logins just now."));
  else
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                                 _("The answer to the login does not come from X. Something in the network may stand "
                                   "between."));

  herald_error_set_scope (error, HERALD_ERROR_SCOPE_CHANNEL);

  return error;
}

/* Seconds, or the moment at which X counts anew */
static guint
read_wait (const HeraldXTokenAnswer *answer)
{
  const char *after = soup_message_headers_get_one (answer->headers, "Retry-After");
  const char *reset = soup_message_headers_get_one (answer->headers, "x-rate-limit-reset");
  gint64 value = 0;

  if (after != NULL && g_ascii_string_to_signed (after, 10, 1, G_MAXINT32, &value, NULL))
    return (guint) MIN (value, WAIT_MAX_S);
  if (reset != NULL && g_ascii_string_to_signed (reset, 10, 1, G_MAXINT64, &value, NULL))
    return (guint) CLAMP (value - answer->now_s, 0, WAIT_MAX_S);

  return 0;
}

static GError *
judge (const HeraldXTokenAnswer *answer)
{
  g_autoptr(JsonNode) node = parse_object (answer->body);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autofree char *code = object != NULL ? herald_json_dup_text (object, "error", CODE_MAX_CHARS) : NULL;
  g_autofree char *words = object != NULL ? herald_json_dup_text (object, "error_description", WORDS_MAX_CHARS) : NULL;
  g_autofree char *reply = g_strjoin (": ", code != NULL ? code : words, code != NULL ? words : NULL, NULL);
  g_autofree char *safe_reply = herald_log_redact (reply);
  GError *error = NULL;

  /* A page of somebody else is no word of X's about the app; only 401 is one by itself. */
  if ((object != NULL || answer->status == SOUP_STATUS_UNAUTHORIZED) && answer->status >= 400 && answer->status < 500 &&
      answer->status != STATUS_TOO_MANY_REQUESTS)
    error = judge_code (answer, code);
  if (error == NULL)
    error = judge_status (answer);

  herald_error_set_reply (error, (int) answer->status, *safe_reply != '\0' ? safe_reply : NULL);
  if (error->code == HERALD_ERROR_BUSY)
    herald_error_set_retry_after (error, read_wait (answer));

  return error;
}

/* Nothing of @scope has to be there if it is what was asked for (RFC 6749 section 5.1). */
static gboolean
check_scope (const char  *scope,
             GError     **error)
{
  g_auto(GStrv) wanted = g_strsplit (HERALD_X_SCOPES, " ", -1);
  g_auto(GStrv) given = g_strsplit (scope, " ", -1);

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char *const *) given, wanted[i]))
        {
          g_set_error (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                       _("X has not allowed all that is needed; “%s” is missing. Give the app “Read and write” in X's "
                         "console, then sign in once more."), wanted[i]);
          return FALSE;
        }
    }

  return TRUE;
}

static void
set_nonsense (GError **error)
{
  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL, _("X's answer to the login makes no sense"));
}

static HeraldXTokens *
read_object (const HeraldXTokenAnswer  *answer,
             JsonObject                *object,
             GError                   **error)
{
  g_autoptr(HeraldXTokens) tokens = g_new0 (HeraldXTokens, 1);
  const char *type = NULL;
  const char *access = NULL;
  const char *refresh = answer->before != NULL ? answer->before->refresh : NULL;
  const char *scope = NULL;
  gint64 life_s = LIFE_USUAL_S;

  herald_json_get_string (object, "refresh_token", &refresh);
  herald_json_get_int (object, "expires_in", &life_s);
  if (!herald_json_get_string (object, "token_type", &type) || g_ascii_strcasecmp (type, "bearer") != 0 ||
      !herald_json_get_string (object, "access_token", &access) || !herald_x_tokens_is_token (access) ||
      (refresh != NULL && !herald_x_tokens_is_token (refresh)))
    {
      set_nonsense (error);
      return NULL;
    }
  if (answer->before == NULL && herald_json_get_string (object, "scope", &scope) && !check_scope (scope, error))
    return NULL;
  if (refresh == NULL)
    {
      check_scope ("tweet.read tweet.write users.read media.write", error);
      return NULL;
    }

  tokens->server = g_strdup (answer->server);
  tokens->client_id = g_strdup (answer->client_id);
  tokens->access = g_strdup (access);
  tokens->refresh = g_strdup (refresh);
  tokens->expires_s = answer->now_s + CLAMP (life_s, LIFE_MIN_S, LIFE_MAX_S);

  return g_steal_pointer (&tokens);
}

/**
 * herald_x_token_answer_read:
 *
 * RFC 6749 sections 5.1 and 5.2, and what X does otherwise. A pair that was renewed keeps its refresh token if the answer
 * has no other (section 6).
 *
 * Returns: (transfer full): the tokens, known to the log; %NULL with a HERALD_ERROR
 */
HeraldXTokens *
herald_x_token_answer_read (const HeraldXTokenAnswer  *answer,
                            GError                   **error)
{
  g_autoptr(JsonNode) node = NULL;
  HeraldXTokens *tokens;

  if (answer->status != SOUP_STATUS_OK)
    {
      g_propagate_error (error, judge (answer));
      return NULL;
    }

  node = parse_object (answer->body);
  if (node == NULL)
    {
      set_nonsense (error);
      return NULL;
    }

  tokens = read_object (answer, json_node_get_object (node), error);
  if (tokens != NULL)
    {
      herald_log_add_passing_secret (tokens->access);
      herald_log_add_passing_secret (tokens->refresh);
    }

  return tokens;
}
