/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-notice"

#include "window/base/notice.h"

#include <glib/gi18n-lib.h>

#include "window/base/failure.h"

/* Long enough to read it, find the button and decide */
#define UNDO_S 12

/* A toast stays while it has the focus or the mouse. What it could take back has to happen all the same. */
#define OFFER_LIMIT_S 30

/* A toast is one line; what is longer is told in full where it happened. */
#define SENTENCE_S 8

typedef struct
{
  HeraldUndo undo;
  gpointer user_data;
  GDestroyNotify notify;
  AdwToast *toast; /* which has this */
  guint limit_id;
} Offer;

/* Each waits until those before it are gone. */
static guint n_offers = 0;

static void
offer_free (gpointer  data,
            GClosure *closure)
{
  Offer *offer = data;

  n_offers--;
  g_clear_handle_id (&offer->limit_id, g_source_remove);
  if (offer->notify != NULL)
    offer->notify (offer->user_data);
  g_free (offer);
}

static void
on_undo_clicked (AdwToast *toast,
                 gpointer  user_data)
{
  Offer *offer = user_data;

  offer->undo (offer->user_data);
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  Offer *offer = user_data;

  offer->limit_id = 0;
  adw_toast_dismiss (offer->toast);

  return G_SOURCE_REMOVE;
}

static AdwToast *
make_toast (const char *sentence,
            guint       seconds)
{
  /* A toast reads markup, and a sentence may bear the name of a printer. */
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, seconds);

  return toast;
}

/* Takes @toast */
static void
show_toast (GtkWidget *from,
            AdwToast  *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (from, ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

/**
 * herald_notice_show:
 * @from: in a window with an #AdwToastOverlay
 * @sentence: for a person
 */
void
herald_notice_show (GtkWidget  *from,
                    const char *sentence)
{
  g_return_if_fail (GTK_IS_WIDGET (from));

  show_toast (from, make_toast (sentence, SENTENCE_S));
}

/**
 * herald_notice_show_error:
 * @from: in a window with an #AdwToastOverlay
 * @error: what a call to the service ended with
 */
void
herald_notice_show_error (GtkWidget    *from,
                          const GError *error)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  sentence = herald_failure_dup_sentence (error);
  herald_notice_show (from, sentence);
}

/**
 * herald_notice_offer:
 * @from: in a window with an #AdwToastOverlay
 * @sentence: what was done
 * @label: of the button, with a mnemonic
 * @follow: called if the person presses it
 * @notify: called in the end, in any case; half a minute after those before it at the latest
 */
void
herald_notice_offer (GtkWidget      *from,
                     const char     *sentence,
                     const char     *label,
                     HeraldUndo      follow,
                     gpointer        user_data,
                     GDestroyNotify  notify)
{
  AdwToast *toast = make_toast (sentence, UNDO_S);
  Offer *offer = g_new0 (Offer, 1);

  *offer = (Offer) { follow, user_data, notify, toast, 0 };
  adw_toast_set_button_label (toast, label);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_clicked), offer, offer_free, 0);
  n_offers++;
  offer->limit_id = g_timeout_add_seconds (n_offers * OFFER_LIMIT_S, on_limit_timeout, offer);
  show_toast (from, toast);
}

/**
 * herald_notice_offer_undo:
 * @from: in a window with an #AdwToastOverlay
 * @sentence: what was done
 * @undo: called if the person takes it back
 * @notify: called in the end, in any case
 */
void
herald_notice_offer_undo (GtkWidget      *from,
                          const char     *sentence,
                          HeraldUndo      undo,
                          gpointer        user_data,
                          GDestroyNotify  notify)
{
  herald_notice_offer (from, sentence, _("_Undo"), undo, user_data, notify);
}
