/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-launcher"

#include "service/actions/launcher.h"

#include <glib/gi18n-lib.h>

#include "service/bus/names.h"
#include "service/actions/opener.h"
#include "service/actions/picture-folder.h"
#include "service/actions/program-start.h"
#include "service/notifications/plain-notice.h"

#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"

/* The window program; on the bus it is what the service is, without “.Service” (Desktop Entry Specification 1.5, “D-Bus
 * Activation”) */
#define WINDOW_PROGRAM "octoherald"
#define WINDOW_NAME "io.github.octoherald.OctoHerald"
#define WINDOW_INTERFACE "org.freedesktop.Application"

#define BUS_ANSWER_LIMIT_MS (10 * 1000)
/* A program with a window starts slowly on a slow computer; nobody waits longer for what he has clicked. */
#define START_LIMIT_MS (60 * 1000)

/**
 * HeraldLauncher:
 *
 * Opens windows, pages and pictures: our window over the bus, which starts it if need be, everything else with the program
 * the user has chosen for it. It tells what went wrong, as nobody waits for an answer.
 */
struct _HeraldLauncher
{
  GObject parent_instance;

  GDBusConnection *connection;
  GCancellable *cancellable;
  guint services_id;
  gboolean is_activatable;
  gboolean is_installed;
};

G_DEFINE_FINAL_TYPE (HeraldLauncher, herald_launcher, G_TYPE_OBJECT)

typedef enum
{
  PROP_HAS_WINDOW = 1,
} HeraldLauncherProperty;

static GParamSpec *properties[PROP_HAS_WINDOW + 1];

/* A wish to see the window; @action is %NULL for just that */
typedef struct
{
  HeraldLauncher *self;
  const char *action;
  char *parameter;
  char *token;
  guint watch_id;
  guint limit_id;
} WindowWish;

static void
window_wish_free (WindowWish *wish)
{
  g_clear_handle_id (&wish->watch_id, g_bus_unwatch_name);
  g_clear_handle_id (&wish->limit_id, g_source_remove);
  g_object_unref (wish->self);
  g_free (wish->parameter);
  g_free (wish->token);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WindowWish, window_wish_free)

/* Returns: (transfer full) (nullable): not in the PATH of a service, as a rule, but beside it */
static char *
find_program (void)
{
  g_autofree char *installed = g_build_filename (HERALD_BIN_DIR, WINDOW_PROGRAM, NULL);

  if (g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&installed);

  return g_find_program_in_path (WINDOW_PROGRAM);
}

static void
set_found (HeraldLauncher *self,
           gboolean        is_activatable)
{
  g_autofree char *program = find_program ();
  gboolean before = herald_launcher_has_window (self);

  self->is_activatable = is_activatable;
  self->is_installed = program != NULL;
  if (herald_launcher_has_window (self) != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_WINDOW]);
}

static void
on_names_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldLauncher) self = HERALD_LAUNCHER (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree const char **names = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (answer != NULL)
    g_variant_get (answer, "(^a&s)", &names);
  set_found (self, names != NULL && g_strv_contains (names, WINDOW_NAME));
}

static void
look_for_window (HeraldLauncher *self)
{
  g_dbus_connection_call (self->connection, BUS_NAME, BUS_PATH, BUS_NAME, "ListActivatableNames", NULL,
                          G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, BUS_ANSWER_LIMIT_MS, self->cancellable,
                          on_names_ready, g_object_ref (self));
}

static void
on_services_changed (GDBusConnection *connection,
                     const char      *sender,
                     const char      *path,
                     const char      *interface,
                     const char      *signal,
                     GVariant        *parameters,
                     gpointer         user_data)
{
  look_for_window (HERALD_LAUNCHER (user_data));
}

/* The window */

static void call_window (WindowWish        *taken_wish,
                         GDBusCallFlags     flags);

static void
tell_no_window (void)
{
  herald_plain_notice_tell (_("OctoHerald could not be opened"),
                            _("Its window did not start. Everything else goes on as before."));
}

static void
on_window_appeared (GDBusConnection *connection,
                    const char      *name,
                    const char      *owner,
                    gpointer         user_data)
{
  call_window (user_data, G_DBUS_CALL_FLAGS_NO_AUTO_START);
}

static gboolean
on_window_limit_timeout (gpointer user_data)
{
  g_autoptr(WindowWish) wish = user_data;

  wish->limit_id = 0;
  tell_no_window ();

  return G_SOURCE_REMOVE;
}

static void
on_window_started (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(WindowWish) wish = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;

  if (!herald_program_start_finish (result, &error))
    {
      g_message ("The window does not start: %s", error->message);
      tell_no_window ();
      return;
    }
  if (wish->self->connection == NULL)
    return;

  wish->limit_id = g_timeout_add (START_LIMIT_MS, on_window_limit_timeout, wish);
  wish->watch_id = g_bus_watch_name_on_connection (wish->self->connection, WINDOW_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                   on_window_appeared, NULL, wish, NULL);
  g_steal_pointer (&wish);
}

/* Where the bus does not know how to start it. What it is to show is told when it is there. */
static void
start_window (WindowWish *taken_wish)
{
  g_autoptr(WindowWish) wish = taken_wish;
  g_autofree char *program = find_program ();
  const char *const words[] = { program, NULL };

  if (program == NULL || wish->self->connection == NULL)
    {
      g_message ("The window is not installed");
      tell_no_window ();
      return;
    }

  herald_program_start_async (wish->self->connection, HERALD_PROGRAM_STAYS, words, wish->token, on_window_started, wish);
  g_steal_pointer (&wish);
}

static void
on_window_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(WindowWish) wish = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_debug ("The window does not answer: %s", error->message);
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    start_window (g_steal_pointer (&wish));
  else
    tell_no_window ();
}

static void
call_window (WindowWish     *taken_wish,
             GDBusCallFlags  flags)
{
  HeraldLauncher *self = taken_wish->self;
  GVariantBuilder platform;
  GVariantBuilder parameters;

  g_clear_handle_id (&taken_wish->watch_id, g_bus_unwatch_name);
  g_clear_handle_id (&taken_wish->limit_id, g_source_remove);

  g_variant_builder_init (&platform, G_VARIANT_TYPE_VARDICT);
  if (taken_wish->token != NULL && *taken_wish->token != '\0')
    {
      g_variant_builder_add (&platform, "{sv}", "activation-token", g_variant_new_string (taken_wish->token));
      g_variant_builder_add (&platform, "{sv}", "desktop-startup-id", g_variant_new_string (taken_wish->token));
    }
  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  if (taken_wish->parameter != NULL)
    g_variant_builder_add (&parameters, "v", g_variant_new_string (taken_wish->parameter));

  g_dbus_connection_call (self->connection, WINDOW_NAME, HERALD_OBJECT_PATH, WINDOW_INTERFACE,
                          taken_wish->action != NULL ? "ActivateAction" : "Activate",
                          taken_wish->action != NULL
                            ? g_variant_new ("(sava{sv})", taken_wish->action, &parameters, &platform)
                            : g_variant_new ("(a{sv})", &platform),
                          NULL, flags, START_LIMIT_MS, self->cancellable, on_window_ready, taken_wish);
  if (taken_wish->action == NULL)
    g_variant_builder_clear (&parameters);
}

static gboolean
is_page (const char *uri)
{
  g_autoptr(GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);

  if (parsed == NULL || g_uri_get_host (parsed) == NULL || *g_uri_get_host (parsed) == '\0')
    return FALSE;

  /* A scheme is in lower case once it is parsed (RFC 3986, 6.2.2.1). */
  return g_str_equal (g_uri_get_scheme (parsed), "http") || g_str_equal (g_uri_get_scheme (parsed), "https");
}

/* GObject */

static void
herald_launcher_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_HAS_WINDOW)
    g_value_set_boolean (value, herald_launcher_has_window (HERALD_LAUNCHER (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
herald_launcher_dispose (GObject *object)
{
  HeraldLauncher *self = HERALD_LAUNCHER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->services_id != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->services_id);
  self->services_id = 0;
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (herald_launcher_parent_class)->dispose (object);
}

static void
herald_launcher_finalize (GObject *object)
{
  g_clear_object (&HERALD_LAUNCHER (object)->cancellable);

  G_OBJECT_CLASS (herald_launcher_parent_class)->finalize (object);
}

static void
herald_launcher_class_init (HeraldLauncherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_launcher_get_property;
  object_class->dispose = herald_launcher_dispose;
  object_class->finalize = herald_launcher_finalize;

  properties[PROP_HAS_WINDOW] = g_param_spec_boolean ("has-window", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
herald_launcher_init (HeraldLauncher *self)
{
  self->cancellable = g_cancellable_new ();
}

HeraldLauncher *
herald_launcher_new (GDBusConnection *connection)
{
  HeraldLauncher *self = g_object_new (HERALD_TYPE_LAUNCHER, NULL);

  self->connection = g_object_ref (connection);
  self->services_id = g_dbus_connection_signal_subscribe (connection, BUS_NAME, BUS_NAME, "ActivatableServicesChanged",
                                                          BUS_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_services_changed,
                                                          self, NULL);
  set_found (self, FALSE);
  look_for_window (self);

  return self;
}

gboolean
herald_launcher_has_window (HeraldLauncher *self)
{
  return self->is_activatable || self->is_installed;
}

void
herald_launcher_open_window (HeraldLauncher *self,
                             const char     *page,
                             const char     *printer,
                             const char     *token)
{
  WindowWish *wish = g_new0 (WindowWish, 1);

  wish->self = g_object_ref (self);
  wish->action = printer != NULL ? "show-printer" : page != NULL ? "show-page" : NULL;
  wish->parameter = g_strdup (printer != NULL ? printer : page);
  wish->token = g_strdup (token);
  call_window (wish, G_DBUS_CALL_FLAGS_NONE);
}

void
herald_launcher_open_page (HeraldLauncher *self,
                           const char     *uri,
                           const char     *token)
{
  g_autofree char *text = g_strdup_printf (_("No program on this computer opens web pages. The address is %s"), uri);

  if (is_page (uri))
    herald_opener_open (self->connection, uri, token, _("The page could not be opened"), text);
  else
    herald_plain_notice_tell (_("The page could not be opened"), _("Its address is not that of a web page."));
}

void
herald_launcher_open_picture (HeraldLauncher *self,
                              GBytes         *picture,
                              const char     *type,
                              const char     *token)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = herald_picture_folder_keep (picture, type, &error);
  g_autofree char *uri = NULL;
  g_autofree char *text = NULL;

  if (path == NULL)
    {
      herald_plain_notice_tell (_("The picture could not be shown"), error->message);
      return;
    }

  uri = g_filename_to_uri (path, NULL, NULL);
  text = g_strdup_printf (_("No program on this computer shows pictures. It is in the file %s"), path);
  herald_opener_open (self->connection, uri, token, _("The picture could not be shown"), text);
}
