/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-access"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>

#include "core/base/text.h"
#include "ctl/failure.h"
#include "ctl/output.h"
#include "ctl/printer-commands.h"
#include "ctl/web-page.h"

#define PAGE_MAX_CHARS 2000
#define PROBLEM_MAX_CHARS 2000

/* OctoPrint gives a person ten minutes; whatever has not ended long after that never will. */
#define LIMIT_S (15 * 60)

/*
 * The question, from asking until somebody has decided. It ends the loop with
 * an error or without one.
 */
typedef struct
{
  HeraldDBusPrinter1 *printer;
  GMainLoop *loop;
  gboolean json;
  gboolean opens_browser;
  gint64 started_us;
  gboolean has_page;
  gboolean withdrawn;
  GError *error;
} Question;

static void
print_json_word (const char *name,
                 const char *word)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  herald_output_add_text (builder, name, word);
  json_builder_end_object (builder);
  herald_output_print_json (builder, FALSE);
}

/* Somebody else on this computer may have asked before: then this is the page of that question. */
static void
tell_page (Question   *question,
           const char *foreign)
{
  g_autofree char *page = herald_text_clean (foreign, PAGE_MAX_CHARS);

  question->has_page = TRUE;
  if (question->json)
    {
      print_json_word ("page", page);
    }
  else if (*page != '\0')
    {
      g_print ("%s\n\n  %s\n\n", _("Open this page, log in to OctoPrint and allow OctoHerald:"), page);
      fflush (stdout);
    }

  if (question->opens_browser && *page != '\0')
    herald_web_page_open (page);
}

static void
clear_countdown (Question *question)
{
  /* ECMA-48, “EL” */
  if (!question->json && herald_output_is_terminal ())
    g_print ("\r\033[K");
}

static void
end (Question *question,
     GError   *taken_error)
{
  clear_countdown (question);
  g_clear_error (&question->error);
  question->error = taken_error;
  g_main_loop_quit (question->loop);
}

static void
end_with_sentence (Question   *question,
                   const char *sentence)
{
  GError *error = NULL;

  herald_failure_set_refused (&error, sentence);
  end (question, error);
}

static void
end_in_state (Question   *question,
              const char *state)
{
  const char *problem = herald_dbus_printer1_get_access_problem (question->printer);
  g_autofree char *sentence = herald_text_clean (problem, PROBLEM_MAX_CHARS);

  clear_countdown (question);
  if (question->json)
    print_json_word ("state", *state != '\0' ? state : "withdrawn");

  if (g_str_equal (state, "granted"))
    {
      if (!question->json)
        g_print ("%s\n", _("OctoPrint has given OctoHerald a key of its own. The printer is being watched."));
      end (question, NULL);
    }
  else
    end_with_sentence (question, *sentence != '\0' ? sentence : _("The request was withdrawn"));
}

static void
on_properties_changed (GDBusProxy *printer,
                       GVariant   *changed,
                       GStrv       invalidated,
                       gpointer    user_data)
{
  Question *question = user_data;
  const char *state = NULL;

  if (question->has_page && !question->withdrawn &&
      g_variant_lookup (changed, "AccessState", "&s", &state) && !g_str_equal (state, "waiting"))
    end_in_state (question, state);
}

static void
on_object_removed (GDBusObjectManager *manager,
                   GDBusObject        *object,
                   gpointer            user_data)
{
  Question *question = user_data;
  g_autofree char *owner = g_dbus_object_manager_client_get_name_owner (G_DBUS_OBJECT_MANAGER_CLIENT (manager));
  GError *error = NULL;

  if (g_strcmp0 (g_dbus_object_get_object_path (object),
                 g_dbus_proxy_get_object_path (G_DBUS_PROXY (question->printer))) != 0)
    return;

  if (owner != NULL)
    {
      end_with_sentence (question, _("The printer was removed"));
      return;
    }

  g_set_error_literal (&error, HERALD_FAILURE, HERALD_FAILURE_UNREACHABLE, _("OctoHerald has ended"));
  end (question, error);
}

static void
on_request_access_ready (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  Question *question = user_data;
  g_autofree char *page = NULL;
  const char *state;
  GError *cause = NULL;
  GError *error = NULL;

  if (!herald_dbus_printer1_call_request_access_finish (HERALD_DBUS_PRINTER1 (source), &page, result,
                                                        &cause))
    {
      herald_failure_take_dbus_error (&error, cause);
      end (question, error);
      return;
    }

  tell_page (question, page);
  state = herald_dbus_printer1_get_access_state (question->printer);
  /* It may have been very quick */
  if (g_strcmp0 (state, "waiting") != 0 && state != NULL && *state != '\0')
    end_in_state (question, state);
}

static void
on_cancel_access_ready (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  Question *question = user_data;

  herald_dbus_printer1_call_cancel_access_finish (HERALD_DBUS_PRINTER1 (source), result, NULL);
  if (question->json && question->has_page)
    print_json_word ("state", "withdrawn");
  end_with_sentence (question, _("The request was withdrawn"));
}

/* Who is impatient and interrupts twice does not wait for the service. */
static gboolean
on_interrupt (gpointer user_data)
{
  Question *question = user_data;

  if (question->withdrawn)
    {
      end_with_sentence (question, _("The request was withdrawn"));
      return G_SOURCE_CONTINUE;
    }

  question->withdrawn = TRUE;
  clear_countdown (question);
  herald_dbus_printer1_call_cancel_access (question->printer, NULL, on_cancel_access_ready, question);

  return G_SOURCE_CONTINUE;
}

static void
print_countdown (Question *question)
{
  const char *until = herald_dbus_printer1_get_access_until (question->printer);
  g_autoptr(GDateTime) moment = until != NULL ? g_date_time_new_from_iso8601 (until, NULL) : NULL;
  gint64 left_s;

  if (moment == NULL)
    return;

  left_s = MAX (g_date_time_to_unix (moment) - g_get_real_time () / G_USEC_PER_SEC, 0);
  /* Translators: minutes and seconds, e.g. 9:41 */
  g_print (_("\rWaiting for your permission, %d:%02d left. Ctrl-C withdraws the request. "),
           (int) (left_s / 60), (int) (left_s % 60));
}

static gboolean
on_second_timeout (gpointer user_data)
{
  Question *question = user_data;

  if (g_get_monotonic_time () - question->started_us > LIMIT_S * G_USEC_PER_SEC)
    end_with_sentence (question, _("Nobody has decided. Ask again when you can log in to OctoPrint"));
  else if (question->has_page && !question->withdrawn && !question->json && herald_output_is_terminal ())
    print_countdown (question);

  return G_SOURCE_CONTINUE;
}

/* Returns: (nullable) (transfer full): why it has not been granted */
static GError *
ask (Question           *question,
     GDBusObjectManager *manager)
{
  static const int interrupts[] = { SIGINT, SIGTERM, SIGHUP };
  guint interrupt_ids[G_N_ELEMENTS (interrupts)];
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint second_id = g_timeout_add_seconds (1, on_second_timeout, question);

  question->loop = loop;
  question->started_us = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (interrupts); i++)
    interrupt_ids[i] = g_unix_signal_add (interrupts[i], on_interrupt, question);
  g_signal_connect (question->printer, "g-properties-changed", G_CALLBACK (on_properties_changed), question);
  g_signal_connect (manager, "object-removed", G_CALLBACK (on_object_removed), question);

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (question->printer), HERALD_PRINTER_LIMIT_MS);
  herald_dbus_printer1_call_request_access (question->printer, NULL, on_request_access_ready, question);
  g_main_loop_run (loop);

  g_signal_handlers_disconnect_by_data (question->printer, question);
  g_signal_handlers_disconnect_by_data (manager, question);
  for (guint i = 0; i < G_N_ELEMENTS (interrupts); i++)
    g_source_remove (interrupt_ids[i]);
  g_source_remove (second_id);

  return g_steal_pointer (&question->error);
}

gboolean
herald_printer_run_request_access (HeraldCall  *call,
                                   GError     **error)
{
  gboolean json = FALSE;
  gboolean no_browser = FALSE;
  const GOptionEntry entries[] = {
    { "no-browser", 0, 0, G_OPTION_ARG_NONE, &no_browser, N_("Do not open the page, only print its address"),
      NULL },
    HERALD_PRINTER_JSON_ENTRY (json),
    { NULL },
  };
  g_autoptr(HeraldDBusPrinter1) printer = herald_printer_parse_for_one (call, entries, error);
  Question question = { 0 };
  GError *problem;

  if (printer == NULL)
    return FALSE;

  question.printer = printer;
  question.json = json;
  question.opens_browser = !no_browser && herald_web_page_can_open ();
  problem = ask (&question, call->client->manager);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, problem);

  return FALSE;
}
