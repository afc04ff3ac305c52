/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-foreign-window"

#include "window/preferences/foreign-window.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/base/busy-button.h"
#include "window/base/failure.h"
#include "window/base/transient.h"

/* Nobody reads more. */
#define LINES_MAX 60

/* A person may have to unlock the keyring first, and has two minutes for it. */
#define LIMIT_MS (150 * 1000)

/**
 * HeraldForeignWindow:
 *
 * What would become of another program's settings here, in sentences, before anything does. They are taken over by a button;
 * what goes wrong then is said in the same place, and it can be tried again.
 */
struct _HeraldForeignWindow
{
  AdwWindow parent_instance;

  HeraldDBusService1 *service;
  GCancellable *cancellable;
  GBytes *content; /* of a file; NULL if a printer is asked */
  char *printer;
  GtkWidget *stack;
  GtkWidget *problem_page;
  GtkWidget *problem;
  GtkWidget *close_button;
  GtkWidget *accept_button;
  GtkWidget *intro;
  GtkWidget *taken;
  GtkWidget *changed;
  GtkWidget *left;
};

G_DEFINE_FINAL_TYPE (HeraldForeignWindow, herald_foreign_window, ADW_TYPE_WINDOW)

typedef enum
{
  SIGNAL_DONE,
  N_SIGNALS,
} HeraldForeignWindowSignal;

static guint signals[N_SIGNALS];

static void
add_row (GtkWidget  *group,
         const char *subject,
         const char *sentence)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), subject);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sentence);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_widget_set_visible (group, TRUE);
}

static GtkWidget *
get_group (HeraldForeignWindow *self,
           const char          *outcome)
{
  if (g_str_equal (outcome, "taken"))
    return self->taken;

  return g_str_equal (outcome, "changed") ? self->changed : self->left;
}

static void
show_report (HeraldForeignWindow *self,
             GVariant            *report)
{
  gsize n_lines = g_variant_n_children (report);
  gboolean has_any = FALSE;

  for (gsize i = 0; i < MIN (n_lines, LINES_MAX); i++)
    {
      const char *outcome;
      const char *subject;
      const char *sentence;

      g_variant_get_child (report, i, "(&s&s&s)", &outcome, &subject, &sentence);
      has_any = has_any || g_str_equal (outcome, "taken");
      add_row (get_group (self, outcome), subject, sentence);
    }
  if (n_lines > LINES_MAX)
    {
      guint n_more = (guint) (n_lines - LINES_MAX);
      g_autofree char *more = g_strdup_printf (ngettext ("And %u more.", "And %u more.", n_more), n_more);

      add_row (self->left, more, "");
    }

  gtk_widget_set_visible (self->accept_button, has_any);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "report");
  gtk_widget_grab_focus (has_any ? self->accept_button : self->close_button);
}

static GVariant *
make_options (gboolean dry_run)
{
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "dry-run", "b", dry_run);

  return g_variant_dict_end (&options);
}

/* Finishes either call. */
static gboolean
finish (HeraldForeignWindow  *self,
        GObject              *source,
        GAsyncResult         *result,
        GVariant            **report,
        GError              **error)
{
  if (self->content != NULL)
    return herald_dbus_service1_call_import_foreign_finish (HERALD_DBUS_SERVICE1 (source), report, result, error);

  return herald_dbus_service1_call_import_from_printer_finish (HERALD_DBUS_SERVICE1 (source), report, result, error);
}

static void
call (HeraldForeignWindow *self,
      gboolean             dry_run,
      GAsyncReadyCallback  callback)
{
  if (self->content != NULL)
    herald_dbus_service1_call_import_foreign (self->service, "",
                                              g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, self->content, TRUE),
                                              make_options (dry_run), self->cancellable, callback, g_object_ref (self));
  else
    herald_dbus_service1_call_import_from_printer (self->service, "", self->printer, make_options (dry_run),
                                                   self->cancellable, callback, g_object_ref (self));
}

static void
on_tried (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HeraldForeignWindow) self = user_data;
  g_autoptr(GVariant) report = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *ended = NULL;
  g_autofree char *escaped = NULL;

  if (finish (self, source, result, &report, &error))
    {
      show_report (self, report);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  sentence = herald_failure_dup_sentence (error);
  ended = herald_text_end_sentence (sentence);
  escaped = g_markup_escape_text (ended, -1);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->problem_page), escaped);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "problem");
}

static void
on_taken (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HeraldForeignWindow) self = user_data;
  g_autoptr(GVariant) report = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (finish (self, source, result, &report, &error))
    {
      g_signal_emit (self, signals[SIGNAL_DONE], 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  sentence = herald_failure_dup_sentence (error);
  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (self->accept_button), FALSE);
  gtk_label_set_label (GTK_LABEL (self->problem), sentence);
  gtk_widget_set_visible (self->problem, TRUE);
  gtk_widget_set_visible (self->intro, TRUE);
  gtk_widget_grab_focus (self->accept_button);
}

static void
on_accepted (HeraldForeignWindow *self)
{
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_widget_set_visible (self->intro, FALSE);
  herald_busy_button_set_busy (HERALD_BUSY_BUTTON (self->accept_button), TRUE);
  call (self, FALSE, on_taken);
}

/* GObject */

static void
herald_foreign_window_dispose (GObject *object)
{
  HeraldForeignWindow *self = HERALD_FOREIGN_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  /* What others ask takes no longer than usual. */
  if (self->service != NULL)
    g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (self->service), -1);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (herald_foreign_window_parent_class)->dispose (object);
}

static void
herald_foreign_window_finalize (GObject *object)
{
  HeraldForeignWindow *self = HERALD_FOREIGN_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->printer);

  G_OBJECT_CLASS (herald_foreign_window_parent_class)->finalize (object);
}

static void
herald_foreign_window_class_init (HeraldForeignWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_foreign_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = herald_foreign_window_finalize;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/octoherald/OctoHerald/preferences/foreign-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldForeignWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldForeignWindow, problem_page);
  gtk_widget_class_bind_template_child (widget_class, HeraldForeignWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, HeraldForeignWindow, close_button);
  gtk_widget_class_bind_template_child (widget_class, HeraldForeignWindow, accept_button);
  gtk_widget_class_bind_template_child (widget_class, HeraldForeignWindow, intro);
  gtk_widget_class_bind_template_child (widget_class, HeraldForeignWindow, taken);
  gtk_widget_class_bind_template_child (widget_class, HeraldForeignWindow, changed);
  gtk_widget_class_bind_template_child (widget_class, HeraldForeignWindow, left);
  gtk_widget_class_bind_template_callback (widget_class, on_accepted);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  /**
   * HeraldForeignWindow::done:
   *
   * All of it was taken over.
   */
  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
herald_foreign_window_init (HeraldForeignWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->intro, FALSE);
}

GtkWidget *
herald_foreign_window_present (GtkWindow          *parent,
                               HeraldDBusService1 *service,
                               GBytes             *content,
                               const char         *printer)
{
  HeraldForeignWindow *self = g_object_new (HERALD_TYPE_FOREIGN_WINDOW, NULL);

  herald_transient_attach (GTK_WINDOW (self), parent);
  self->service = g_object_ref (service);
  self->content = content != NULL ? g_bytes_ref (content) : NULL;
  self->printer = g_strdup (printer);
  gtk_window_present (GTK_WINDOW (self));
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (service), LIMIT_MS);
  call (self, TRUE, on_tried);

  return GTK_WIDGET (self);
}
