/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-attempts"

#include "window/history/history-attempts.h"

#include <glib/gi18n-lib.h>

#include "core/base/attempt-words.h"
#include "window/base/human.h"

/**
 * HeraldHistoryAttempts:
 *
 * How a message was tried: when, how far it came, and what the other side said. Not there if it never was.
 */
struct _HeraldHistoryAttempts
{
  AdwBin parent_instance;

  GCancellable *cancellable;
  GVariant *shown;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryAttempts, herald_history_attempts, ADW_TYPE_BIN)

static GtkWidget *
make_row (GVariant *attempt)
{
  g_autofree char *result = herald_attempt_words_dup_result (attempt);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *moment = NULL;
  const char *started = "";
  GtkWidget *row = adw_action_row_new ();

  g_variant_lookup (attempt, "started", "&s", &started);
  moment = herald_human_format_moment (started, now);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), moment);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), result);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);

  return row;
}

static void
show_attempts (HeraldHistoryAttempts *self,
               GVariant              *attempts)
{
  gsize n_attempts = g_variant_n_children (attempts);
  g_autofree char *title = NULL;
  GtkWidget *expander;

  gtk_widget_set_visible (GTK_WIDGET (self), n_attempts > 0);
  if (n_attempts == 0)
    return;

  expander = adw_expander_row_new ();
  title = g_strdup_printf (ngettext ("Tried Once", "Tried %d Times", n_attempts), (int) n_attempts);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  for (gsize i = 0; i < n_attempts; i++)
    {
      g_autoptr(GVariant) attempt = g_variant_get_child_value (attempts, i);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_row (attempt));
    }
  /* What went wrong is why somebody is here. */
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), n_attempts <= 3);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (adw_bin_get_child (ADW_BIN (self))), expander);
}

static void
on_list_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldHistoryAttempts) self = HERALD_HISTORY_ATTEMPTS (user_data);
  g_autoptr(GVariant) attempts = NULL;
  g_autoptr(GError) error = NULL;

  if (!herald_dbus_service1_call_list_attempts_finish (HERALD_DBUS_SERVICE1 (object), &attempts, result, &error))
    {
      g_debug ("No attempts: %s", error->message);
      return;
    }
  if (self->shown != NULL && g_variant_equal (self->shown, attempts))
    return;

  g_clear_pointer (&self->shown, g_variant_unref);
  self->shown = g_variant_ref (attempts);
  adw_bin_set_child (ADW_BIN (self), adw_preferences_group_new ());
  show_attempts (self, attempts);
}

/* GObject */

static void
herald_history_attempts_dispose (GObject *object)
{
  HeraldHistoryAttempts *self = HERALD_HISTORY_ATTEMPTS (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->shown, g_variant_unref);

  G_OBJECT_CLASS (herald_history_attempts_parent_class)->dispose (object);
}

static void
herald_history_attempts_class_init (HeraldHistoryAttemptsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_history_attempts_dispose;
}

static void
herald_history_attempts_init (HeraldHistoryAttempts *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
herald_history_attempts_load (HeraldHistoryAttempts *self,
                              HeraldDBusService1    *service,
                              gint64                 id)
{
  if (service == NULL)
    return;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  herald_dbus_service1_call_list_attempts (service, id, self->cancellable, on_list_ready, g_object_ref (self));
}
