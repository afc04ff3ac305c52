/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-keyring-row"

#include "window/accounts/keyring-row.h"

#include <glib/gi18n-lib.h>

#include "window/base/busy-button.h"
#include "window/base/failure.h"

/* Whoever is asked for the password has two minutes. */
#define UNLOCK_LIMIT_MS 140000

/**
 * HeraldKeyringRow:
 *
 * Says that passwords cannot be read or kept, and why. A locked keyring is unlocked from here; the window that asks for the
 * password is the keyring’s own.
 */
struct _HeraldKeyringRow
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  HeraldDBusService1 *service; /* whose properties we follow; NULL until there was one */
  GCancellable *cancellable;

  GtkLabel *title;
  GtkLabel *text;
  HeraldBusyButton *button;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (HeraldKeyringRow, herald_keyring_row, ADW_TYPE_BIN)

static const struct
{
  const char *state;
  const char *title;
  const char *text;
} conditions[] = {
  { "locked", N_("The Keyring Is Locked"),
    N_("Your passwords are in it. Until it is unlocked nothing that needs one is sent; it is sent afterwards.") },
  { "absent", N_("There Is No Keyring"),
    N_("Nothing on this computer can keep passwords. Please install a keyring, for example GNOME Keyring, then log out and in "
       "again.") },
  { "silent", N_("The Keyring Does Not Answer"),
    N_("Your passwords cannot be read at the moment. Please log out and in again if that goes on.") },
};

static void
say_problem (HeraldKeyringRow *self,
             const char       *sentence)
{
  gtk_label_set_text (self->problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *sentence != '\0');
}

static void
update (HeraldKeyringRow *self)
{
  const char *state = self->service != NULL ? herald_dbus_service1_get_keyring (self->service) : NULL;
  guint i = 0;

  while (i < G_N_ELEMENTS (conditions) && g_strcmp0 (conditions[i].state, state) != 0)
    i++;
  gtk_widget_set_visible (GTK_WIDGET (self), i < G_N_ELEMENTS (conditions));
  if (i == G_N_ELEMENTS (conditions))
    {
      say_problem (self, "");
      return;
    }

  gtk_label_set_text (self->title, _(conditions[i].title));
  gtk_label_set_text (self->text, _(conditions[i].text));
  gtk_widget_set_visible (GTK_WIDGET (self->button), g_str_equal (state, "locked"));
}

static void
on_state_changed (HeraldKeyringRow *self)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);

  if (self->service == NULL && service != NULL)
    {
      self->service = g_object_ref (service);
      g_signal_connect_object (service, "notify::keyring", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
on_unlock_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldKeyringRow) self = HERALD_KEYRING_ROW (user_data);
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;

  answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  herald_busy_button_set_busy (self->button, FALSE);
  sentence = error != NULL ? herald_failure_dup_sentence (error) : g_strdup ("");
  say_problem (self, sentence);
  update (self);
}

static void
on_clicked (HeraldKeyringRow *self)
{
  herald_busy_button_set_busy (self->button, TRUE);
  say_problem (self, "");
  g_dbus_proxy_call (G_DBUS_PROXY (self->service), "UnlockKeyring", NULL, G_DBUS_CALL_FLAGS_NONE, UNLOCK_LIMIT_MS,
                     self->cancellable, on_unlock_ready, g_object_ref (self));
}

/* GObject */

static void
herald_keyring_row_dispose (GObject *object)
{
  HeraldKeyringRow *self = HERALD_KEYRING_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->service);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_keyring_row_parent_class)->dispose (object);
}

static void
herald_keyring_row_class_init (HeraldKeyringRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_keyring_row_dispose;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/accounts/keyring-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldKeyringRow, title);
  gtk_widget_class_bind_template_child (widget_class, HeraldKeyringRow, text);
  gtk_widget_class_bind_template_child (widget_class, HeraldKeyringRow, button);
  gtk_widget_class_bind_template_child (widget_class, HeraldKeyringRow, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
herald_keyring_row_init (HeraldKeyringRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
herald_keyring_row_new (HeraldServiceLink *link)
{
  HeraldKeyringRow *self = g_object_new (HERALD_TYPE_KEYRING_ROW, NULL);

  self->link = g_object_ref (link);
  g_signal_connect_object (link, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  on_state_changed (self);

  return GTK_WIDGET (self);
}
