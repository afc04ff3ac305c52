/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-camera-group"

#include "window/printers/camera-group.h"

#include <glib/gi18n-lib.h>

#include "window/base/busy-button.h"
#include "window/base/failure.h"
#include "window/base/picture-decoder.h"
#include "window/printers/printer-texts.h"

/* The service itself waits 20 seconds for a camera. */
#define PICTURE_LIMIT_MS 40000
#define CAMERAS_MAX 100

/* It is shown no larger, also on a fine screen. */
#define SIDE_MAX 1024

/**
 * HeraldCameraGroup:
 *
 * Which camera of a printer takes its pictures, and how it hangs, with a picture of it. As only the service can take one, what is
 * changed is set at once, and taken back if the person does not want it in the end.
 */
struct _HeraldCameraGroup
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  HeraldDBusPrinter1 *printer; /* NULL while it is not there */
  GVariant *before;            /* a{ss}: what was set at the beginning */
  GCancellable *cancellable;
  gboolean has_tried; /* something that was not there before */
  gboolean is_filling;
  gboolean is_open;   /* a picture is under way */
  char *picture_note; /* what the service has to say about it */
  gboolean wants_another;

  HeraldBusyButton *refresh;
  GtkPicture *picture;
  AdwComboRow *camera;
  GtkEditable *address;
  AdwComboRow *flip_horizontally;
  AdwComboRow *flip_vertically;
  AdwComboRow *rotate_left;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (HeraldCameraGroup, herald_camera_group, ADW_TYPE_BIN)

static const char *const names[] = { "camera", "snapshot-url", "flip-horizontally", "flip-vertically", "rotate-left" };

/* As the list of the rows has them */
static const char *const turns[] = { "", "true", "false" };

static void
show_note (HeraldCameraGroup *self,
           const char        *sentence,
           gboolean           is_error)
{
  gtk_label_set_text (self->note, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), sentence != NULL && *sentence != '\0');
  gtk_widget_set_css_classes (GTK_WIDGET (self->note), (const char *[]) { is_error ? "error" : "dim-label", NULL });
}

static void
show_error (HeraldCameraGroup *self,
            const GError      *error)
{
  g_autofree char *sentence = herald_failure_dup_sentence (error);

  show_note (self, sentence, TRUE);
}

/* ── The picture ────────────────────────────────────────────────────────── */

static void take_picture (HeraldCameraGroup *self);

static void
show_picture (HeraldCameraGroup *self,
              GdkTexture        *texture,
              const char        *note)
{
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->picture), texture != NULL);
  show_note (self, texture != NULL ? note : _("The camera’s picture cannot be shown."), texture == NULL);
}

static void
end_picture (HeraldCameraGroup *self)
{
  self->is_open = FALSE;
  herald_busy_button_set_busy (self->refresh, FALSE);
  if (self->wants_another)
    take_picture (self);
}

static void
on_decoded (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(HeraldCameraGroup) self = HERALD_CAMERA_GROUP (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = herald_picture_decoder_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  show_picture (self, texture, self->picture_note);
  end_picture (self);
}

static void
decode (HeraldCameraGroup *self,
        GVariant          *answer)
{
  g_autoptr(GVariant) data = g_variant_get_child_value (answer, 0);
  g_autoptr(GBytes) bytes = g_variant_get_data_as_bytes (data);

  g_clear_pointer (&self->picture_note, g_free);
  g_variant_get_child (answer, 2, "s", &self->picture_note);
  herald_picture_decoder_run_async (bytes, SIDE_MAX, self->cancellable, on_decoded, g_object_ref (self));
}

static void
on_snapshot_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(HeraldCameraGroup) self = HERALD_CAMERA_GROUP (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (answer != NULL)
    decode (self, answer);
  else
    {
      show_error (self, error);
      end_picture (self);
    }
}

static void
take_picture (HeraldCameraGroup *self)
{
  if (self->printer == NULL)
    return;

  self->wants_another = self->is_open;
  if (self->is_open)
    return;

  self->is_open = TRUE;
  herald_busy_button_set_busy (self->refresh, TRUE);
  g_dbus_proxy_call (G_DBUS_PROXY (self->printer), "GetSnapshot", g_variant_new ("(s)", ""), G_DBUS_CALL_FLAGS_NONE,
                     PICTURE_LIMIT_MS, self->cancellable, on_snapshot_ready, g_object_ref (self));
}

/* ── What is set ────────────────────────────────────────────────────────── */

static const char *
find_value (GVariant   *settings,
            const char *name)
{
  const char *value = "";

  g_variant_lookup (settings, name, "&s", &value);

  return value;
}

static void
on_set_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(HeraldCameraGroup) self = HERALD_CAMERA_GROUP (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;

  if (herald_dbus_printer1_call_set_finish (HERALD_DBUS_PRINTER1 (source), result, &error))
    take_picture (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_error (self, error);
}

static void
try (HeraldCameraGroup *self,
     const char        *name,
     const char        *value)
{
  GVariantBuilder changes;

  if (self->is_filling)
    return;
  if (self->printer == NULL)
    {
      show_note (self, herald_printer_texts_get_absence (self->link), TRUE);
      return;
    }

  self->has_tried = TRUE;
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&changes, "{ss}", name, value);
  herald_dbus_printer1_call_set (self->printer, g_variant_builder_end (&changes), self->cancellable, on_set_ready,
                                 g_object_ref (self));
}

static void
on_turn_selected (AdwComboRow       *row,
                  GParamSpec        *pspec,
                  HeraldCameraGroup *self)
{
  guint selected = adw_combo_row_get_selected (row);
  const char *name = row == self->flip_horizontally ? "flip-horizontally"
                     : row == self->flip_vertically ? "flip-vertically"
                                                    : "rotate-left";

  if (selected < G_N_ELEMENTS (turns))
    try (self, name, turns[selected]);
}

/* The first entry is whichever OctoPrint has first. */
static void
on_camera_selected (AdwComboRow       *row,
                    GParamSpec        *pspec,
                    HeraldCameraGroup *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (row);

  if (item != NULL)
    try (self, "camera", adw_combo_row_get_selected (row) == 0 ? "" : gtk_string_object_get_string (item));
}

static void
on_address_applied (HeraldCameraGroup *self)
{
  g_autofree char *address = g_strstrip (g_strdup (gtk_editable_get_text (self->address)));

  try (self, "snapshot-url", address);
}

static void
fill_turn (AdwComboRow *row,
           const char  *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    if (g_str_equal (turns[i], value))
      adw_combo_row_set_selected (row, i);
}

static void
fill_cameras (HeraldCameraGroup *self,
              const char        *chosen)
{
  const char *const *cameras = herald_dbus_printer1_get_cameras (self->printer);
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (list, _("The first one"));
  for (guint i = 0; cameras != NULL && cameras[i] != NULL && i < CAMERAS_MAX; i++)
    {
      gtk_string_list_append (list, cameras[i]);
      if (g_str_equal (cameras[i], chosen))
        selected = i + 1;
    }
  if (*chosen != '\0' && selected == 0)
    {
      gtk_string_list_append (list, chosen);
      selected = g_list_model_get_n_items (G_LIST_MODEL (list)) - 1;
    }
  adw_combo_row_set_model (self->camera, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->camera, selected);
}

static void
fill (HeraldCameraGroup *self)
{
  self->is_filling = TRUE;
  fill_cameras (self, find_value (self->before, "camera"));
  gtk_editable_set_text (self->address, find_value (self->before, "snapshot-url"));
  fill_turn (self->flip_horizontally, find_value (self->before, "flip-horizontally"));
  fill_turn (self->flip_vertically, find_value (self->before, "flip-vertically"));
  fill_turn (self->rotate_left, find_value (self->before, "rotate-left"));
  self->is_filling = FALSE;
}

/* The service may not have told yet what was tried last, so all of it goes back. */
static void
restore (HeraldCameraGroup *self)
{
  GVariantBuilder changes;

  if (self->printer == NULL || !self->has_tried)
    return;

  self->has_tried = FALSE;
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_variant_builder_add (&changes, "{ss}", names[i], find_value (self->before, names[i]));
  herald_dbus_printer1_call_set (self->printer, g_variant_builder_end (&changes), NULL, NULL, NULL);
}

/* GtkWidget */

/* However the window goes; a picture that is under way may keep the group for a while. */
static void
herald_camera_group_unroot (GtkWidget *widget)
{
  restore (HERALD_CAMERA_GROUP (widget));

  GTK_WIDGET_CLASS (herald_camera_group_parent_class)->unroot (widget);
}

/* GObject */

static void
herald_camera_group_dispose (GObject *object)
{
  HeraldCameraGroup *self = HERALD_CAMERA_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->printer);
  g_clear_object (&self->link);
  g_clear_pointer (&self->before, g_variant_unref);
  g_clear_pointer (&self->picture_note, g_free);

  G_OBJECT_CLASS (herald_camera_group_parent_class)->dispose (object);
}

static void
herald_camera_group_class_init (HeraldCameraGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_camera_group_dispose;
  widget_class->unroot = herald_camera_group_unroot;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/printers/camera-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldCameraGroup, refresh);
  gtk_widget_class_bind_template_child (widget_class, HeraldCameraGroup, picture);
  gtk_widget_class_bind_template_child (widget_class, HeraldCameraGroup, camera);
  gtk_widget_class_bind_template_child (widget_class, HeraldCameraGroup, address);
  gtk_widget_class_bind_template_child (widget_class, HeraldCameraGroup, flip_horizontally);
  gtk_widget_class_bind_template_child (widget_class, HeraldCameraGroup, flip_vertically);
  gtk_widget_class_bind_template_child (widget_class, HeraldCameraGroup, rotate_left);
  gtk_widget_class_bind_template_child (widget_class, HeraldCameraGroup, note);
  gtk_widget_class_bind_template_callback (widget_class, take_picture);
  gtk_widget_class_bind_template_callback (widget_class, on_turn_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_camera_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_address_applied);
}

static void
herald_camera_group_init (HeraldCameraGroup *self)
{
  self->cancellable = g_cancellable_new ();
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_filling = FALSE;
}

void
herald_camera_group_set_printer (HeraldCameraGroup  *self,
                                 HeraldServiceLink  *link,
                                 HeraldDBusPrinter1 *printer)
{
  g_set_object (&self->link, link);
  g_set_object (&self->printer, printer);
  gtk_widget_set_sensitive (GTK_WIDGET (self->refresh), printer != NULL && !self->is_open);
  if (printer == NULL || self->before != NULL)
    return;

  self->before = g_variant_ref (herald_dbus_printer1_get_settings (printer));
  fill (self);
  if (g_strcmp0 (herald_dbus_printer1_get_connection (printer), "connected") == 0)
    take_picture (self);
}

void
herald_camera_group_keep (HeraldCameraGroup *self)
{
  self->has_tried = FALSE;
}

GtkWidget *
herald_camera_group_get_address (HeraldCameraGroup *self)
{
  return GTK_WIDGET (self->address);
}
