/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-step"

#include "window/welcome/test-step.h"

#include <glib/gi18n-lib.h>

#include "window/accounts/test-report.h"
#include "window/base/busy-button.h"
#include "window/base/failure.h"

/* The service itself waits up to 90 seconds for what becomes of a test message. */
#define TEST_LIMIT_MS 120000

/**
 * HeraldTestStep:
 *
 * A test message by every channel that is switched on, what has become of each, and what happens now.
 */
struct _HeraldTestStep
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  GCancellable *cancellable;
  guint n_open;

  HeraldBusyButton *send;
  GtkLabel *status;
  GtkBox *results;
};

G_DEFINE_FINAL_TYPE (HeraldTestStep, herald_test_step, ADW_TYPE_BIN)

/* One test under way, and where its result is shown */
typedef struct
{
  HeraldTestStep *self;
  AdwBin *place;
} Trial;

static void
show_status (HeraldTestStep *self,
             const char     *sentence)
{
  gtk_label_set_text (self->status, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status), sentence != NULL);
}

static GtkWidget *
make_problem (const GError *error)
{
  g_autofree char *sentence = herald_failure_dup_sentence (error);
  GtkWidget *label = gtk_label_new (sentence);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "error");

  return label;
}

static void
on_test_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree Trial *trial = g_steal_pointer (&user_data);
  g_autoptr(HeraldTestStep) self = trial->self;
  g_autoptr(AdwBin) place = trial->place;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  adw_bin_set_child (place, answer != NULL ? herald_test_report_new (g_variant_get_child_value (answer, 0))
                                           : make_problem (error));
  self->n_open--;
  if (self->n_open > 0)
    return;

  herald_busy_button_set_busy (self->send, FALSE);
  g_object_set (self->send, "text", _("Send Another _Test Message"), NULL);
  show_status (self, NULL);
}

static AdwBin *
add_place (HeraldTestStep     *self,
           HeraldDBusChannel1 *channel)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *name = gtk_label_new (herald_dbus_channel1_get_name (channel));
  GtkWidget *place = adw_bin_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "heading");
  gtk_widget_set_halign (spinner, GTK_ALIGN_START);
  gtk_spinner_start (GTK_SPINNER (spinner));
  adw_bin_set_child (ADW_BIN (place), spinner);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), place);
  gtk_box_append (self->results, box);

  return ADW_BIN (place);
}

static void
send_test (HeraldTestStep     *self,
           HeraldDBusChannel1 *channel)
{
  Trial *trial = g_new0 (Trial, 1);

  self->n_open++;
  trial->self = g_object_ref (self);
  trial->place = g_object_ref (add_place (self, channel));
  g_dbus_proxy_call (G_DBUS_PROXY (channel), "Test",
                     g_variant_new ("(@a{sv})", g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0)),
                     G_DBUS_CALL_FLAGS_NONE, TEST_LIMIT_MS, self->cancellable, on_test_ready, trial);
}

static void
send_tests (HeraldTestStep *self)
{
  GListModel *channels = herald_service_link_get_channels (self->link);
  GtkWidget *child = NULL;

  if (self->n_open > 0)
    return;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->results))) != NULL)
    gtk_box_remove (self->results, child);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldDBusChannel1) channel = g_list_model_get_item (channels, i);

      if (herald_dbus_channel1_get_enabled (channel))
        send_test (self, channel);
    }

  herald_busy_button_set_busy (self->send, self->n_open > 0);
  show_status (self, self->n_open > 0 ? _("The message is on its way…")
                                      : _("There is no way yet to tell you anything. Go back and choose one first."));
}

/* GObject */

static void
herald_test_step_dispose (GObject *object)
{
  HeraldTestStep *self = HERALD_TEST_STEP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_test_step_parent_class)->dispose (object);
}

static void
herald_test_step_class_init (HeraldTestStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_test_step_dispose;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/welcome/test-step.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldTestStep, send);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestStep, status);
  gtk_widget_class_bind_template_child (widget_class, HeraldTestStep, results);
  gtk_widget_class_bind_template_callback (widget_class, send_tests);
}

static void
herald_test_step_init (HeraldTestStep *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_test_step_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the step
 */
GtkWidget *
herald_test_step_new (HeraldServiceLink *link)
{
  HeraldTestStep *self = g_object_new (HERALD_TYPE_TEST_STEP, NULL);

  self->link = g_object_ref (link);

  return GTK_WIDGET (self);
}
