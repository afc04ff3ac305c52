/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-message-preview"

#include "window/messages/message-preview.h"

#include <glib/gi18n-lib.h>

#include "window/base/failure.h"
#include "window/messages/message-words.h"
#include "window/messages/preview-card.h"

/* Whoever types is not asked for after each letter. */
#define TYPING_PAUSE_MS 200

/* What is over sooner needs no sign that it goes on. */
#define SIGN_DELAY_MS 500

/**
 * HeraldMessagePreview:
 *
 * What a message would look like at each channel, a moment after it was changed. The service is asked for one at a time: what was
 * asked for before the last change is not shown any more.
 */
struct _HeraldMessagePreview
{
  GtkBox parent_instance;

  HeraldServiceLink *link;
  char *kind;
  char *printer;
  HeraldValues *changes;
  char **told;
  char *fallback;                 /* the kind of picture */
  HeraldPreviewPicture *pictures; /* of the printer that the message tells of */
  gboolean is_enabled;
  gboolean is_stale;
  guint try_id;
  guint sign_id;
  GCancellable *cancellable; /* NULL while nobody is asked */
  GVariant *rendering;       /* NULL until there is one */

  GtkSpinner *spinner;
  GtkLabel *origin;
  GtkLabel *problem;
  GtkBox *cards;
};

G_DEFINE_FINAL_TYPE (HeraldMessagePreview, herald_message_preview, GTK_TYPE_BOX)

enum
{
  RENDERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_busy (HeraldMessagePreview *self,
           gboolean              is_busy)
{
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
}

static void
show_problem (HeraldMessagePreview *self,
              const char           *problem)
{
  gtk_label_set_text (self->problem, problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *problem != '\0');
}

/* Cards stay, so that a text that is selected in one stays selected. */
static void
show_cards (HeraldMessagePreview *self)
{
  g_autoptr(GVariant) channels = g_variant_lookup_value (self->rendering, "channels", G_VARIANT_TYPE ("aa{sv}"));
  gsize n = channels != NULL ? g_variant_n_children (channels) : 0;
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards));
  static const char *const none[] = { NULL };

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(GVariant) rendering = g_variant_get_child_value (channels, i);

      if (card == NULL)
        {
          card = herald_preview_card_new ();
          gtk_box_append (self->cards, card);
        }
      herald_preview_card_show (HERALD_PREVIEW_CARD (card), self->link, rendering, self->is_enabled,
                                self->told != NULL ? (const char *const *) self->told : none);
      herald_preview_card_show_picture (HERALD_PREVIEW_CARD (card), self->pictures, self->fallback);
      card = gtk_widget_get_next_sibling (card);
    }
  while (card != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (card);

      gtk_box_remove (self->cards, card);
      card = next;
    }
  if (n == 0)
    show_problem (self, _("There is no account that is switched on, so nobody hears of it. The page “Accounts” adds one."));
}

static void
on_pictures_changed (HeraldMessagePreview *self)
{
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    herald_preview_card_show_picture (HERALD_PREVIEW_CARD (card), self->pictures, self->fallback);
}

static void
show_rendering (HeraldMessagePreview *self)
{
  show_problem (self, "");
  gtk_label_set_text (self->origin, herald_message_words_get_origin (self->rendering));
  g_signal_emit (self, signals[RENDERED], 0, self->rendering);
  show_cards (self);
}

static void render (HeraldMessagePreview *self);

static void
on_render_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldMessagePreview) self = HERALD_MESSAGE_PREVIEW (user_data);
  g_autoptr(GVariant) rendering = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_cancelled;

  herald_dbus_service1_call_render_finish (HERALD_DBUS_SERVICE1 (object), &rendering, result, &error);
  is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->sign_id, g_source_remove);
  show_busy (self, FALSE);
  /* Its widgets are gone with the window. */
  if (self->link == NULL)
    return;

  if (rendering != NULL && !self->is_stale)
    {
      g_clear_pointer (&self->rendering, g_variant_unref);
      self->rendering = g_steal_pointer (&rendering);
      show_rendering (self);
    }
  else if (error != NULL && !is_cancelled)
    {
      g_autofree char *sentence = herald_failure_dup_sentence (error);

      show_problem (self, sentence);
    }
  if (self->is_stale)
    render (self);
}

static gboolean
on_sign_timeout (gpointer user_data)
{
  HeraldMessagePreview *self = user_data;

  self->sign_id = 0;
  show_busy (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* A service that is slow would still be busy with what nobody wants any more: the next question waits for its answer. */
static void
render (HeraldMessagePreview *self)
{
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);
  GVariantBuilder options;

  self->is_stale = self->cancellable != NULL;
  if (self->is_stale || service == NULL || self->changes == NULL)
    return;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "changes", herald_values_to_variant (self->changes));
  self->cancellable = g_cancellable_new ();
  if (self->sign_id == 0)
    self->sign_id = g_timeout_add (SIGN_DELAY_MS, on_sign_timeout, self);
  herald_dbus_service1_call_render (service, self->kind, self->printer, g_variant_builder_end (&options), self->cancellable,
                                    on_render_ready, g_object_ref (self));
}

static gboolean
on_try_timeout (gpointer user_data)
{
  HeraldMessagePreview *self = user_data;

  self->try_id = 0;
  render (self);

  return G_SOURCE_REMOVE;
}

static void
on_state_changed (HeraldMessagePreview *self)
{
  if (herald_service_link_get_state (self->link) == HERALD_LINK_RUNNING)
    render (self);
}

/* GObject */

static void
herald_message_preview_dispose (GObject *object)
{
  HeraldMessagePreview *self = HERALD_MESSAGE_PREVIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->try_id, g_source_remove);
  g_clear_handle_id (&self->sign_id, g_source_remove);
  g_clear_object (&self->link);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->printer, g_free);
  g_clear_pointer (&self->changes, g_hash_table_unref);
  g_clear_pointer (&self->told, g_strfreev);
  g_clear_pointer (&self->fallback, g_free);
  /* A camera is not waited for. */
  if (self->pictures != NULL)
    g_object_run_dispose (G_OBJECT (self->pictures));
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->rendering, g_variant_unref);

  G_OBJECT_CLASS (herald_message_preview_parent_class)->dispose (object);
}

static void
herald_message_preview_class_init (HeraldMessagePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_message_preview_dispose;

  signals[RENDERED] = g_signal_new ("rendered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    G_TYPE_VARIANT);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/messages/message-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldMessagePreview, spinner);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessagePreview, origin);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessagePreview, problem);
  gtk_widget_class_bind_template_child (widget_class, HeraldMessagePreview, cards);
}

static void
herald_message_preview_init (HeraldMessagePreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_busy (self, FALSE);
}

void
herald_message_preview_set_message (HeraldMessagePreview *self,
                                    HeraldServiceLink    *link,
                                    const char           *kind,
                                    const char           *printer)
{
  g_return_if_fail (self->link == NULL);

  self->link = g_object_ref (link);
  self->kind = g_strdup (kind);
  self->printer = g_strdup (printer);
  self->pictures = herald_preview_picture_new (link, printer);
  g_signal_connect_object (self->pictures, "changed", G_CALLBACK (on_pictures_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
}

void
herald_message_preview_try (HeraldMessagePreview *self,
                            HeraldValues         *changes,
                            gboolean              is_enabled,
                            const char           *fallback)
{
  gboolean is_first = self->changes == NULL;

  g_clear_pointer (&self->changes, g_hash_table_unref);
  self->changes = herald_values_copy (changes);
  self->is_enabled = is_enabled;
  g_free (self->fallback);
  self->fallback = g_strdup (fallback);
  g_clear_handle_id (&self->try_id, g_source_remove);
  if (is_first)
    render (self);
  else
    self->try_id = g_timeout_add (TYPING_PAUSE_MS, on_try_timeout, self);
}

void
herald_message_preview_set_told (HeraldMessagePreview *self,
                                 const char *const    *problems)
{
  g_strfreev (self->told);
  self->told = g_strdupv ((char **) problems);
}
