/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-page-wait"

#include "ctl/page-wait.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>

#include "core/base/text.h"
#include "ctl/failure.h"
#include "ctl/output.h"
#include "ctl/web-page.h"

#define PAGE_MAX_CHARS 2000
#define PROBLEM_MAX_CHARS 2000

/* Waiting, from asking for the page until a person has decided there. It ends the loop with an error or without one. */

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

/* Returns: (transfer full): what the service says of it; empty if nothing */
static char *
dup_property (HeraldPageWait *self,
              const char     *name)
{
  g_autoptr(GVariant) value = g_dbus_proxy_get_cached_property (self->object, name);

  return g_strdup (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_get_string (value, NULL)
                                                                                         : "");
}

void
herald_page_wait_clear_countdown (HeraldPageWait *self)
{
  /* ECMA-48, “EL” */
  if (!self->json && herald_output_is_terminal ())
    g_print ("\r\033[K");
}

gboolean
herald_page_wait_is_withdrawn (HeraldPageWait *self)
{
  return self->is_withdrawn;
}

/**
 * herald_page_wait_end:
 * @taken_error: (nullable): why it has come to nothing; consumed
 */
void
herald_page_wait_end (HeraldPageWait *self,
                      GError         *taken_error)
{
  herald_page_wait_clear_countdown (self);
  g_clear_error (&self->error);
  self->error = taken_error;
  g_main_loop_quit (self->loop);
}

static void
end_with_sentence (HeraldPageWait *self,
                   const char     *sentence)
{
  GError *error = NULL;

  herald_failure_set_refused (&error, sentence);
  herald_page_wait_end (self, error);
}

static void
end_in_state (HeraldPageWait *self,
              const char     *state)
{
  g_autofree char *problem = dup_property (self, self->kind->problem);
  g_autofree char *sentence = herald_text_clean (problem, PROBLEM_MAX_CHARS);

  herald_page_wait_clear_countdown (self);
  if (self->json)
    print_json_word ("state", *state != '\0' ? state : "withdrawn");

  if (g_str_equal (state, self->kind->granted))
    {
      if (!self->json)
        g_print ("%s\n", _(self->kind->thanks));
      herald_page_wait_end (self, NULL);
    }
  else
    end_with_sentence (self, *sentence != '\0' ? sentence : _(self->kind->withdrawn));
}

/* The page, and what becomes of it */

/* Somebody else on this computer may have asked before: then this is the page of that question. */
static void
tell_page (HeraldPageWait *self,
           const char     *foreign)
{
  g_autofree char *page = herald_text_clean (foreign, PAGE_MAX_CHARS);

  self->has_page = TRUE;
  if (self->json)
    {
      print_json_word ("page", page);
    }
  else if (*page != '\0')
    {
      g_print ("%s\n\n  %s\n\n", _(self->kind->invitation), page);
      fflush (stdout);
    }

  if (self->on_page != NULL)
    self->on_page (self, self->user_data);
  if (self->opens_browser && *page != '\0')
    herald_web_page_open (page);
}

static void
on_properties_changed (GDBusProxy *object,
                       GVariant   *changed,
                       GStrv       invalidated,
                       gpointer    user_data)
{
  HeraldPageWait *self = user_data;
  const char *state = NULL;

  if (self->has_page && !self->is_withdrawn && g_variant_lookup (changed, self->kind->state, "&s", &state) &&
      !g_str_equal (state, "waiting"))
    end_in_state (self, state);
}

static void
on_object_removed (GDBusObjectManager *manager,
                   GDBusObject        *object,
                   gpointer            user_data)
{
  HeraldPageWait *self = user_data;
  g_autofree char *owner = g_dbus_object_manager_client_get_name_owner (G_DBUS_OBJECT_MANAGER_CLIENT (manager));
  GError *error = NULL;

  if (g_strcmp0 (g_dbus_object_get_object_path (object), g_dbus_proxy_get_object_path (self->object)) != 0)
    return;

  if (owner != NULL)
    {
      end_with_sentence (self, _(self->kind->removed));
      return;
    }

  g_set_error_literal (&error, HERALD_FAILURE, HERALD_FAILURE_UNREACHABLE, _("OctoHerald has ended"));
  herald_page_wait_end (self, error);
}

static void
on_page_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  HeraldPageWait *self = user_data;
  GError *cause = NULL;
  GError *error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &cause);
  g_autofree char *state = NULL;
  const char *page = NULL;

  if (answer == NULL)
    {
      herald_failure_take_dbus_error (&error, cause);
      herald_page_wait_end (self, error);
      return;
    }

  g_variant_get (answer, "(&s)", &page);
  tell_page (self, page);
  state = dup_property (self, self->kind->state);
  /* It may have been very quick */
  if (*state != '\0' && !g_str_equal (state, "waiting"))
    end_in_state (self, state);
}

/* Who gives up */

static void
on_cancel_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  HeraldPageWait *self = user_data;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, NULL);

  if (self->json && self->has_page)
    print_json_word ("state", "withdrawn");
  end_with_sentence (self, _(self->kind->withdrawn));
}

/* Who is impatient and interrupts twice does not wait for the service. */
static gboolean
on_interrupt (gpointer user_data)
{
  HeraldPageWait *self = user_data;

  if (self->is_withdrawn)
    {
      end_with_sentence (self, _(self->kind->withdrawn));
      return G_SOURCE_CONTINUE;
    }

  self->is_withdrawn = TRUE;
  herald_page_wait_clear_countdown (self);
  g_dbus_proxy_call (self->object, self->kind->cancel_method, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_cancel_ready, self);

  return G_SOURCE_CONTINUE;
}

static void
print_countdown (HeraldPageWait *self)
{
  g_autofree char *until = dup_property (self, self->kind->until);
  g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601 (until, NULL);
  g_autoptr(GString) line = g_string_new (NULL);
  g_autofree char *left = NULL;
  gint64 left_s;

  if (moment == NULL)
    return;

  left_s = MAX (g_date_time_to_unix (moment) - g_get_real_time () / G_USEC_PER_SEC, 0);
  left = g_strdup_printf ("%d:%02d", (int) (left_s / 60), (int) (left_s % 60));
  g_string_append_printf (line, "\r%s ", _(self->kind->countdown));
  g_string_replace (line, "{time}", left, 1);
  g_print ("%s", line->str);
}

static gboolean
on_second_timeout (gpointer user_data)
{
  HeraldPageWait *self = user_data;

  if (g_get_monotonic_time () - self->started_us > self->kind->limit_s * G_USEC_PER_SEC)
    end_with_sentence (self, _(self->kind->late));
  else if (self->has_page && !self->is_withdrawn && !self->json && herald_output_is_terminal ())
    print_countdown (self);

  return G_SOURCE_CONTINUE;
}

/**
 * herald_page_wait_run:
 *
 * Asks for the page, tells it, and waits until a person has decided there.
 *
 * Returns: whether it was granted; if not, @error is a HERALD_FAILURE
 */
gboolean
herald_page_wait_run (HeraldPageWait  *self,
                      GError         **error)
{
  static const int interrupts[] = { SIGINT, SIGTERM, SIGHUP };
  guint interrupt_ids[G_N_ELEMENTS (interrupts)];
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint second_id = g_timeout_add_seconds (1, on_second_timeout, self);

  self->loop = loop;
  self->started_us = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (interrupts); i++)
    interrupt_ids[i] = g_unix_signal_add (interrupts[i], on_interrupt, self);
  g_signal_connect (self->object, "g-properties-changed", G_CALLBACK (on_properties_changed), self);
  g_signal_connect (self->manager, "object-removed", G_CALLBACK (on_object_removed), self);

  g_dbus_proxy_call (self->object, self->kind->method, NULL, G_DBUS_CALL_FLAGS_NONE, self->kind->call_limit_ms, NULL,
                     on_page_ready, self);
  g_main_loop_run (loop);

  g_signal_handlers_disconnect_by_data (self->object, self);
  g_signal_handlers_disconnect_by_data (self->manager, self);
  for (guint i = 0; i < G_N_ELEMENTS (interrupts); i++)
    g_source_remove (interrupt_ids[i]);
  g_source_remove (second_id);

  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));

  return FALSE;
}
