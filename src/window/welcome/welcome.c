/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-welcome"

#include "window/welcome/welcome.h"

#include <glib/gi18n-lib.h>

#include "window/printers/printer-adder.h"
#include "window/welcome/ways-step.h"
#include "window/welcome/test-step.h"

/**
 * HeraldWelcome:
 *
 * The way from the first start to the first relayed message, in three steps: a printer, ways to reach a person, a test. Each can
 * be passed over and returned to; what was done in one stays done.
 */
struct _HeraldWelcome
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  guint step;
  HeraldPrinterAdder *adder;
  HeraldWaysStep *ways;
  HeraldTestStep *test;

  GtkLabel *title;
  GtkLabel *sentence;
  GtkStack *steps;
  GtkBox *dots;
  GtkButton *back;
  GtkButton *next;
};

G_DEFINE_FINAL_TYPE (HeraldWelcome, herald_welcome, ADW_TYPE_BIN)

enum
{
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *name;
  const char *title;
  const char *sentence;
} steps[] = {
  { "printer", N_("Welcome to OctoHerald"),
    N_("It watches your 3D printers and tells you what happens to them, wherever you are. Which one should it watch?") },
  { "ways", N_("Where Should It Tell You?"), N_("Choose as many as you like. You can change that at any time.") },
  { "test", N_("Try It Out"), N_("Send yourself a message, and see that it arrives.") },
};

static gboolean
has_printer (HeraldWelcome *self)
{
  return g_list_model_get_n_items (herald_service_link_get_printers (self->link)) > 0;
}

/* What is next is suggested as soon as this step is done. */
static gboolean
is_step_done (HeraldWelcome *self)
{
  if (self->step == 0)
    return has_printer (self);
  if (self->step == 1)
    return herald_ways_step_is_done (self->ways);

  return TRUE;
}

static void
update (HeraldWelcome *self)
{
  gboolean is_last = self->step + 1 == G_N_ELEMENTS (steps);
  GtkWidget *dot = gtk_widget_get_first_child (GTK_WIDGET (self->dots));
  g_autofree char *where = g_strdup_printf (_("Step %u of %u"), self->step + 1, (guint) G_N_ELEMENTS (steps));

  gtk_label_set_text (self->title, _(steps[self->step].title));
  gtk_label_set_text (self->sentence, _(steps[self->step].sentence));
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), self->step > 0 || herald_printer_adder_is_choosing (self->adder));
  gtk_button_set_label (self->back, self->step == 0 ? _("_Skip") : _("_Back"));
  gtk_button_set_label (self->next, is_last ? _("_Done") : _("_Next"));
  if (is_step_done (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->next), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->next), "suggested-action");

  for (guint i = 0; dot != NULL; i++, dot = gtk_widget_get_next_sibling (dot))
    gtk_widget_set_opacity (dot, i == self->step ? 1 : 0.3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->dots), GTK_ACCESSIBLE_PROPERTY_LABEL, where, -1);
}

static void
go_to (HeraldWelcome *self,
       guint          step)
{
  self->step = step;
  gtk_stack_set_visible_child_name (self->steps, steps[step].name);
  update (self);
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->steps), GTK_DIR_TAB_FORWARD);
}

/* ── Actions ────────────────────────────────────────────────────────────── */

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  HeraldWelcome *self = HERALD_WELCOME (widget);

  if (self->step == 0)
    herald_printer_adder_go_back (self->adder);
  else
    go_to (self, self->step - 1);
}

static void
leave_or_go_back (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  HeraldWelcome *self = HERALD_WELCOME (widget);

  if (self->step == 0)
    g_signal_emit (self, signals[FINISHED], 0);
  else
    go_to (self, self->step - 1);
}

static void
go_on (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  HeraldWelcome *self = HERALD_WELCOME (widget);

  if (self->step + 1 == G_N_ELEMENTS (steps))
    g_signal_emit (self, signals[FINISHED], 0);
  else
    go_to (self, self->step + 1);
}

/* Enter goes on as soon as there is nothing left to do here. Who has gone back to add another one may be typing. */
static void
on_arrived (HeraldWelcome *self)
{
  update (self);
  if (herald_printer_adder_has_arrived (self->adder) && !herald_printer_adder_is_choosing (self->adder) && self->step == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->next));
}

static void
add_dots (HeraldWelcome *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_add_css_class (dot, "welcome-dot");
      gtk_box_append (self->dots, dot);
    }
}

static void
add_steps (HeraldWelcome *self)
{
  self->adder = HERALD_PRINTER_ADDER (herald_printer_adder_new (self->link));
  herald_printer_adder_offer_others (self->adder);
  self->ways = HERALD_WAYS_STEP (herald_ways_step_new (self->link));
  self->test = HERALD_TEST_STEP (herald_test_step_new (self->link));
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->adder), "printer");
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->ways), "ways");
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->test), "test");
}

/* GObject */

static void
herald_welcome_dispose (GObject *object)
{
  g_clear_object (&HERALD_WELCOME (object)->link);

  G_OBJECT_CLASS (herald_welcome_parent_class)->dispose (object);
}

static void
herald_welcome_class_init (HeraldWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_welcome_dispose;

  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/welcome/welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldWelcome, title);
  gtk_widget_class_bind_template_child (widget_class, HeraldWelcome, sentence);
  gtk_widget_class_bind_template_child (widget_class, HeraldWelcome, steps);
  gtk_widget_class_bind_template_child (widget_class, HeraldWelcome, dots);
  gtk_widget_class_bind_template_child (widget_class, HeraldWelcome, back);
  gtk_widget_class_bind_template_child (widget_class, HeraldWelcome, next);
  gtk_widget_class_install_action (widget_class, "welcome.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "welcome.leave-or-back", NULL, leave_or_go_back);
  gtk_widget_class_install_action (widget_class, "welcome.next", NULL, go_on);
}

static void
herald_welcome_init (HeraldWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * herald_welcome_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
herald_welcome_new (HeraldServiceLink *link)
{
  HeraldWelcome *self = g_object_new (HERALD_TYPE_WELCOME, NULL);

  self->link = g_object_ref (link);
  add_dots (self);
  add_steps (self);
  g_signal_connect_object (self->adder, "notify::arrived", G_CALLBACK (on_arrived), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adder, "notify::choosing", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ways, "notify::done", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (herald_service_link_get_printers (link), "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
