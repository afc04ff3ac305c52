/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-card-controls"

#include "window/printers/card-controls.h"

#include <glib/gi18n-lib.h>

#include "window/base/busy-button.h"
#include "window/base/failure.h"

/**
 * HeraldCardControls:
 *
 * The buttons that tell a printer what to do: those that make sense now. To cancel is asked for once more, in place, because
 * nobody can take it back. What the service refuses is said below the buttons.
 */
struct _HeraldCardControls
{
  AdwBin parent_instance;

  HeraldDBusPrinter1 *printer;
  GCancellable *cancellable;
  HeraldBusyButton *pressed; /* NULL: nothing is under way */
  char *failed_state;        /* in which the printer was when it was refused; NULL if nothing was */

  GtkStack *stack;
  GtkWidget *pause;
  GtkWidget *resume;
  GtkWidget *connect;
  GtkWidget *cancel;
  GtkWidget *keep;
  GtkWidget *really;
  GtkWidget *question;
  GtkWidget *failure;
};

G_DEFINE_FINAL_TYPE (HeraldCardControls, herald_card_controls, ADW_TYPE_BIN)

static void
say (HeraldCardControls *self,
     const char         *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->failure), sentence);
  gtk_widget_set_visible (self->failure, *sentence != '\0');
  g_clear_pointer (&self->failed_state, g_free);
  if (*sentence != '\0')
    self->failed_state = g_strdup (herald_dbus_printer1_get_state (self->printer));
}

static gboolean
can (HeraldCardControls *self,
     const char         *action)
{
  const char *const *actions = herald_dbus_printer1_get_actions (self->printer);

  return actions != NULL && g_strv_contains (actions, action);
}

static gboolean
is_asking (HeraldCardControls *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "asking") == 0;
}

static void
ask (HeraldCardControls *self,
     gboolean            is_asking_now)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  if (is_asking (self) == is_asking_now)
    return;

  gtk_stack_set_visible_child_name (self->stack, is_asking_now ? "asking" : "usual");
  if (had_focus)
    gtk_widget_grab_focus (is_asking_now ? self->keep : self->cancel);
}

static void
set_pressed (HeraldCardControls *self,
             HeraldBusyButton   *button)
{
  if (self->pressed != NULL)
    herald_busy_button_set_busy (self->pressed, FALSE);
  self->pressed = button;
  if (button != NULL)
    herald_busy_button_set_busy (button, TRUE);
}

static void
on_control_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldCardControls) self = HERALD_CARD_CONTROLS (user_data);
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  herald_dbus_printer1_call_control_finish (HERALD_DBUS_PRINTER1 (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    {
      sentence = herald_failure_dup_sentence (error);
      say (self, sentence);
    }
  set_pressed (self, NULL);
  ask (self, FALSE);
  herald_card_controls_update (self);
  if (had_focus && gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
control (HeraldCardControls *self,
         GtkWidget          *button,
         const char         *action)
{
  if (self->pressed != NULL)
    return;

  say (self, "");
  set_pressed (self, HERALD_BUSY_BUTTON (button));
  herald_dbus_printer1_call_control (self->printer, action, self->cancellable, on_control_ready, g_object_ref (self));
}

static void
on_pause_clicked (HeraldCardControls *self)
{
  control (self, self->pause, "pause");
}

static void
on_resume_clicked (HeraldCardControls *self)
{
  control (self, self->resume, "resume");
}

static void
on_connect_clicked (HeraldCardControls *self)
{
  control (self, self->connect, "connect");
}

static void
on_cancel_clicked (HeraldCardControls *self)
{
  ask (self, TRUE);
}

static void
on_keep_clicked (HeraldCardControls *self)
{
  ask (self, FALSE);
}

static void
on_really_clicked (HeraldCardControls *self)
{
  control (self, self->really, "cancel");
}

static gboolean
on_key_pressed (HeraldCardControls *self,
                guint               key)
{
  if (key != GDK_KEY_Escape || !is_asking (self) || self->pressed != NULL)
    return GDK_EVENT_PROPAGATE;

  ask (self, FALSE);

  return GDK_EVENT_STOP;
}

/* GObject */

static void
herald_card_controls_dispose (GObject *object)
{
  HeraldCardControls *self = HERALD_CARD_CONTROLS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->printer);
  g_clear_pointer (&self->failed_state, g_free);

  G_OBJECT_CLASS (herald_card_controls_parent_class)->dispose (object);
}

static void
herald_card_controls_class_init (HeraldCardControlsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_card_controls_dispose;

  g_type_ensure (HERALD_TYPE_BUSY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/printers/card-controls.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldCardControls, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardControls, pause);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardControls, resume);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardControls, connect);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardControls, cancel);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardControls, keep);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardControls, really);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardControls, question);
  gtk_widget_class_bind_template_child (widget_class, HeraldCardControls, failure);
}

static void
herald_card_controls_init (HeraldCardControls *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  const struct
  {
    GtkWidget **button;
    GCallback callback;
  } clicks[] = {
    { &self->pause, G_CALLBACK (on_pause_clicked) },     { &self->resume, G_CALLBACK (on_resume_clicked) },
    { &self->connect, G_CALLBACK (on_connect_clicked) }, { &self->cancel, G_CALLBACK (on_cancel_clicked) },
    { &self->keep, G_CALLBACK (on_keep_clicked) },       { &self->really, G_CALLBACK (on_really_clicked) },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < G_N_ELEMENTS (clicks); i++)
    g_signal_connect_object (*clicks[i].button, "clicked", clicks[i].callback, self, G_CONNECT_SWAPPED);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->really), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->question, NULL,
                                  -1);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
herald_card_controls_set_printer (HeraldCardControls *self,
                                  HeraldDBusPrinter1 *printer)
{
  g_return_if_fail (self->printer == NULL);

  self->printer = g_object_ref (printer);
  herald_card_controls_update (self);
}

gboolean
herald_card_controls_update (HeraldCardControls *self)
{
  gboolean is_any = can (self, "pause") || can (self, "resume") || can (self, "connect") || can (self, "cancel");

  /* What somebody waits for stays where it is. */
  if (self->pressed != NULL)
    return TRUE;

  if (self->failed_state != NULL && g_strcmp0 (self->failed_state, herald_dbus_printer1_get_state (self->printer)) != 0)
    say (self, "");
  gtk_widget_set_visible (self->pause, can (self, "pause"));
  gtk_widget_set_visible (self->resume, can (self, "resume"));
  gtk_widget_set_visible (self->connect, can (self, "connect"));
  gtk_widget_set_visible (self->cancel, can (self, "cancel"));
  if (!can (self, "cancel"))
    ask (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), is_any);

  return is_any || gtk_widget_get_visible (self->failure);
}
