/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-view"

#include "window/accounts/test-view.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/accounts/test-report.h"
#include "window/base/busy-button.h"
#include "window/base/failure.h"

#define SERVICE_PATH "/io/github/octoherald/OctoHerald"
#define SERVICE_INTERFACE "io.github.octoherald.OctoHerald.Service1"

/* Nobody waits longer for a price. */
#define PRICE_LIMIT_MS 5000

/* The service itself waits up to 90 seconds for what becomes of a test message. */
#define TEST_LIMIT_MS 120000

/**
 * HeraldTestView:
 *
 * The test of one channel: a button that cannot be pressed twice, what is going on meanwhile, and the real result step by step.
 */
struct _HeraldTestView
{
  AdwBin parent_instance;

  HeraldDBusChannel1 *channel;
  GCancellable *cancellable;
  gboolean wants_start; /* as soon as it is known to cost nothing */

  HeraldBusyButton *button;
  GtkLabel *price;
  GtkLabel *status;
  AdwBin *result;
};

G_DEFINE_FINAL_TYPE (HeraldTestView, herald_test_view, ADW_TYPE_BIN)

enum
{
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_status (HeraldTestView *self,
             const char     *sentence,
             const char     *style)
{
  const char *styles[] = { style, NULL };

  gtk_label_set_text (self->status, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status), sentence != NULL);
  gtk_widget_set_css_classes (GTK_WIDGET (self->status), styles);
}

static void
on_test_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldTestView) self = HERALD_TEST_VIEW (user_data);
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GVariant) report = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;
  const char *state = "";

  answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  herald_busy_button_set_busy (self->button, FALSE);
  g_object_set (self->button, "text", _("Send Another _Test Message"), NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->button), "suggested-action");
  if (answer == NULL)
    {
      sentence = herald_failure_dup_sentence (error);
      show_status (self, sentence, "error");
      g_signal_emit (self, signals[FINISHED], 0, FALSE);
      return;
    }

  report = g_variant_get_child_value (answer, 0);
  g_variant_lookup (report, "state", "&s", &state);
  show_status (self, NULL, "dim-label");
  adw_bin_set_child (self->result, herald_test_report_new (report));
  g_signal_emit (self, signals[FINISHED], 0, g_str_equal (state, "delivered"));
}

/* ── What it would cost ─────────────────────────────────────────────────── */

static void
show_price (HeraldTestView *self,
            double          cost)
{
  g_autofree char *dollars = herald_text_format_dollars (cost);
  g_autofree char *sentence = NULL;

  /* Translators: an amount of money */
  sentence = g_strdup_printf (_("Everybody can read it, and it costs about %s."), dollars);
  gtk_label_set_text (self->price, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->price), TRUE);
}

static void
on_render_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(HeraldTestView) self = HERALD_TEST_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  g_autoptr(GVariant) rendering = NULL;
  double cost = 0;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (answer != NULL)
    rendering = g_variant_get_child_value (answer, 0);
  /* Unless it is known to be free, somebody has to want it. */
  if (rendering == NULL || !g_variant_lookup (rendering, "cost", "d", &cost))
    return;

  if (cost > 0)
    show_price (self, cost);
  else if (self->wants_start)
    herald_test_view_start (self);
}

static void
ask_price (HeraldTestView *self)
{
  GDBusProxy *proxy = G_DBUS_PROXY (self->channel);
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "channel", "s", herald_dbus_channel1_get_id (self->channel));
  g_dbus_connection_call (g_dbus_proxy_get_connection (proxy), g_dbus_proxy_get_name (proxy), SERVICE_PATH, SERVICE_INTERFACE,
                          "Render", g_variant_new ("(ss@a{sv})", "test", "", g_variant_dict_end (&options)),
                          G_VARIANT_TYPE ("(a{sv})"), G_DBUS_CALL_FLAGS_NO_AUTO_START, PRICE_LIMIT_MS, self->cancellable,
                          on_render_ready, g_object_ref (self));
}

/* GObject */

static void
herald_test_view_dispose (GObject *object)
{
  HeraldTestView *self = HERALD_TEST_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->channel);

  G_OBJECT_CLASS (herald_test_view_parent_class)->dispose (object);
}

static void
herald_test_view_class_init (HeraldTestViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_test_view_dispose;

  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    1, G_TYPE_BOOLEAN);

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/accounts/test-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldTestView, button);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestView, price);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestView, status);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestView, result);
  gtk_widget_class_bind_template_callback (widget_class, herald_test_view_start);
}

static void
herald_test_view_init (HeraldTestView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
herald_test_view_new (HeraldDBusChannel1 *channel)
{
  HeraldTestView *self = g_object_new (HERALD_TYPE_TEST_VIEW, NULL);

  self->channel = g_object_ref (channel);
  ask_price (self);

  return GTK_WIDGET (self);
}

/**
 * herald_test_view_start:
 *
 * Does what the button does. While a test is under way there is no second.
 */
void
herald_test_view_start (HeraldTestView *self)
{
  GVariantDict options;

  g_return_if_fail (HERALD_IS_TEST_VIEW (self));

  if (herald_busy_button_get_busy (self->button))
    return;

  herald_busy_button_set_busy (self->button, TRUE);
  adw_bin_set_child (self->result, NULL);
  show_status (self, _("On its way. This takes a moment, and a minute and a half at most."), "dim-label");
  g_variant_dict_init (&options, NULL);
  g_dbus_proxy_call (G_DBUS_PROXY (self->channel), "Test", g_variant_new ("(@a{sv})", g_variant_dict_end (&options)),
                     G_DBUS_CALL_FLAGS_NONE, TEST_LIMIT_MS, self->cancellable, on_test_ready, g_object_ref (self));
}

void
herald_test_view_start_if_free (HeraldTestView *self)
{
  g_return_if_fail (HERALD_IS_TEST_VIEW (self));

  self->wants_start = TRUE;
}
