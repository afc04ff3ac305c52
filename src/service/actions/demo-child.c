/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-child"

#include "service/actions/demo-child.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"

#define PROGRAM "octoherald-demo"

/* It takes a few milliseconds; a computer that is very busy takes some seconds. */
#define READY_LIMIT_S 20

/* Long enough to look at it, short enough to see the end, and quiet enough to live with for a while. */
#define PRINT_SECONDS "180"
#define REST_SECONDS "60"

/**
 * HeraldDemoChild:
 *
 * The program octoherald-demo as a child of ours, with one printer that prints a small job over and over on the loopback. It
 * ends with this object, and with the service, however that ends.
 */
struct _HeraldDemoChild
{
  GObject parent_instance;

  GSubprocess *process;
  GDataInputStream *lines;
  GCancellable *cancellable;
  char *url; /* NULL until it is ready */
  char *key;
  guint limit_id;
};

G_DEFINE_FINAL_TYPE (HeraldDemoChild, herald_demo_child, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_READY,
  SIGNAL_ENDED,
  N_SIGNALS,
} HeraldDemoChildSignal;

static guint signals[N_SIGNALS];

/* Returns: (transfer full) (nullable): beside the service where both were built, else where it is installed. Tests say where. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : ".");
  g_autofree char *beside = g_build_filename (folder, PROGRAM, NULL);
  g_autofree char *built = g_build_filename (folder, "..", "demo", PROGRAM, NULL);
  g_autofree char *installed = g_build_filename (HERALD_BIN_DIR, PROGRAM, NULL);
  const char *const paths[] = { g_getenv ("OCTOHERALD_DEMO"), beside, built, installed };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      if (paths[i] != NULL && g_file_test (paths[i], G_FILE_TEST_IS_EXECUTABLE))
        return g_strdup (paths[i]);
    }

  return g_find_program_in_path (PROGRAM);
}

/* In the child, where hardly anything is allowed. A service that is killed takes it along. */
static void
end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static GSubprocess *
spawn (guint16   port,
       GError  **error)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *program = find_program ();
  g_autofree char *port_word = g_strdup_printf ("%u", port);
  g_autoptr(GError) cause = NULL;
  GSubprocess *process = NULL;

  if (program == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("The demo printer is not installed on this computer. Please install all of OctoHerald"));
      return NULL;
    }

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  process = g_subprocess_launcher_spawn (launcher, &cause, program, "--printers=1", "--bare", "--json", "--port", port_word,
                                         "--print-seconds=" PRINT_SECONDS, "--rest-seconds=" REST_SECONDS, NULL);
  if (process == NULL)
    {
      g_debug ("%s: %s", program, cause->message);
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                           _("The demo printer cannot be started. Please install OctoHerald again"));
    }

  return process;
}

static void
end (HeraldDemoChild *self)
{
  g_autoptr(HeraldDemoChild) kept = g_object_ref (self);

  g_clear_handle_id (&self->limit_id, g_source_remove);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  g_cancellable_cancel (self->cancellable);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

static void
take_line (HeraldDemoChild *self,
           const char      *line,
           gsize            length)
{
  g_autoptr(JsonNode) node = herald_json_parse (line, length, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *url = NULL;
  const char *key = NULL;

  if (self->url != NULL || object == NULL || !herald_json_get_string (object, "url", &url) ||
      !herald_json_get_string (object, "key", &key))
    return;

  g_clear_handle_id (&self->limit_id, g_source_remove);
  self->url = g_strdup (url);
  self->key = g_strdup (key);
  g_signal_emit (self, signals[SIGNAL_READY], 0);
}

static void read_next_line (HeraldDemoChild *self);

/* It tells of each print; nobody listens, but a pipe that nobody empties would stop it. */
static void
on_line_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldDemoChild) self = HERALD_DEMO_CHILD (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  gsize length = 0;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, &length, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (line == NULL)
    {
      end (self);
      return;
    }

  take_line (self, line, length);
  read_next_line (self);
}

static void
read_next_line (HeraldDemoChild *self)
{
  if (!g_cancellable_is_cancelled (self->cancellable))
    g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, self->cancellable, on_line_ready,
                                         g_object_ref (self));
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  HeraldDemoChild *self = user_data;

  self->limit_id = 0;
  end (self);

  return G_SOURCE_REMOVE;
}

/* GObject */

static void
herald_demo_child_dispose (GObject *object)
{
  HeraldDemoChild *self = HERALD_DEMO_CHILD (object);

  herald_demo_child_stop (self);
  g_clear_object (&self->process);
  g_clear_object (&self->lines);

  G_OBJECT_CLASS (herald_demo_child_parent_class)->dispose (object);
}

static void
herald_demo_child_finalize (GObject *object)
{
  HeraldDemoChild *self = HERALD_DEMO_CHILD (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->key, g_free);

  G_OBJECT_CLASS (herald_demo_child_parent_class)->finalize (object);
}

static void
herald_demo_child_class_init (HeraldDemoChildClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = herald_demo_child_dispose;
  object_class->finalize = herald_demo_child_finalize;

  signals[SIGNAL_READY] = g_signal_new ("ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_demo_child_init (HeraldDemoChild *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * herald_demo_child_start:
 * @port: where it is to listen; 0 for any
 *
 * Returns: (transfer full): it, which tells when it is ready; %NULL if there is no such program
 */
HeraldDemoChild *
herald_demo_child_start (guint16   port,
                         GError  **error)
{
  GSubprocess *process = spawn (port, error);
  HeraldDemoChild *self = NULL;

  if (process == NULL)
    return NULL;

  self = g_object_new (HERALD_TYPE_DEMO_CHILD, NULL);
  self->process = process;
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  self->limit_id = g_timeout_add_seconds (READY_LIMIT_S, on_limit_timeout, self);
  read_next_line (self);

  return self;
}

void
herald_demo_child_stop (HeraldDemoChild *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  /* What it has is on the loopback and in its memory: nothing is lost. */
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
}

/**
 * herald_demo_child_get_url:
 *
 * Returns: (nullable): where it is; %NULL while it is not ready
 */
const char *
herald_demo_child_get_url (HeraldDemoChild *self)
{
  return self->url;
}

const char *
herald_demo_child_get_key (HeraldDemoChild *self)
{
  return self->key;
}
