/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-card-picture"

#include "window/printers/card-picture.h"

#include <glib/gi18n-lib.h>

#include "window/base/picture-loader.h"
#include "window/printers/picture-window.h"

/* Twice what a card shows, for screens that have two pixels for one */
#define SIDE_MAX 640

/* What is over sooner needs no sign that it goes on. */
#define SIGN_DELAY_MS 500

/**
 * HeraldCardPicture:
 *
 * What the camera sees, renewed gently while somebody can see it; without a camera what the slicer has drawn of the file. Why
 * there is no picture is one quiet sentence in its place.
 */
struct _HeraldCardPicture
{
  AdwBin parent_instance;

  HeraldDBusPrinter1 *printer;
  GCancellable *cancellable;
  gboolean is_loading;
  HeraldPictureKind kind;
  char *file;        /* of which the drawing is */
  guint n_failures;  /* one after the other */
  gint64 next_us;    /* when it is time for the next; 0: now */
  gint64 started_us;

  GtkWidget *button;
  GtkStack *stack;
  GtkWidget *spinner;
  GtkWidget *icon;
  GtkWidget *reason;
  GtkPicture *picture;
};

G_DEFINE_FINAL_TYPE (HeraldCardPicture, herald_card_picture, ADW_TYPE_BIN)

static gboolean
is_printing (HeraldCardPicture *self)
{
  return g_strcmp0 (herald_dbus_printer1_get_state (self->printer), "printing") == 0;
}

static gboolean
is_looked_at (HeraldCardPicture *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && gtk_window_is_active (GTK_WINDOW (root));
}

static void
schedule (HeraldCardPicture *self)
{
  guint wait_ms = herald_picture_loader_get_wait (is_printing (self), is_looked_at (self), self->n_failures);

  self->next_us = self->started_us + (gint64) wait_ms * 1000;
  /* A drawing does not change. */
  if (self->kind == HERALD_PICTURE_OF_FILE && self->n_failures == 0)
    self->next_us = G_MAXINT64;
}

static void
show_texture (HeraldCardPicture *self,
              GdkTexture        *texture)
{
  gboolean is_file = self->kind == HERALD_PICTURE_OF_FILE;

  gtk_picture_set_content_fit (self->picture, is_file ? GTK_CONTENT_FIT_CONTAIN : GTK_CONTENT_FIT_COVER);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child_name (self->stack, "picture");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_file ? _("Picture of the file, show it larger")
                                          : _("Picture of the camera, show it larger"),
                                  -1);
}

/* A picture that was there stays for one failure: a camera that drops one in a hundred should not flicker. */
static void
show_reason (HeraldCardPicture *self,
             const char        *reason)
{
  if (self->n_failures == 1 && gtk_picture_get_paintable (self->picture) != NULL)
    return;

  gtk_picture_set_paintable (self->picture, NULL);
  gtk_stack_set_visible_child_name (self->stack, "none");
  gtk_label_set_text (GTK_LABEL (self->reason), reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *reason != '\0' ? reason : _("No picture yet"), -1);
}

static void
show_spinner (HeraldCardPicture *self,
              gboolean           is_shown)
{
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), is_shown);
  gtk_widget_set_visible (self->spinner, is_shown);
  gtk_widget_set_visible (self->icon, !is_shown);
}

static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HeraldCardPicture) self = HERALD_CARD_PICTURE (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = herald_picture_loader_run_finish (result, &error);
  g_autofree char *reason = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_loading = FALSE;
  show_spinner (self, FALSE);
  self->n_failures = texture != NULL ? 0 : self->n_failures + 1;
  if (texture != NULL)
    show_texture (self, texture);
  else
    {
      reason = herald_picture_loader_dup_reason (error);
      show_reason (self, reason);
    }
  schedule (self);
}

static void
load (HeraldCardPicture *self)
{
  self->is_loading = TRUE;
  self->started_us = g_get_monotonic_time ();
  herald_picture_loader_run_async (self->printer, self->kind, NULL, SIDE_MAX, self->cancellable, on_loaded,
                                   g_object_ref (self));
}

/* What was under way or shown is of something else now. */
static void
begin_anew (HeraldCardPicture *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_loading = FALSE;
  self->n_failures = 0;
  self->next_us = 0;
  show_spinner (self, FALSE);
  show_reason (self, "");
}

static void
on_clicked (HeraldCardPicture *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  herald_picture_window_present (GTK_WINDOW (root), self->printer, self->kind);
}

/* GObject */

static void
herald_card_picture_dispose (GObject *object)
{
  HeraldCardPicture *self = HERALD_CARD_PICTURE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->printer);
  g_clear_pointer (&self->file, g_free);

  G_OBJECT_CLASS (herald_card_picture_parent_class)->dispose (object);
}

static void
herald_card_picture_class_init (HeraldCardPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_card_picture_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/printers/card-picture.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldCardPicture, button);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardPicture, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardPicture, spinner);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardPicture, icon);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardPicture, reason);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardPicture, picture);
}

static void
herald_card_picture_init (HeraldCardPicture *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  show_reason (self, "");
}

void
herald_card_picture_set_printer (HeraldCardPicture  *self,
                                 HeraldDBusPrinter1 *printer)
{
  g_return_if_fail (self->printer == NULL);

  self->printer = g_object_ref (printer);
  herald_card_picture_update (self);
}

gboolean
herald_card_picture_update (HeraldCardPicture *self)
{
  const char *const *cameras = herald_dbus_printer1_get_cameras (self->printer);
  const char *file = herald_dbus_printer1_get_file (self->printer);
  gboolean is_connected = g_strcmp0 (herald_dbus_printer1_get_connection (self->printer), "connected") == 0;
  gboolean has_camera = cameras != NULL && *cameras != NULL;
  HeraldPictureKind kind = has_camera ? HERALD_PICTURE_OF_CAMERA : HERALD_PICTURE_OF_FILE;
  gboolean is_possible = is_connected && (has_camera || (file != NULL && *file != '\0'));

  gtk_widget_set_visible (GTK_WIDGET (self), is_possible);
  if (kind != self->kind || (kind == HERALD_PICTURE_OF_FILE && g_strcmp0 (file, self->file) != 0))
    {
      self->kind = kind;
      g_free (self->file);
      self->file = g_strdup (file);
      begin_anew (self);
    }

  return is_possible;
}

void
herald_card_picture_tick (HeraldCardPicture *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  /* Whoever begins to print or to look waits no longer than that needs. */
  if (self->next_us != 0 && self->next_us != G_MAXINT64)
    schedule (self);
  if (!self->is_loading && now_us >= self->next_us)
    load (self);
  else if (self->is_loading && gtk_picture_get_paintable (self->picture) == NULL &&
           now_us - self->started_us > SIGN_DELAY_MS * 1000 && !gtk_widget_get_visible (self->spinner))
    show_spinner (self, TRUE);
}
