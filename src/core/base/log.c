/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-log"

#include "core/base/log.h"

#include <string.h>

/* A shorter secret would turn half of every line into stars. */
#define SECRET_MIN_BYTES 6

/* Sessions come with every connection, and each is known by three forms: so many of them are a
 * thousand printers that have connected twice. */
#define PASSING_FORMS_MAX (3 * 2000)

/* What every log line passes through. One for the process, as GLib's log writer is. */
static GPtrArray *known_forms;
static GQueue passing_forms = G_QUEUE_INIT;

static void
add_form (char *form)
{
  if (strlen (form) < SECRET_MIN_BYTES ||
      g_ptr_array_find_with_equal_func (known_forms, form, g_str_equal, NULL))
    g_free (form);
  else
    g_ptr_array_add (known_forms, form);
}

static void
add_passing_form (char *form)
{
  if (strlen (form) < SECRET_MIN_BYTES ||
      g_queue_find_custom (&passing_forms, form, (GCompareFunc) strcmp) != NULL)
    {
      g_free (form);
      return;
    }

  g_queue_push_tail (&passing_forms, form);
  while (passing_forms.length > PASSING_FORMS_MAX)
    g_free (g_queue_pop_head (&passing_forms));
}

/**
 * herald_log_add_secret:
 * @secret: (nullable): a key, password or token that was just loaded
 *
 * From now on @secret is starred out of every log line, as it is and as
 * base64 or URL text. May be called again with the same secret.
 */
void
herald_log_add_secret (const char *secret)
{
  if (secret == NULL)
    return;

  if (known_forms == NULL)
    known_forms = g_ptr_array_new_with_free_func (g_free);

  add_form (g_strdup (secret));
  add_form (g_base64_encode ((const guchar *) secret, strlen (secret)));
  add_form (g_uri_escape_string (secret, NULL, FALSE));
}

/**
 * herald_log_add_passing_secret:
 * @secret: a secret that is soon replaced by another, e.g. a session
 *
 * Like herald_log_add_secret(), but only the last thousands of them are
 * remembered: they would make every log line slower, for as long as the
 * program runs.
 */
void
herald_log_add_passing_secret (const char *secret)
{
  add_passing_form (g_strdup (secret));
  add_passing_form (g_base64_encode ((const guchar *) secret, strlen (secret)));
  add_passing_form (g_uri_escape_string (secret, NULL, FALSE));
}

/**
 * herald_log_redact:
 * @text: a text on its way to a log
 *
 * Returns: (transfer full): @text without any known secret, on one line
 */
char *
herald_log_redact (const char *text)
{
  g_autoptr(GString) safe = g_string_new (text);

  for (guint i = 0; known_forms != NULL && i < known_forms->len; i++)
    g_string_replace (safe, g_ptr_array_index (known_forms, i), "***", 0);
  for (GList *form = passing_forms.head; form != NULL; form = form->next)
    g_string_replace (safe, form->data, "***", 0);
  g_string_replace (safe, "\n", " ⏎ ", 0);

  return g_string_free (g_steal_pointer (&safe), FALSE);
}

static GLogWriterOutput
write_redacted (GLogLevelFlags   level,
                const GLogField *fields,
                gsize            n_fields,
                gpointer         user_data)
{
  g_autofree GLogField *safe_fields = g_memdup2 (fields, n_fields * sizeof *fields);
  g_autofree char *message = NULL;

  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (safe_fields[i].key, "MESSAGE") && message == NULL)
        {
          g_autofree char *text = safe_fields[i].length < 0
                                    ? g_strdup (safe_fields[i].value)
                                    : g_strndup (safe_fields[i].value, (gsize) safe_fields[i].length);

          message = herald_log_redact (text);
          safe_fields[i].value = message;
          safe_fields[i].length = -1;
        }
    }

  return g_log_writer_default (level, safe_fields, n_fields, user_data);
}

/**
 * herald_log_init:
 *
 * Makes the redactor the only way to the log. Called first thing in main().
 */
void
herald_log_init (void)
{
  g_log_set_writer_func (write_redacted, NULL, NULL);
}
