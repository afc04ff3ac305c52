/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-picture-window"

#include "window/printers/picture-window.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/base/busy-button.h"
#include "window/base/transient.h"

/* A screen has no more. */
#define SIDE_MAX 2048
#define NAME_MAX_CHARS 200

/**
 * HeraldPictureWindow:
 *
 * A picture of a printer as large as there is room for. It is fetched when somebody asks for it, from the camera that was
 * chosen, and never by itself.
 */
struct _HeraldPictureWindow
{
  AdwWindow parent_instance;

  HeraldDBusPrinter1 *printer;
  HeraldPictureKind kind;
  GCancellable *cancellable;

  AdwWindowTitle *title;
  HeraldBusyButton *refresh;
  GtkDropDown *cameras;
  GtkStack *stack;
  AdwStatusPage *none;
  GtkPicture *picture;
};

G_DEFINE_FINAL_TYPE (HeraldPictureWindow, herald_picture_window, ADW_TYPE_WINDOW)

static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HeraldPictureWindow) self = HERALD_PICTURE_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = herald_picture_loader_run_finish (result, &error);
  g_autofree char *reason = NULL;
  g_autofree char *escaped = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  herald_busy_button_set_busy (self->refresh, FALSE);
  if (texture != NULL)
    gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  else
    {
      reason = herald_picture_loader_dup_reason (error);
      /* A status page reads markup. */
      escaped = g_markup_escape_text (reason, -1);
      adw_status_page_set_description (self->none, escaped);
    }
  gtk_stack_set_visible_child_name (self->stack, texture != NULL ? "picture" : "none");
}

/* (transfer full) (nullable): the name of the one that was chosen */
static char *
dup_camera (HeraldPictureWindow *self)
{
  const char *const *cameras = herald_dbus_printer1_get_cameras (self->printer);
  guint chosen = gtk_drop_down_get_selected (self->cameras);

  return cameras != NULL && chosen < g_strv_length ((char **) cameras) ? g_strdup (cameras[chosen]) : NULL;
}

static void
load (HeraldPictureWindow *self)
{
  g_autofree char *camera = dup_camera (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  herald_busy_button_set_busy (self->refresh, TRUE);
  if (gtk_picture_get_paintable (self->picture) == NULL)
    gtk_stack_set_visible_child_name (self->stack, "wait");
  herald_picture_loader_run_async (self->printer, self->kind, camera, SIDE_MAX, self->cancellable, on_loaded,
                                   g_object_ref (self));
}

static void
on_camera_chosen (HeraldPictureWindow *self)
{
  gtk_picture_set_paintable (self->picture, NULL);
  load (self);
}

static void
show_cameras (HeraldPictureWindow *self)
{
  const char *const *cameras = herald_dbus_printer1_get_cameras (self->printer);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; cameras != NULL && cameras[i] != NULL; i++)
    {
      g_autofree char *name = herald_text_clean (cameras[i], NAME_MAX_CHARS);

      gtk_string_list_append (names, name);
    }
  gtk_drop_down_set_model (self->cameras, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->cameras),
                          self->kind == HERALD_PICTURE_OF_CAMERA && g_list_model_get_n_items (G_LIST_MODEL (names)) > 1);
}

/* GObject */

static void
herald_picture_window_dispose (GObject *object)
{
  HeraldPictureWindow *self = HERALD_PICTURE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->printer);

  G_OBJECT_CLASS (herald_picture_window_parent_class)->dispose (object);
}

static void
herald_picture_window_class_init (HeraldPictureWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_picture_window_dispose;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/octoherald/OctoHerald/printers/picture-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldPictureWindow, title);
  gtk_widget_class_bind_template_child (widget_class, HeraldPictureWindow, refresh);
  gtk_widget_class_bind_template_child (widget_class, HeraldPictureWindow, cameras);
  gtk_widget_class_bind_template_child (widget_class, HeraldPictureWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldPictureWindow, none);
  gtk_widget_class_bind_template_child (widget_class, HeraldPictureWindow, picture);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
herald_picture_window_init (HeraldPictureWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->refresh, "clicked", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
}

void
herald_picture_window_present (GtkWindow          *parent,
                               HeraldDBusPrinter1 *printer,
                               HeraldPictureKind   kind)
{
  HeraldPictureWindow *self = g_object_new (HERALD_TYPE_PICTURE_WINDOW, NULL);
  g_autofree char *name = herald_text_clean (herald_dbus_printer1_get_name (printer), NAME_MAX_CHARS);

  herald_transient_attach (GTK_WINDOW (self), parent);
  self->printer = g_object_ref (printer);
  self->kind = kind;
  gtk_window_set_title (GTK_WINDOW (self), name);
  adw_window_title_set_title (self->title, name);
  show_cameras (self);
  g_signal_connect_object (self->cameras, "notify::selected", G_CALLBACK (on_camera_chosen), self, G_CONNECT_SWAPPED);
  load (self);
  gtk_window_present (GTK_WINDOW (self));
}
