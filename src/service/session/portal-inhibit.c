/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-portal-inhibit"

#include "service/session/portal-inhibit.h"

#include <glib/gi18n-lib.h>

#include "service/session/keep-awake.h"
#include "service/session/portal-handle.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define CALL_LIMIT_MS 10000

/* xdg-desktop-portal, org.freedesktop.portal.Inhibit: 1 logout, 2 user switch, 4 suspend, 8 idle */
#define FLAG_SUSPEND 4u

/**
 * HeraldPortalInhibit:
 *
 * Asks the Inhibit portal not to let the computer sleep, and takes it back. There is at most one question under way: what
 * has changed meanwhile is looked at when it is answered.
 */
struct _HeraldPortalInhibit
{
  GObject parent_instance;

  HeraldKeepAwake *keep_awake;
  GDBusConnection *connection;
  char *handle; /* NULL unless it holds */
  char *asked;  /* the handle of the question that is under way */
  gboolean is_refused;
};

G_DEFINE_FINAL_TYPE (HeraldPortalInhibit, herald_portal_inhibit, G_TYPE_OBJECT)

static void update (HeraldPortalInhibit *self);

static void
close_request (GDBusConnection *connection,
               const char      *handle)
{
  g_dbus_connection_call (connection, PORTAL_NAME, handle, "org.freedesktop.portal.Request", "Close", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_LIMIT_MS, NULL, NULL, NULL);
}

static void
take_back (HeraldPortalInhibit *self)
{
  if (self->handle != NULL)
    close_request (self->connection, self->handle);
  g_clear_pointer (&self->handle, g_free);
}

/* Not cancelled with the object: nobody would know what to take back. */
static void
on_inhibit_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldPortalInhibit) self = HERALD_PORTAL_INHIBIT (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  g_autofree char *asked = g_steal_pointer (&self->asked);

  if (answer != NULL)
    {
      g_variant_get (answer, "(o)", &self->handle);
    }
  else
    {
      /* A desktop that is slow may do it all the same, when nobody waits for the answer any more. */
      close_request (self->connection, asked);
      g_message ("This desktop does not let us keep the computer awake: %s", error->message);
      self->is_refused = TRUE;
    }
  update (self);
}

static void
ask (HeraldPortalInhibit *self)
{
  g_autofree char *token = herald_portal_handle_make_token ();
  GVariantBuilder options;

  self->asked = herald_portal_handle_make (self->connection, token);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_("A message about your printers waits to be sent.")));
  g_dbus_connection_call (self->connection, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Inhibit", "Inhibit",
                          g_variant_new ("(sua{sv})", "", FLAG_SUSPEND, &options), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, CALL_LIMIT_MS, NULL, on_inhibit_ready, g_object_ref (self));
}

static void
update (HeraldPortalInhibit *self)
{
  gboolean is_needed = self->keep_awake != NULL && herald_keep_awake_is_needed (self->keep_awake);

  if (self->asked != NULL)
    return;

  if (!is_needed)
    {
      self->is_refused = FALSE;
      take_back (self);
    }
  else if (self->handle == NULL && !self->is_refused)
    ask (self);
}

/* GObject */

static void
herald_portal_inhibit_dispose (GObject *object)
{
  HeraldPortalInhibit *self = HERALD_PORTAL_INHIBIT (object);

  g_clear_object (&self->keep_awake);
  take_back (self);

  G_OBJECT_CLASS (herald_portal_inhibit_parent_class)->dispose (object);
}

static void
herald_portal_inhibit_finalize (GObject *object)
{
  /* Only now: a question that is still under way is taken back when it is answered. */
  g_clear_object (&HERALD_PORTAL_INHIBIT (object)->connection);

  G_OBJECT_CLASS (herald_portal_inhibit_parent_class)->finalize (object);
}

static void
herald_portal_inhibit_class_init (HeraldPortalInhibitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_portal_inhibit_dispose;
  object_class->finalize = herald_portal_inhibit_finalize;
}

static void
herald_portal_inhibit_init (HeraldPortalInhibit *self)
{
}

HeraldPortalInhibit *
herald_portal_inhibit_new (HeraldEngine    *engine,
                           GDBusConnection *connection)
{
  HeraldPortalInhibit *self = g_object_new (HERALD_TYPE_PORTAL_INHIBIT, NULL);

  self->connection = g_object_ref (connection);
  self->keep_awake = herald_keep_awake_new (engine);
  g_signal_connect_object (self->keep_awake, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}
