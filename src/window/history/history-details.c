/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-details"

#include "window/history/history-details.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/base/busy-button.h"
#include "window/base/condition.h"
#include "window/base/human.h"
#include "window/base/notice.h"
#include "window/base/picture-decoder.h"
#include "window/base/transient.h"
#include "window/history/history-attempts.h"

/* As wide as the window usually is, on a fine screen */
#define PICTURE_SIDE_MAX 1600

/**
 * HeraldHistoryDetails:
 *
 * All there is to know of one message: its words and picture, what became of it and why, how it was tried. From here it is
 * sent again, discarded or copied.
 */
struct _HeraldHistoryDetails
{
  AdwWindow parent_instance;

  HeraldServiceLink *link;
  HeraldHistoryEntry *entry;
  GCancellable *cancellable;
  gboolean has_asked_for_picture;

  GtkPicture *picture;
  GtkLabel *title;
  GtkLabel *text;
  GtkImage *icon;
  AdwActionRow *outcome;
  AdwActionRow *note;
  AdwActionRow *channel;
  AdwActionRow *printer;
  AdwActionRow *moment;
  AdwActionRow *finished;
  AdwActionRow *cost;
  AdwActionRow *enclosure;
  AdwActionRow *page;
  HeraldHistoryAttempts *attempts;
  GtkWidget *doubt;
  HeraldBusyButton *retry;
  HeraldBusyButton *discard;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryDetails, herald_history_details, ADW_TYPE_WINDOW)

static const char *
get_text (HeraldHistoryDetails *self,
          const char           *key)
{
  return herald_history_entry_get_text (self->entry, key);
}

/* A row without anything to say is not shown. */
static void
fill_row (AdwActionRow *row,
          const char   *text)
{
  adw_action_row_set_subtitle (row, text);
  gtk_widget_set_visible (GTK_WIDGET (row), *text != '\0');
}

static void
fill_moment (AdwActionRow *row,
             const char   *moment)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = herald_human_format_moment (moment, now);

  fill_row (row, text);
}

static void
fill_outcome (HeraldHistoryDetails *self)
{
  const HeraldCondition *condition = herald_condition_of_delivery (get_text (self, "state"));
  const char *reason = get_text (self, "reason");

  gtk_image_set_from_icon_name (self->icon, condition->icon_name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->outcome), _(condition->words));
  adw_action_row_set_subtitle (self->outcome, reason);
  fill_row (self->note, get_text (self, "note"));
}

static void
fill_channel (HeraldHistoryDetails *self)
{
  const char *name = herald_history_entry_get_channel_name (self->entry);
  const char *destination = get_text (self, "destination");
  g_autofree char *text = NULL;

  /* Translators: the account that sends a message, and to whom */
  text = *destination != '\0' && !g_str_equal (destination, name) ? g_strdup_printf (_("%s, to %s"), name, destination)
                                                                  : g_strdup (name);
  fill_row (self->channel, text);
}

static void
fill_printer (HeraldHistoryDetails *self)
{
  const char *id = get_text (self, "printer");
  g_autofree char *name = *id != '\0' ? herald_service_link_dup_printer_name (self->link, id) : NULL;

  /* One that was removed meanwhile is called what it was called then. */
  if (name != NULL && g_str_equal (name, id) && *get_text (self, "printer_name") != '\0')
    {
      g_free (name);
      name = g_strdup (get_text (self, "printer_name"));
    }
  fill_row (self->printer, name != NULL ? name : "");
}

/* A film is not shown, and what is old has lost its picture before its words. */
static void
fill_enclosure (HeraldHistoryDetails *self)
{
  const char *kind = get_text (self, "picture");
  g_autofree char *words = NULL;

  if (*kind == '\0' || g_str_equal (kind, "none"))
    words = g_strdup ("");
  else if (*get_text (self, "picture_file") == '\0')
    /* Translators: “Picture of the camera” and the like */
    words = g_strdup_printf (_("%s. It is not kept any more."), herald_human_get_picture (kind));
  else
    words = g_strdup (herald_human_get_picture (kind));
  fill_row (self->enclosure, words);
}

static void
on_decoded (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(HeraldHistoryDetails) self = HERALD_HISTORY_DETAILS (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = herald_picture_decoder_run_finish (result, &error);

  if (texture == NULL)
    {
      g_debug ("The picture cannot be shown: %s", error->message);
      return;
    }
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->picture), TRUE);
}

static void
on_picture_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldHistoryDetails) self = HERALD_HISTORY_DETAILS (user_data);
  g_autoptr(GVariant) picture = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  if (!herald_dbus_service1_call_get_delivery_picture_finish (HERALD_DBUS_SERVICE1 (object), &picture, NULL, result, &error))
    {
      g_debug ("No picture: %s", error->message);
      return;
    }

  bytes = g_variant_get_data_as_bytes (picture);
  herald_picture_decoder_run_async (bytes, PICTURE_SIDE_MAX, self->cancellable, on_decoded, g_object_ref (self));
}

static void
ask_for_picture (HeraldHistoryDetails *self)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);

  if (self->has_asked_for_picture || *get_text (self, "picture_file") == '\0' || service == NULL ||
      g_str_equal (get_text (self, "picture"), "timelapse"))
    return;

  self->has_asked_for_picture = TRUE;
  herald_dbus_service1_call_get_delivery_picture (service, herald_history_entry_get_id (self->entry), self->cancellable,
                                                  on_picture_ready, g_object_ref (self));
}

static void
update (HeraldHistoryDetails *self)
{
  const char *title = get_text (self, "title");
  double cost = herald_history_entry_get_cost (self->entry);
  g_autofree char *dollars = cost > 0 ? herald_text_format_dollars (cost) : g_strdup ("");
  gboolean can_retry = herald_history_entry_can_retry (self->entry);

  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->title), *title != '\0');
  gtk_label_set_text (self->text, get_text (self, "text"));
  fill_outcome (self);
  fill_channel (self);
  fill_printer (self);
  fill_moment (self->moment, get_text (self, "created"));
  fill_moment (self->finished, get_text (self, "finished"));
  fill_row (self->cost, dollars);
  fill_enclosure (self);
  gtk_widget_set_visible (GTK_WIDGET (self->page), g_str_has_prefix (get_text (self, "link"), "https://"));
  gtk_widget_set_visible (self->doubt, can_retry && herald_history_entry_may_have_arrived (self->entry));
  gtk_widget_set_visible (GTK_WIDGET (self->retry), can_retry);
  gtk_widget_set_visible (GTK_WIDGET (self->discard), herald_history_entry_can_discard (self->entry));
  herald_history_attempts_load (self->attempts, herald_service_link_get_service (self->link),
                                herald_history_entry_get_id (self->entry));
  ask_for_picture (self);
}

/* ── What can be done ───────────────────────────────────────────────────── */

static void
on_retry_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldHistoryDetails) self = HERALD_HISTORY_DETAILS (user_data);
  g_autoptr(GError) error = NULL;

  herald_busy_button_set_busy (self->retry, FALSE);
  if (herald_dbus_service1_call_retry_delivery_finish (HERALD_DBUS_SERVICE1 (object), result, &error))
    herald_notice_show (GTK_WIDGET (self->retry), _("It is sent now. What becomes of it is on top of the history."));
  else
    herald_notice_show_error (GTK_WIDGET (self->retry), error);
}

static void
retry (HeraldHistoryDetails *self)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);

  herald_busy_button_set_busy (self->retry, TRUE);
  herald_dbus_service1_call_retry_delivery (service, herald_history_entry_get_id (self->entry), self->cancellable,
                                            on_retry_ready, g_object_ref (self));
}

/* What somebody discarded, and how it was before */
typedef struct
{
  HeraldHistoryDetails *details;
  gboolean was_held_back; /* until a person looks at it */
} Discarded;

static void
discarded_free (gpointer data)
{
  Discarded *discarded = data;

  g_object_unref (discarded->details);
  g_free (discarded);
}

static void
on_restore_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Discarded *discarded = user_data;
  HeraldHistoryDetails *self = discarded->details;
  g_autoptr(GError) error = NULL;

  if (!herald_dbus_service1_call_restore_delivery_finish (HERALD_DBUS_SERVICE1 (object), result, &error))
    herald_notice_show_error (GTK_WIDGET (self->discard), error);
  else
    herald_notice_show (GTK_WIDGET (self->discard), discarded->was_held_back
                                                      ? _("The message is held back again until you look at it.")
                                                      : _("The message waits again as it did before."));
  discarded_free (discarded);
}

static void
on_undo (gpointer user_data)
{
  Discarded *discarded = user_data;
  HeraldHistoryDetails *self = discarded->details;
  Discarded *copy = g_new0 (Discarded, 1);

  *copy = (Discarded) { g_object_ref (self), discarded->was_held_back };
  herald_dbus_service1_call_restore_delivery (herald_service_link_get_service (self->link),
                                              herald_history_entry_get_id (self->entry), self->cancellable, on_restore_ready,
                                              copy);
}

static const char *
get_discard_sentence (HeraldHistoryDetails *self)
{
  return herald_history_entry_may_have_arrived (self->entry) ? _("The message is not sent again. It may have arrived already.")
                                                             : _("The message is not sent.");
}

static void
on_discard_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Discarded *discarded = user_data;
  HeraldHistoryDetails *self = discarded->details;
  g_autoptr(GError) error = NULL;

  herald_busy_button_set_busy (self->discard, FALSE);
  if (herald_dbus_service1_call_discard_delivery_finish (HERALD_DBUS_SERVICE1 (object), result, &error))
    {
      herald_notice_offer_undo (GTK_WIDGET (self->discard), get_discard_sentence (self), on_undo, discarded, discarded_free);
      return;
    }

  herald_notice_show_error (GTK_WIDGET (self->discard), error);
  discarded_free (discarded);
}

/* At once, and not when the notice is gone: what somebody does not want sent must not go out meanwhile. */
static void
on_discard_clicked (HeraldHistoryDetails *self)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);
  Discarded *discarded = g_new0 (Discarded, 1);

  *discarded = (Discarded) { g_object_ref (self), g_str_equal (get_text (self, "state"), "quarantined") };
  herald_busy_button_set_busy (self->discard, TRUE);
  herald_dbus_service1_call_discard_delivery (service, herald_history_entry_get_id (self->entry), self->cancellable,
                                              on_discard_ready, discarded);
}

static void
on_copy_clicked (HeraldHistoryDetails *self)
{
  const char *title = get_text (self, "title");
  const char *text = get_text (self, "text");
  g_autofree char *both = g_strconcat (title, *title != '\0' && *text != '\0' ? "\n" : "", text, NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), both);
  herald_notice_show (GTK_WIDGET (self->text), _("The text is copied."));
}

static void
on_launch_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldHistoryDetails) self = HERALD_HISTORY_DETAILS (user_data);
  g_autoptr(GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    herald_notice_show (GTK_WIDGET (self->text), _("No browser could be opened. Please choose one in the settings of your desktop."));
}

static void
on_page_activated (HeraldHistoryDetails *self)
{
  g_app_info_launch_default_for_uri_async (get_text (self, "link"), NULL, self->cancellable, on_launch_ready, g_object_ref (self));
}

/* GObject */

static void
herald_history_details_dispose (GObject *object)
{
  HeraldHistoryDetails *self = HERALD_HISTORY_DETAILS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->entry);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_history_details_parent_class)->dispose (object);
}

static void
herald_history_details_class_init (HeraldHistoryDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_history_details_dispose;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  g_type_ensure (HERALD_TYPE_HISTORY_ATTEMPTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/history/history-details.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, picture);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, title);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, text);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, icon);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, outcome);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, note);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, channel);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, printer);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, moment);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, finished);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, cost);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, enclosure);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, page);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, attempts);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, doubt);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, retry);
  gtk_widget_class_bind_template_child (widget_class, HeraldHistoryDetails, discard);
  gtk_widget_class_bind_template_callback (widget_class, retry);
  gtk_widget_class_bind_template_callback (widget_class, on_discard_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_page_activated);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
herald_history_details_init (HeraldHistoryDetails *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
herald_history_details_present (GtkWindow          *parent,
                                HeraldServiceLink  *link,
                                HeraldHistoryEntry *entry)
{
  HeraldHistoryDetails *self = g_object_new (HERALD_TYPE_HISTORY_DETAILS, NULL);

  herald_transient_attach (GTK_WINDOW (self), parent);
  self->link = g_object_ref (link);
  self->entry = g_object_ref (entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  gtk_window_present (GTK_WINDOW (self));
}
