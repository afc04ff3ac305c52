/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-presence-logind"

#include "service/session/presence-logind.h"

#include "core/base/clock.h"

#define NAME "org.freedesktop.login1"
#define PATH "/org/freedesktop/login1"
#define MANAGER "org.freedesktop.login1.Manager"
#define SESSION "org.freedesktop.login1.Session"
#define PROPERTIES "org.freedesktop.DBus.Properties"

/* The session we run in, or else the desktop of our user (systemd: org.freedesktop.login1(5), “GetSession”) */
#define OWN_SESSION "auto"

#define ANSWER_LIMIT_MS 3000

/* Whoever had no time to answer is asked once more. */
#define ASK_AGAIN_S 30

/**
 * HeraldPresenceLogind:
 *
 * Finds the desktop session of this user, also one that begins later, and follows what logind says of it. A session in a
 * terminal or from elsewhere says nothing about who is at this computer.
 */
struct _HeraldPresenceLogind
{
  GObject parent_instance;

  HeraldClock *clock;
  GCancellable *cancellable;
  GCancellable *looking; /* of the question under way */
  GDBusConnection *bus;
  char *session;
  HeraldPresenceClue lock;
  HeraldPresenceClue hint;
  guint name_id;
  guint manager_id;
  guint session_id;
  guint again_id;
  guint n_failures;
};

G_DEFINE_FINAL_TYPE (HeraldPresenceLogind, herald_presence_logind, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
} HeraldPresenceLogindSignal;

static guint signals[SIGNAL_CHANGED + 1];

/* What a session says */

/* Since when, on the clock of this boot, from a moment on the clock on the wall in µs; 0 stays 0 */
static gint64
convert_moment (HeraldPresenceLogind *self,
                guint64               since_us)
{
  gint64 boot_ms = herald_clock_get_boot_ms (self->clock);
  gint64 wall_ms = herald_clock_get_wall_ms (self->clock);
  gint64 ago_ms = wall_ms - (gint64) MIN (since_us / 1000, G_MAXINT64 / 2);

  return since_us == 0 ? 0 : MAX (boot_ms - MAX (ago_ms, 0), 1);
}

/* @since_boot_ms: 0 if nobody says so */
static void
take_clue (HeraldPresenceLogind *self,
           HeraldPresenceClue   *clue,
           gboolean              is_away,
           gint64                since_boot_ms)
{
  gboolean is_new = clue->is_known && clue->is_away != is_away;

  if (since_boot_ms != 0)
    clue->changed_boot_ms = since_boot_ms;
  else if (is_new || (!clue->is_known && is_away))
    clue->changed_boot_ms = herald_clock_get_boot_ms (self->clock);
  clue->is_known = TRUE;
  clue->is_away = is_away;
}

static gboolean
is_desktop (GVariantDict *session)
{
  static const char *const types[] = { "x11", "wayland", "mir", NULL };
  const char *type = "";
  const char *class = "";
  gboolean remote = FALSE;

  g_variant_dict_lookup (session, "Type", "&s", &type);
  g_variant_dict_lookup (session, "Class", "&s", &class);
  g_variant_dict_lookup (session, "Remote", "b", &remote);

  return g_strv_contains (types, type) && g_str_has_prefix (class, "user") && !remote;
}

static void
take_properties (HeraldPresenceLogind *self,
                 GVariantDict         *session)
{
  gboolean locked = FALSE;
  gboolean idle = FALSE;
  gboolean active = TRUE;
  guint64 idle_since_us = 0;

  if (!is_desktop (session))
    {
      self->lock = (HeraldPresenceClue) { 0 };
      self->hint = (HeraldPresenceClue) { 0 };
      return;
    }

  g_variant_dict_lookup (session, "LockedHint", "b", &locked);
  g_variant_dict_lookup (session, "IdleHint", "b", &idle);
  g_variant_dict_lookup (session, "IdleSinceHint", "t", &idle_since_us);
  g_variant_dict_lookup (session, "Active", "b", &active);
  /* Whoever works on another desktop of this computer does not see this one. */
  take_clue (self, &self->lock, locked || !active, 0);
  take_clue (self, &self->hint, idle, convert_moment (self, idle_since_us));
}

static void
forget (HeraldPresenceLogind *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  if (self->session_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->session_id);
  self->session_id = 0;
  g_clear_handle_id (&self->again_id, g_source_remove);
  self->n_failures = 0;
  g_clear_pointer (&self->session, g_free);
  self->lock = (HeraldPresenceClue) { 0 };
  self->hint = (HeraldPresenceClue) { 0 };
}

static void look_at_session (HeraldPresenceLogind *self);
static void find_session (HeraldPresenceLogind *self);

static gboolean
on_again_timeout (gpointer user_data)
{
  HeraldPresenceLogind *self = user_data;

  self->again_id = 0;
  if (self->session != NULL)
    look_at_session (self);
  else
    find_session (self);

  return G_SOURCE_REMOVE;
}

static void
ask_again (HeraldPresenceLogind *self)
{
  if (self->n_failures++ == 0 && self->again_id == 0)
    self->again_id = g_timeout_add_seconds (ASK_AGAIN_S, on_again_timeout, self);
}

static void
on_properties_ready (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(HeraldPresenceLogind) self = HERALD_PRESENCE_LOGIND (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr(GVariant) properties = NULL;
  g_autoptr(GVariantDict) session = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (answer != NULL)
    {
      self->n_failures = 0;
      properties = g_variant_get_child_value (answer, 0);
      session = g_variant_dict_new (properties);
      take_properties (self, session);
    }
  else
    {
      g_debug ("The session says nothing: %s", error->message);
      /* It still tells what changes. */
      self->lock = (HeraldPresenceClue) { 0 };
      self->hint = (HeraldPresenceClue) { 0 };
      ask_again (self);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The newest question is the one that counts. */
static void
look_at_session (HeraldPresenceLogind *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  g_dbus_connection_call (self->bus, NAME, self->session, PROPERTIES, "GetAll", g_variant_new ("(s)", SESSION),
                          G_VARIANT_TYPE ("(a{sv})"), G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_LIMIT_MS, self->looking,
                          on_properties_ready, g_object_ref (self));
}

static void
on_session_changed (GDBusConnection *bus,
                    const char      *sender,
                    const char      *path,
                    const char      *interface,
                    const char      *signal,
                    GVariant        *parameters,
                    gpointer         user_data)
{
  look_at_session (HERALD_PRESENCE_LOGIND (user_data));
}

/* Which session it is */

static void
on_session_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldPresenceLogind) self = HERALD_PRESENCE_LOGIND (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *path = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    {
      ask_again (self);
      return;
    }
  if (answer != NULL)
    g_variant_get (answer, "(&o)", &path);
  if (path != NULL && g_strcmp0 (path, self->session) == 0)
    return;

  forget (self);
  if (path == NULL)
    {
      g_debug ("There is no session: %s", error->message);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      return;
    }

  self->session = g_strdup (path);
  self->session_id =
    g_dbus_connection_signal_subscribe (self->bus, NAME, PROPERTIES, "PropertiesChanged", self->session, SESSION,
                                        G_DBUS_SIGNAL_FLAGS_NONE, on_session_changed, self, NULL);
  look_at_session (self);
}

static void
find_session (HeraldPresenceLogind *self)
{
  g_dbus_connection_call (self->bus, NAME, PATH, MANAGER, "GetSession", g_variant_new ("(s)", OWN_SESSION),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_LIMIT_MS, self->cancellable,
                          on_session_ready, g_object_ref (self));
}

static void
on_sessions_changed (GDBusConnection *bus,
                     const char      *sender,
                     const char      *path,
                     const char      *interface,
                     const char      *signal,
                     GVariant        *parameters,
                     gpointer         user_data)
{
  if (g_str_has_prefix (signal, "Session"))
    find_session (HERALD_PRESENCE_LOGIND (user_data));
}

static void
on_name_appeared (GDBusConnection *bus,
                  const char      *name,
                  const char      *owner,
                  gpointer         user_data)
{
  find_session (HERALD_PRESENCE_LOGIND (user_data));
}

static void
on_name_vanished (GDBusConnection *bus,
                  const char      *name,
                  gpointer         user_data)
{
  HeraldPresenceLogind *self = HERALD_PRESENCE_LOGIND (user_data);

  forget (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_bus_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(HeraldPresenceLogind) self = HERALD_PRESENCE_LOGIND (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL)
    return;
  if (bus == NULL)
    {
      g_debug ("There is no system bus: %s", error->message);
      return;
    }

  /* Whoever comes first to the shared connection must say so, or GLib ends us with the bus */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  self->bus = g_steal_pointer (&bus);
  self->manager_id = g_dbus_connection_signal_subscribe (self->bus, NAME, MANAGER, NULL, PATH, NULL,
                                                         G_DBUS_SIGNAL_FLAGS_NONE, on_sessions_changed, self, NULL);
  self->name_id = g_bus_watch_name_on_connection (self->bus, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_name_appeared,
                                                  on_name_vanished, self, NULL);
}

/* GObject */

static void
herald_presence_logind_dispose (GObject *object)
{
  HeraldPresenceLogind *self = HERALD_PRESENCE_LOGIND (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  forget (self);
  g_clear_handle_id (&self->name_id, g_bus_unwatch_name);
  if (self->manager_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->manager_id);
  self->manager_id = 0;
  g_clear_object (&self->bus);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (herald_presence_logind_parent_class)->dispose (object);
}

static void
herald_presence_logind_class_init (HeraldPresenceLogindClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_presence_logind_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
herald_presence_logind_init (HeraldPresenceLogind *self)
{
  self->clock = herald_clock_new ();
  self->cancellable = g_cancellable_new ();
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_bus_ready, g_object_ref (self));
}

HeraldPresenceLogind *
herald_presence_logind_new (void)
{
  return g_object_new (HERALD_TYPE_PRESENCE_LOGIND, NULL);
}

/**
 * herald_presence_logind_get_clues:
 * @clues: (inout): gets the lock and the hint
 */
void
herald_presence_logind_get_clues (HeraldPresenceLogind *self,
                                  HeraldPresenceClues  *clues)
{
  clues->lock = self->lock;
  clues->hint = self->hint;
}
