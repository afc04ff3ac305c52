/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-why"

#include "ctl/history-why.h"

#include <glib/gi18n-lib.h>

#include "core/base/attempt-words.h"
#include "core/base/text.h"
#include "ctl/failure.h"
#include "ctl/history-row.h"
#include "ctl/history-state.h"

#define LINE_MAX_CHARS 4000

/* What a word of the service means to a person */
typedef struct
{
  const char *id;
  const char *words;
} Meaning;

static const Meaning sources[] = {
  { "live", N_("It was seen as it happened.") },
  { "reconciled", N_("It was not seen, but found out afterwards.") },
  { "inferred", N_("It was not seen, but concluded afterwards from what had changed.") },
  { "local", N_("It comes from this computer.") },
  { NULL, NULL },
};

static const Meaning causes[] = {
  { "settings", N_("A message was made for each account that was switched on and chosen for it then.") },
  { "sender", N_("Whoever sent it, a person or a program, said to which accounts.") },
  { "test", N_("It was made to test an account.") },
  { "digest", N_("It puts together what several messages were to say.") },
  { NULL, NULL },
};

/* What a newer service may say stays as it is. */
static const char *
get_words (const Meaning *table,
           const char    *id)
{
  while (table->id != NULL && !g_str_equal (table->id, id))
    table++;

  return table->id != NULL ? _(table->words) : id;
}

static void
print_line (const char *indent,
            const char *text)
{
  g_autofree char *clean = herald_text_clean (text, LINE_MAX_CHARS);

  if (*clean != '\0')
    g_print ("%s%s\n", indent, clean);
}

/* (transfer full): to the second, where this computer is; empty if it is not known */
static char *
dup_moment (GVariant   *row,
            const char *key)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (herald_history_row_get_text (row, key), NULL);
  g_autoptr(GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

/* Its name, what commands call it, and its kind; one that was removed has no name any more. */
static char *
dup_account (GVariant *row)
{
  const char *id = herald_history_row_get_text (row, "channel");
  const char *type = herald_history_row_get_text (row, "channel_type");
  const char *name = herald_history_row_get_text (row, "channel_name");

  if (*name == '\0')
    name = id;
  if (g_str_equal (id, type))
    return g_strdup_printf ("%s (%s)", name, id);

  return g_strdup_printf ("%s (%s%s%s)", name, id, herald_text_get_comma (), type);
}

static void
print_times_of_event (GVariant *event)
{
  const char *source = herald_history_row_get_text (event, "source");
  gboolean was_seen = !g_str_equal (source, "reconciled") && !g_str_equal (source, "inferred");
  g_autofree char *occurred = dup_moment (event, "occurred");
  g_autofree char *observed = dup_moment (event, "observed");
  g_autofree char *happened = *occurred != '\0' ? g_strdup_printf (_("It happened at %s."), occurred)
                                                : g_strdup (_("When it happened is not known."));
  g_autofree char *became_known = was_seen ? NULL : g_strdup_printf (_("It became known at %s."), observed);

  print_line ("  ", happened);
  print_line ("  ", get_words (sources, source));
  print_line ("  ", became_known);
}

static void
print_event (GVariant *event,
             gboolean  was_told)
{
  const char *name = herald_history_row_get_text (event, "printer_name");
  const char *printer = *name != '\0' ? name : herald_history_row_get_text (event, "printer");
  const char *kind = herald_history_row_get_text (event, "kind_name");
  const char *cause = herald_history_row_get_text (event, "cause");
  g_autofree char *number = herald_history_row_dup_number (event, "event");
  /* Translators: a number, the name of a printer, and what happened, e.g. “Print finished” */
  g_autofree char *title = *printer != '\0' ? g_strdup_printf (_("Event %s, %s: %s"), number, printer, kind)
                                            : g_strdup_printf (_("Event %s: %s"), number, kind);

  print_line ("", title);
  print_times_of_event (event);
  if (was_told || !g_str_equal (cause, "settings"))
    print_line ("  ", get_words (causes, cause));
  if (!was_told)
    print_line ("  ", _("No message was made of it."));
}

static void
print_tries (GVariant *message)
{
  g_autoptr(GVariant) tries = g_variant_lookup_value (message, "tries", G_VARIANT_TYPE ("aa{sv}"));

  for (gsize i = 0; tries != NULL && i < g_variant_n_children (tries); i++)
    {
      g_autoptr(GVariant) attempt = g_variant_get_child_value (tries, i);
      g_autofree char *started = dup_moment (attempt, "started");
      g_autofree char *result = herald_attempt_words_dup_result (attempt);
      /* Translators: a moment, and how the attempt ended that began then */
      g_autofree char *line = g_strdup_printf (_("Tried at %s: %s"), started, result);

      print_line ("  ", line);
    }
}

static void
print_times_of_message (GVariant *message)
{
  g_autofree char *created = dup_moment (message, "created");
  g_autofree char *finished = dup_moment (message, "finished");
  g_autofree char *line = *finished != '\0' ? g_strdup_printf (_("It was made at %s, and over at %s."), created, finished)
                                            : g_strdup_printf (_("It was made at %s, and is not over."), created);

  print_line ("  ", line);
}

/* Its state, why, and what else there is to know, a sentence each */
static char *
dup_outcome (GVariant *message)
{
  const char *parts[] = { herald_history_state_get_words (herald_history_row_get_text (message, "state")),
                          herald_history_row_get_text (message, "reason"), herald_history_row_get_text (message, "note") };
  GString *outcome = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *sentence = herald_text_end_sentence (parts[i]);

      if (*sentence != '\0')
        g_string_append_printf (outcome, "%s%s", outcome->len > 0 ? " " : "", sentence);
    }

  return g_string_free (outcome, FALSE);
}

static void
print_message (GVariant *message)
{
  const char *destination = herald_history_row_get_text (message, "destination");
  gboolean says_who = !g_str_equal (destination, herald_history_row_get_text (message, "channel_name"));
  g_autofree char *account = dup_account (message);
  g_autofree char *number = herald_history_row_dup_number (message, "id");
  g_autofree char *repeated = herald_history_row_dup_number (message, "repeats");
  g_autofree char *again = *repeated != '\0' ? g_strdup_printf (_("It says once more what message %s said."), repeated) : NULL;
  g_autofree char *outcome = dup_outcome (message);
  /* Translators: a number, an account, and to whom it goes from there */
  g_autofree char *title = says_who ? g_strdup_printf (_("Message %s, by %s, to %s:"), number, account, destination)
                                    : g_strdup_printf (_("Message %s, by %s:"), number, account);

  g_print ("\n");
  print_line ("", title);
  print_line ("  ", outcome);
  print_line ("  ", again);
  print_times_of_message (message);
  print_tries (message);
}

static void
print_others (GVariant *others,
              gboolean  is_by_settings)
{
  if (g_variant_n_children (others) == 0)
    return;

  g_print ("\n");
  print_line ("", is_by_settings ? _("These accounts got nothing of it. Why was not written down, so this is how it is now:")
                                 : _("These accounts got nothing of it:"));
  for (gsize i = 0; i < g_variant_n_children (others); i++)
    {
      g_autoptr(GVariant) other = g_variant_get_child_value (others, i);
      g_autofree char *account = dup_account (other);
      /* Translators: an account, and why it got nothing */
      g_autofree char *line = g_strdup_printf (_("%s: %s"), account, herald_history_row_get_text (other, "reason"));

      print_line ("  ", line);
    }
}

static void
print_words (GVariant *explanation)
{
  g_autoptr(GVariant) messages = g_variant_lookup_value (explanation, "messages", G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr(GVariant) others = g_variant_lookup_value (explanation, "others", G_VARIANT_TYPE ("aa{sv}"));
  gboolean is_by_settings = g_str_equal (herald_history_row_get_text (explanation, "cause"), "settings");

  g_return_if_fail (messages != NULL && others != NULL);

  print_event (explanation, g_variant_n_children (messages) > 0);
  for (gsize i = 0; i < g_variant_n_children (messages); i++)
    {
      g_autoptr(GVariant) message = g_variant_get_child_value (messages, i);

      print_message (message);
    }
  print_others (others, is_by_settings);
}

/* Of which event a message tells */
static gboolean
find_event (HeraldCall  *call,
            gint64       message,
            gint64      *event,
            GError     **error)
{
  GVariantDict filter;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GVariant) row = NULL;
  GError *cause = NULL;

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, "delivery", "x", message);
  if (!herald_dbus_service1_call_list_history_sync (call->client->service, g_variant_dict_end (&filter), &rows, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (g_variant_n_children (rows) > 0)
    row = g_variant_get_child_value (rows, 0);
  if (row != NULL && g_variant_lookup (row, "event", "x", event))
    return TRUE;

  g_set_error_literal (error, HERALD_FAILURE, HERALD_FAILURE_REFUSED, _("There is no message with this number."));
  return FALSE;
}

/* Numbers of events and of messages are numbers both, so it is said which one is meant. */
gboolean
herald_history_why_run (HeraldCall  *call,
                        GError     **error)
{
  gboolean is_json = FALSE;
  g_autofree char *message = NULL;
  const GOptionEntry entries[] = {
    { "message", 0, 0, G_OPTION_ARG_STRING, &message, N_("The event of this message"), N_("ID") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &is_json, N_("Print JSON, for scripts"), NULL },
    { NULL },
  };
  g_autoptr(GVariant) explanation = NULL;
  gint64 number = 0;
  GError *cause = NULL;

  if (!herald_call_parse (call, entries, 0, 1, error))
    return FALSE;
  if ((message != NULL) == (call->n_words == 1))
    return herald_failure_set_usage (error, "%s", _("Say which event, or with --message which message"));
  if (!herald_history_row_parse_number (message != NULL ? message : call->words[0], &number, error) ||
      !herald_call_connect (call, error) || (message != NULL && !find_event (call, number, &number, error)))
    return FALSE;

  if (!herald_dbus_service1_call_explain_event_sync (call->client->service, number, &explanation, NULL, &cause))
    return herald_failure_take_dbus_error (error, cause);

  if (is_json)
    herald_history_why_print_json (explanation);
  else
    print_words (explanation);

  return TRUE;
}
