/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-keeper"

#include "service/actions/demo-keeper.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "service/actions/demo-child.h"

/* The setting of a printer that makes it the demo printer */
#define SETTING "demo"
#define HOST "127.0.0.1"

/* After it has ended by itself: twice as long each time, until it has lived for a minute */
#define PAUSE_MIN_S 1
#define PAUSE_MAX_S 60
#define GOOD_LIFE_US (60 * G_USEC_PER_SEC)

/**
 * HeraldDemoKeeper:
 *
 * Keeps the demo printer alive: a simulated one for people who want to see OctoHerald at work before they connect a real one.
 * While there is a printer with the setting “demo” its program runs; where that listens on another port than before, the
 * printer's address follows.
 */
struct _HeraldDemoKeeper
{
  GObject parent_instance;

  HeraldEngine *engine;
  HeraldDemoChild *child;
  GCancellable *cancellable;
  GPtrArray *additions; /* of GTask: who waits for a demo printer */
  gint64 started_us;
  guint pause_s;
  guint retry_id;
  guint update_id;
};

G_DEFINE_FINAL_TYPE (HeraldDemoKeeper, herald_demo_keeper, G_TYPE_OBJECT)

/* Returns 0 for an address that cannot be that of a demo printer. */
static guint16
get_port (const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_strcmp0 (g_uri_get_host (uri), HOST) != 0 || g_uri_get_port (uri) <= 0)
    return 0;

  return (guint16) g_uri_get_port (uri);
}

/* Somebody may have given a demo printer the address of a real one; that one is left alone. Returns its port, or 0. */
static guint16
get_demo_port (HeraldPrinter *printer)
{
  if (!herald_values_get_boolean (herald_printer_get_settings (printer), SETTING, FALSE))
    return 0;

  return get_port (herald_printer_get_url (printer));
}

/* Returns: (nullable): the demo printer; the engine's list keeps it alive */
static HeraldPrinter *
find_printer (HeraldDemoKeeper *self)
{
  GListModel *printers = herald_engine_get_printers (self->engine);

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);

      if (get_demo_port (printer) > 0)
        return printer;
    }

  return NULL;
}

static void
fail_additions (HeraldDemoKeeper *self,
                const GError     *error)
{
  g_autoptr(GPtrArray) additions = g_steal_pointer (&self->additions);

  self->additions = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < additions->len; i++)
    g_task_return_error (additions->pdata[i], g_error_copy (error));
}

static void
answer_additions (HeraldDemoKeeper *self,
                  const char       *id)
{
  g_autoptr(GPtrArray) additions = g_steal_pointer (&self->additions);

  self->additions = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < additions->len; i++)
    g_task_return_pointer (additions->pdata[i], g_strdup (id), g_free);
}

/* ── The printer ────────────────────────────────────────────────────────── */

static void
on_set_secrets_ready (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(HeraldDemoKeeper) self = HERALD_DEMO_KEEPER (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  HeraldPrinter *printer = NULL;
  gboolean is_kept = herald_engine_set_secrets_finish (HERALD_ENGINE (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  printer = find_printer (self);
  if (is_kept && printer != NULL)
    answer_additions (self, herald_printer_get_id (printer));
  if (is_kept)
    return;

  /* Trying again is no good with one that was left half done. */
  if (self->additions->len > 0 && printer != NULL)
    herald_engine_remove_printer (self->engine, herald_printer_get_id (printer), NULL);
  else
    g_message ("The demo printer was given no key: %s", error->message);
  fail_additions (self, error);
}

static void
give_key (HeraldDemoKeeper *self,
          const char       *id)
{
  g_autoptr(HeraldValues) secrets = herald_values_new ();

  herald_values_set (secrets, "key", herald_demo_child_get_key (self->child));
  herald_engine_set_secrets_async (self->engine, id, secrets, self->cancellable, on_set_secrets_ready, g_object_ref (self));
}

static void
add_printer (HeraldDemoKeeper *self)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;

  herald_values_set (settings, "name", _("Demo Printer"));
  herald_values_set (settings, "url", herald_demo_child_get_url (self->child));
  herald_values_set (settings, SETTING, "true");
  id = herald_engine_add_printer (self->engine, settings, &error);
  if (id != NULL)
    give_key (self, id);
  else
    fail_additions (self, error);
}

static void
on_child_ready (HeraldDemoKeeper *self)
{
  HeraldPrinter *printer = find_printer (self);
  g_autoptr(HeraldValues) changes = NULL;
  const char *url = herald_demo_child_get_url (self->child);
  g_autoptr(GError) error = NULL;

  if (printer == NULL)
    {
      if (self->additions->len > 0)
        add_printer (self);
      return;
    }

  changes = herald_values_new ();
  herald_values_set (changes, "url", url);
  if (get_port (url) == get_demo_port (printer))
    herald_printer_hurry (printer);
  else if (!herald_engine_change_printer (self->engine, herald_printer_get_id (printer), changes, &error))
    g_warning ("The demo printer is at %s now: %s", url, error->message);
  /* One that came with settings from elsewhere has none. */
  give_key (self, herald_printer_get_id (printer));
}

/* ── The program ────────────────────────────────────────────────────────── */

static void update (HeraldDemoKeeper *self);

static gboolean
on_retry_timeout (gpointer user_data)
{
  HeraldDemoKeeper *self = user_data;

  self->retry_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
clear_child (HeraldDemoKeeper *self)
{
  if (self->child != NULL)
    herald_demo_child_stop (self->child);
  g_clear_object (&self->child);
}

static void
pause_before_next (HeraldDemoKeeper *self)
{
  gboolean was_good = self->started_us > 0 && g_get_monotonic_time () - self->started_us > GOOD_LIFE_US;

  self->pause_s = was_good || self->pause_s == 0 ? PAUSE_MIN_S : MIN (self->pause_s * 2, PAUSE_MAX_S);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->retry_id = g_timeout_add_seconds (self->pause_s, on_retry_timeout, self);
}

static void
on_child_ended (HeraldDemoKeeper *self)
{
  g_autoptr(GError) error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                                                 _("The demo printer has ended. Please try again in a moment"));

  g_message ("The demo printer has ended by itself; it is started again");
  clear_child (self);
  pause_before_next (self);
  fail_additions (self, error);
}

/* A port that was taken by somebody else is not asked for again. */
static void
start_child (HeraldDemoKeeper *self)
{
  HeraldPrinter *printer = find_printer (self);
  guint16 port = printer != NULL && self->pause_s <= PAUSE_MIN_S ? get_demo_port (printer) : 0;
  g_autoptr(GError) error = NULL;

  self->started_us = g_get_monotonic_time ();
  self->child = herald_demo_child_start (port, &error);
  if (self->child != NULL)
    {
      g_signal_connect_object (self->child, "ready", G_CALLBACK (on_child_ready), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->child, "ended", G_CALLBACK (on_child_ended), self, G_CONNECT_SWAPPED);
      return;
    }

  if (printer != NULL)
    {
      g_message ("%s", error->message);
      pause_before_next (self);
    }
  fail_additions (self, error);
}

/* What is there fits what is wanted. */
static void
update (HeraldDemoKeeper *self)
{
  gboolean is_wanted = self->additions->len > 0 || find_printer (self) != NULL;

  if (!is_wanted)
    {
      g_clear_handle_id (&self->retry_id, g_source_remove);
      clear_child (self);
      self->pause_s = 0;
    }
  else if (self->child == NULL && (self->retry_id == 0 || self->additions->len > 0))
    {
      g_clear_handle_id (&self->retry_id, g_source_remove);
      start_child (self);
    }
  else if (self->child != NULL && herald_demo_child_get_url (self->child) != NULL && find_printer (self) == NULL)
    {
      add_printer (self);
    }
}

static gboolean
on_update_idle (gpointer user_data)
{
  HeraldDemoKeeper *self = user_data;

  self->update_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* The settings are stored before the printer has them. */
static void
on_printers_changed (HeraldDemoKeeper *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (on_update_idle, self);
}

/* GObject */

static void
herald_demo_keeper_dispose (GObject *object)
{
  HeraldDemoKeeper *self = HERALD_DEMO_KEEPER (object);
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The service ends");

  g_cancellable_cancel (self->cancellable);
  if (self->additions != NULL)
    fail_additions (self, error);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->update_id, g_source_remove);
  clear_child (self);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->additions, g_ptr_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_demo_keeper_parent_class)->dispose (object);
}

static void
herald_demo_keeper_class_init (HeraldDemoKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_demo_keeper_dispose;
}

static void
herald_demo_keeper_init (HeraldDemoKeeper *self)
{
  self->cancellable = g_cancellable_new ();
  self->additions = g_ptr_array_new_with_free_func (g_object_unref);
}

HeraldDemoKeeper *
herald_demo_keeper_new (HeraldEngine *engine)
{
  HeraldDemoKeeper *self = g_object_new (HERALD_TYPE_DEMO_KEEPER, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (herald_engine_get_printers (engine), "items-changed", G_CALLBACK (on_printers_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (herald_engine_get_config (engine), "changed", G_CALLBACK (on_printers_changed), self,
                           G_CONNECT_SWAPPED);
  on_printers_changed (self);

  return self;
}

/**
 * herald_demo_keeper_add_async:
 *
 * Starts the program if need be and adds its printer, unless there is one.
 */
void
herald_demo_keeper_add_async (HeraldDemoKeeper    *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  HeraldPrinter *printer = find_printer (self);

  g_task_set_source_tag (task, herald_demo_keeper_add_async);
  if (printer != NULL)
    {
      g_task_return_pointer (task, g_strdup (herald_printer_get_id (printer)), g_free);
      return;
    }

  g_ptr_array_add (self->additions, g_steal_pointer (&task));
  update (self);
}

/**
 * herald_demo_keeper_add_finish:
 *
 * Returns: (transfer full): the id of the demo printer; %NULL if it cannot be had, with what to do
 */
char *
herald_demo_keeper_add_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
