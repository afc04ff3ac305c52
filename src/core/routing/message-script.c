/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-script"

#include "core/routing/message-script.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/sandbox.h"
#include "core/routing/script-process.h"
#include "core/routing/script-words.h"
#include "core/store/settings-text.h"

#define LIMIT_DEFAULT_S 30
#define LIMIT_MAX_S 120

/* No message waits longer than that for what is run around another one of its printer. */
#define PATIENCE_MS (30 * 1000)

static const char *const phase_ids[] = { "before", "after" };

static const char *const path_keys[] = { HERALD_SETTINGS_SCRIPT_BEFORE_KEY, HERALD_SETTINGS_SCRIPT_AFTER_KEY };

/**
 * Run:
 * @lane: of its printer
 * @key: (nullable): the message it belongs to
 * @words: what the script is told
 *
 * One run, while it waits for its turn and while it lasts.
 */
typedef struct
{
  char *lane;
  HeraldScriptPhase phase;
  char *key;
  char *input;
  char **environment;
  guint turn_id;
  GSource *cancelled_source;
} Run;

/**
 * Lane:
 * @name: id of the printer, empty for what concerns none
 * @waiting: (element-type GTask): in the order they came
 * @running: (nullable)
 * @holder: (nullable): the message that is between its two scripts
 *
 * The scripts of one printer run one at a time, and around one message at a time: the light that
 * one message switches off is not to go out while the picture of the next is taken.
 */
typedef struct
{
  HeraldMessageScripts *scripts;
  char *name;
  GQueue waiting;
  GTask *running;
  char *holder;
  guint holder_id;
} Lane;

/**
 * HeraldMessageScripts:
 *
 * Runs what the user has written into the configuration file to be run before and after each
 * message. Nothing else can switch it on, and no script ever keeps a message back.
 */
struct _HeraldMessageScripts
{
  GObject parent_instance;

  HeraldConfig *config;
  guint patience_ms;
  GHashTable *lanes;
};

G_DEFINE_FINAL_TYPE (HeraldMessageScripts, herald_message_scripts, G_TYPE_OBJECT)

static void go_on (Lane *lane);

static void
stop_waiting (Run *run)
{
  g_clear_handle_id (&run->turn_id, g_source_remove);
  if (run->cancelled_source != NULL)
    g_source_destroy (run->cancelled_source);
  g_clear_pointer (&run->cancelled_source, g_source_unref);
}

static void
run_free (Run *run)
{
  stop_waiting (run);
  g_free (run->lane);
  g_free (run->key);
  g_free (run->input);
  g_strfreev (run->environment);
  g_free (run);
}

static void
lane_free (Lane *lane)
{
  g_queue_clear_full (&lane->waiting, g_object_unref);
  g_clear_handle_id (&lane->holder_id, g_source_remove);
  g_free (lane->holder);
  g_free (lane->name);
  g_free (lane);
}

/* Settings */

static HeraldValues *
load_settings (HeraldMessageScripts *self)
{
  return herald_config_dup_section (self->config, HERALD_SETTINGS_GENERAL, NULL);
}

/* Returns: (nullable) (transfer full) */
static char *
dup_path (HeraldMessageScripts *self,
          HeraldScriptPhase     phase)
{
  g_autoptr(HeraldValues) settings = load_settings (self);
  const char *path = herald_values_get (settings, path_keys[phase]);

  /* Whoever is in a sandbox cannot run what is outside of it. */
  if (!herald_values_get_boolean (settings, HERALD_SETTINGS_SCRIPTS_KEY, FALSE) || path == NULL || *path == '\0' ||
      herald_sandbox_is_inside ())
    return NULL;

  return g_strdup (path);
}

static guint
get_limit_s (HeraldMessageScripts *self)
{
  g_autoptr(HeraldValues) settings = load_settings (self);

  return (guint) CLAMP (herald_values_get_int (settings, HERALD_SETTINGS_SCRIPT_SECONDS_KEY, LIMIT_DEFAULT_S), 1,
                        LIMIT_MAX_S);
}

/* Turns */

static Lane *
get_lane (HeraldMessageScripts *self,
          const char           *name)
{
  Lane *lane = g_hash_table_lookup (self->lanes, name);

  if (lane == NULL)
    {
      lane = g_new0 (Lane, 1);
      lane->scripts = self;
      lane->name = g_strdup (name);
      g_queue_init (&lane->waiting);
      g_hash_table_insert (self->lanes, lane->name, lane);
    }

  return lane;
}

static void
let_go (Lane *lane)
{
  g_clear_handle_id (&lane->holder_id, g_source_remove);
  g_clear_pointer (&lane->holder, g_free);
}

/* A message whose sending takes its time, and whose second script may come tomorrow */
static gboolean
on_holder_timeout (gpointer user_data)
{
  Lane *lane = user_data;

  lane->holder_id = 0;
  let_go (lane);
  go_on (lane);

  return G_SOURCE_REMOVE;
}

/* What is run after a message comes first: it makes room. */
static GList *
find_next (Lane *lane)
{
  for (GList *l = lane->waiting.head; l != NULL; l = l->next)
    {
      const Run *run = g_task_get_task_data (l->data);

      if (run->phase == HERALD_SCRIPT_AFTER)
        return l;
    }

  return lane->holder == NULL ? lane->waiting.head : NULL;
}

static void
on_run_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldMessageScripts *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  Lane *lane = get_lane (self, run->lane);
  g_autoptr(GError) error = NULL;
  gboolean done = herald_script_process_run_finish (result, &error);

  lane->running = NULL;
  if (run->phase == HERALD_SCRIPT_AFTER && g_strcmp0 (lane->holder, run->key) == 0)
    let_go (lane);
  if (run->phase == HERALD_SCRIPT_BEFORE && herald_message_scripts_wants (self, HERALD_SCRIPT_AFTER))
    {
      let_go (lane);
      lane->holder = g_strdup (run->key);
      lane->holder_id = g_timeout_add (self->patience_ms, on_holder_timeout, lane);
    }

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("%s", error->message);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  go_on (lane);
}

static void
go_on (Lane *lane)
{
  HeraldMessageScripts *self = lane->scripts;
  GList *next = lane->running == NULL ? find_next (lane) : NULL;
  g_autoptr(GTask) task = NULL;
  g_autofree char *path = NULL;
  Run *run;

  if (next == NULL)
    return;

  task = next->data;
  g_queue_delete_link (&lane->waiting, next);
  run = g_task_get_task_data (task);
  stop_waiting (run);
  path = dup_path (self, run->phase);
  if (path == NULL)
    {
      g_task_return_boolean (task, TRUE);
      go_on (lane);
      return;
    }

  lane->running = task;
  herald_script_process_run_async (path, run->input, (const char *const *) run->environment, get_limit_s (self),
                                   g_task_get_cancellable (task), on_run_ready, g_object_ref (task));
}

static void
leave_queue (GTask *task)
{
  HeraldMessageScripts *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  stop_waiting (run);
  if (g_queue_remove (&get_lane (self, run->lane)->waiting, task))
    g_object_unref (task);
}

static gboolean
on_turn_timeout (gpointer user_data)
{
  g_autoptr(GTask) task = g_object_ref (G_TASK (user_data));
  Run *run = g_task_get_task_data (task);

  run->turn_id = 0;
  leave_queue (task);
  g_message ("A script was left out, because those of the messages before it took too long");
  g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_BUSY,
                           _("The script was left out, because those of the messages before it took too long."));

  return G_SOURCE_REMOVE;
}

static gboolean
on_waiting_cancelled (GCancellable *cancellable,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = g_object_ref (G_TASK (user_data));

  leave_queue (task);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
wait_for_turn (HeraldMessageScripts *self,
               GTask                *task)
{
  Run *run = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  /* Long enough for the message before it to be between its two scripts, and for these themselves */
  run->turn_id = g_timeout_add_full (G_PRIORITY_DEFAULT, self->patience_ms, on_turn_timeout, g_object_ref (task),
                                     g_object_unref);
  if (cancellable != NULL)
    {
      run->cancelled_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (run->cancelled_source, G_SOURCE_FUNC (on_waiting_cancelled), g_object_ref (task),
                             g_object_unref);
      g_source_attach (run->cancelled_source, g_main_context_get_thread_default ());
    }
  g_queue_push_tail (&get_lane (self, run->lane)->waiting, g_object_ref (task));
}

/* GObject */

static void
herald_message_scripts_finalize (GObject *object)
{
  HeraldMessageScripts *self = HERALD_MESSAGE_SCRIPTS (object);

  g_clear_object (&self->config);
  g_clear_pointer (&self->lanes, g_hash_table_unref);

  G_OBJECT_CLASS (herald_message_scripts_parent_class)->finalize (object);
}

static void
herald_message_scripts_class_init (HeraldMessageScriptsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_message_scripts_finalize;
}

static void
herald_message_scripts_init (HeraldMessageScripts *self)
{
  self->patience_ms = PATIENCE_MS;
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) lane_free);
}

HeraldMessageScripts *
herald_message_scripts_new (HeraldConfig *config)
{
  HeraldMessageScripts *self = g_object_new (HERALD_TYPE_MESSAGE_SCRIPTS, NULL);

  self->config = g_object_ref (config);

  return self;
}

/**
 * herald_message_scripts_wants:
 *
 * Returns: whether the user has allowed scripts and named one for @phase
 */
gboolean
herald_message_scripts_wants (HeraldMessageScripts *self,
                              HeraldScriptPhase     phase)
{
  g_autofree char *path = dup_path (self, phase);

  return path != NULL;
}

/**
 * herald_message_scripts_set_patience:
 * @patience_ms: how long a message waits at most for what is run around another one of its printer
 */
void
herald_message_scripts_set_patience (HeraldMessageScripts *self,
                                     guint                 patience_ms)
{
  self->patience_ms = patience_ms;
}

guint
herald_message_scripts_get_limit_ms (HeraldMessageScripts *self)
{
  return self->patience_ms + get_limit_s (self) * 1000 + HERALD_SCRIPT_PROCESS_END_MS;
}

/**
 * herald_message_scripts_run_async:
 * @phase: what herald_message_scripts_wants(); if it does not, nothing is run and all is well
 *
 * Runs the script of @phase. Before a message of a printer it waits until what is to be run after
 * the message before it has run, but not longer than half a minute. Cancelled, it ends the script
 * with everything the script has started.
 */
void
herald_message_scripts_run_async (HeraldMessageScripts *self,
                                  HeraldScriptPhase     phase,
                                  HeraldEvent          *event,
                                  const char           *printer_name,
                                  const char           *title,
                                  const char           *text,
                                  const char *const    *channels,
                                  const char           *picture_path,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  const HeraldScriptWords words = {
    phase_ids[phase], event, printer_name, title, text, channels, picture_path,
  };
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, herald_message_scripts_run_async);
  run->lane = g_strdup (event->printer != NULL ? event->printer : "");
  run->phase = phase;
  run->key = g_strdup (event->dedupe);
  run->input = herald_script_words_make_input (&words);
  run->environment = herald_script_words_make_environment (&words);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  wait_for_turn (self, task);
  go_on (get_lane (self, run->lane));
}

/**
 * herald_message_scripts_run_finish:
 *
 * Returns: %FALSE with a sentence about the script: HERALD_ERROR_SETTINGS if it was refused, failed
 *   or was ended, HERALD_ERROR_BUSY if it never had its turn; or %G_IO_ERROR_CANCELLED
 */
gboolean
herald_message_scripts_run_finish (HeraldMessageScripts  *self,
                                   GAsyncResult          *result,
                                   GError               **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
