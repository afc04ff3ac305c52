/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-problem"

#include "core/channels/x/x-problem.h"

#include <string.h>

#include "core/base/json-reader.h"
#include "core/base/log.h"
#include "core/base/text.h"

#define NAME_MAX_CHARS 80
#define WORDS_MAX_CHARS 300

/* X lists one or two; each costs a comparison with every row. */
#define ERRORS_MAX 8

/* By the old interface a `code` may be a number in a text. */
#define CODE_MAX 100000

/* A secret is starred out before anything is cut, as half of it would not be known again; and once more of what is
 * seen of it, as it may come back with something in between that nobody sees. */
static char *
dup_safe_text (JsonObject *object,
               const char *name,
               gsize       max_chars)
{
  const char *foreign = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *seen = NULL;
  g_autofree char *safe = NULL;
  g_autofree char *text = NULL;

  if (!herald_json_get_string (object, name, &foreign))
    return NULL;

  raw = herald_log_redact (foreign);
  seen = herald_text_clean (raw, G_MAXSIZE);
  safe = herald_log_redact (seen);
  text = herald_text_clean (safe, max_chars);
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* The same words often come twice. */
static void
add_words (HeraldXProblem *self,
           JsonObject     *object,
           const char     *name)
{
  g_autofree char *text = dup_safe_text (object, name, WORDS_MAX_CHARS);
  g_autofree char *lower = text != NULL ? g_utf8_casefold (text, -1) : NULL;
  g_autofree char *before = NULL;

  if (lower == NULL || strstr (self->words->str, lower) != NULL)
    return;

  g_string_append_printf (self->words, "%s\n", lower);
  before = g_steal_pointer (&self->reply);
  self->reply = before != NULL ? g_strdup_printf ("%s %s", before, text) : g_steal_pointer (&text);
}

/* Hosts differ: api.x.com and api.twitter.com both occur. */
static char *
dup_last_part (JsonObject *object)
{
  g_autofree char *type = dup_safe_text (object, "type", NAME_MAX_CHARS);
  const char *slash = type != NULL ? strrchr (type, '/') : NULL;

  return slash != NULL ? g_strdup (slash + 1) : NULL;
}

static void
add_code (HeraldXProblem *self,
          JsonObject     *object)
{
  const char *text = NULL;
  guint64 number = 0;
  gint64 code = 0;

  if (herald_json_get_string (object, "code", &text) &&
      g_ascii_string_to_unsigned (text, 10, 1, CODE_MAX, &number, NULL))
    code = (gint64) number;
  else
    herald_json_get_int (object, "code", &code);

  if (code >= 1 && code <= CODE_MAX)
    g_array_append_val (self->codes, code);
}

static void
add_object (HeraldXProblem *self,
            JsonObject     *object)
{
  add_code (self, object);
  add_words (self, object, "detail");
  add_words (self, object, "message");
  add_words (self, object, "error_description");
  if (self->type == NULL)
    self->type = dup_last_part (object);
  if (self->reason == NULL)
    self->reason = dup_safe_text (object, "reason", NAME_MAX_CHARS);
  if (self->period == NULL)
    self->period = dup_safe_text (object, "period", NAME_MAX_CHARS);
}

static void
add_errors (HeraldXProblem *self,
            JsonArray      *errors)
{
  guint n_errors = errors != NULL ? MIN (json_array_get_length (errors), ERRORS_MAX) : 0;

  for (guint i = 0; i < n_errors; i++)
    {
      JsonNode *node = json_array_get_element (errors, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        add_object (self, json_node_get_object (node));
    }
}

HeraldXProblem *
herald_x_problem_new (GBytes *body)
{
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  g_autoptr(JsonNode) root = text != NULL ? herald_json_parse (text, length, NULL) : NULL;
  HeraldXProblem *self;
  JsonObject *object;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  object = json_node_get_object (root);
  self = g_new0 (HeraldXProblem, 1);
  self->codes = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->words = g_string_new (NULL);
  add_object (self, object);
  add_errors (self, herald_json_get_array (object, "errors"));
  if (self->reply == NULL)
    add_words (self, object, "title");
  if (self->reply == NULL)
    self->reply = g_strdup (self->reason);

  return self;
}

void
herald_x_problem_free (HeraldXProblem *self)
{
  g_free (self->type);
  g_free (self->reason);
  g_free (self->period);
  g_clear_pointer (&self->codes, g_array_unref);
  g_string_free (self->words, TRUE);
  g_free (self->reply);
  g_free (self);
}

gboolean
herald_x_problem_has_code (const HeraldXProblem *self,
                           gint64                code)
{
  for (guint i = 0; i < self->codes->len; i++)
    {
      if (g_array_index (self->codes, gint64, i) == code)
        return TRUE;
    }

  return FALSE;
}
