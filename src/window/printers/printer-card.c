/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-card"

#include "window/printers/printer-card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/base/text.h"
#include "window/base/condition.h"
#include "window/printers/card-body.h"
#include "window/printers/card-controls.h"
#include "window/printers/card-menu.h"
#include "window/printers/card-picture.h"
#include "window/printers/card-problem.h"
#include "window/printers/printer-texts.h"
#include "window/printers/temperature-chart.h"
#include "window/printers/temperature-legend.h"

/* Longer nothing is read to its end, and never drawn. */
#define NAME_MAX_CHARS 200

/**
 * HeraldPrinterCard:
 *
 * A printer: how it is doing, in words and picture, what it prints, how far it is, how hot it is and was, what is wrong, and
 * what can be told to it. What happens is shown at once; figures follow about once a second, while the card is in sight.
 */
struct _HeraldPrinterCard
{
  GtkWidget parent_instance;

  HeraldDBusPrinter1 *printer;
  HeraldCardMenu *menu;
  const HeraldCondition *condition;
  GCancellable *cancellable;
  guint update_id;
  gboolean is_stale;   /* figures have changed since they were shown */
  gboolean is_compact;
  gboolean has_history; /* or has asked for it */

  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *state;
  GtkWidget *unfold;
  GtkWidget *menu_button;
  HeraldCardProblem *problem;
  GtkWidget *body;
  HeraldCardPicture *picture;
  GtkWidget *details;
  GtkWidget *file;
  GtkWidget *progress_box;
  GtkWidget *progress;
  GtkWidget *percent;
  GtkWidget *times;
  GtkWidget *doubt;
  GtkWidget *muted;
  HeraldTemperatureLegend *legend;
  HeraldTemperatureChart *chart;
  HeraldCardControls *controls;
};

G_DEFINE_FINAL_TYPE (HeraldPrinterCard, herald_printer_card, GTK_TYPE_WIDGET)

enum
{
  SITUATION_CHANGED,
  CHANGE,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Foreign text is cut and cleaned. */
static void
set_text (GtkWidget  *label,
          const char *foreign)
{
  g_autofree char *text = herald_text_clean (foreign != NULL ? foreign : "", NAME_MAX_CHARS);

  if (!g_str_equal (gtk_label_get_text (GTK_LABEL (label)), text))
    gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

static void
set_style (GtkWidget  *widget,
           const char *before,
           const char *now)
{
  if (before != NULL)
    gtk_widget_remove_css_class (widget, before);
  if (now != NULL)
    gtk_widget_add_css_class (widget, now);
}

static gboolean
is_connected (HeraldPrinterCard *self)
{
  return g_strcmp0 (herald_dbus_printer1_get_connection (self->printer), "connected") == 0;
}

static gboolean
has_job (HeraldPrinterCard *self)
{
  static const char *const states[] = { "printing",  "pausing",    "paused",       "resuming",
                                        "finishing", "cancelling", "transferring", NULL };
  const char *state = herald_dbus_printer1_get_state (self->printer);

  return is_connected (self) && state != NULL && g_strv_contains (states, state);
}

static gboolean
is_folded (HeraldPrinterCard *self)
{
  return self->is_compact && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->unfold));
}

static void
update_condition (HeraldPrinterCard *self)
{
  const HeraldCondition *condition;
  const char *style = self->condition != NULL ? self->condition->style : NULL;

  condition = herald_condition_of_printer (herald_dbus_printer1_get_connection (self->printer),
                                           herald_dbus_printer1_get_state (self->printer));
  if (condition == self->condition)
    return;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), condition->icon_name);
  set_style (self->icon, style, condition->style);
  set_style (self->state, style, condition->style);
  set_text (self->state, _(condition->words));
  self->condition = condition;
}

static void
update_progress (HeraldPrinterCard *self)
{
  double percent = herald_dbus_printer1_get_progress (self->printer);
  g_autofree char *words = NULL;
  gboolean is_known = has_job (self) && isfinite (percent) && percent >= 0;

  gtk_widget_set_visible (self->progress_box, is_known);
  if (!is_known)
    {
      set_text (self->percent, "");
      return;
    }

  percent = MIN (percent, 100);
  words = g_strdup_printf (_("%.0f %%"), floor (percent));
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), percent / 100);
  if (g_str_equal (gtk_label_get_text (GTK_LABEL (self->percent)), words))
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  set_text (self->percent, words);
}

static void
update_job (HeraldPrinterCard *self,
            gint64             now_ms)
{
  g_autofree char *times = NULL;
  const char *doubt = NULL;

  if (has_job (self))
    {
      times = herald_printer_texts_format_times (herald_dbus_printer1_get_elapsed (self->printer),
                                                 herald_dbus_printer1_get_remaining (self->printer),
                                                 herald_dbus_printer1_get_finishes_at (self->printer), now_ms);
      if (herald_dbus_printer1_get_remaining (self->printer) >= 0 && !is_folded (self))
        doubt = herald_printer_texts_get_doubt (herald_dbus_printer1_get_remaining_origin (self->printer));
    }
  set_text (self->file, is_connected (self) ? herald_dbus_printer1_get_file (self->printer) : "");
  set_text (self->times, times);
  set_text (self->doubt, doubt);
  gtk_widget_set_visible (self->muted, has_job (self) && herald_dbus_printer1_get_print_muted (self->printer));
  update_progress (self);
}

static void
on_history_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(HeraldPrinterCard) self = HERALD_PRINTER_CARD (user_data);
  g_autoptr(GVariant) history = NULL;
  g_autoptr(GError) error = NULL;

  herald_dbus_printer1_call_get_temperature_history_finish (HERALD_DBUS_PRINTER1 (object), &history, result, &error);
  if (history != NULL)
    {
      herald_temperature_chart_add_history (self->chart, history);
      return;
    }

  /* It is asked for once more when there is something new to be shown. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->has_history = FALSE;
}

/* What was while nobody looked at the card, the service remembers. */
static void
follow_temperatures (HeraldPrinterCard *self,
                     gint64             now_ms)
{
  GVariant *temperatures = is_connected (self) ? herald_dbus_printer1_get_temperatures (self->printer) : NULL;

  if (herald_temperature_chart_has_gap (self->chart, now_ms / 1000))
    self->has_history = FALSE;
  if (!self->has_history && is_connected (self) && G_IS_DBUS_PROXY (self->printer))
    {
      self->has_history = TRUE;
      herald_dbus_printer1_call_get_temperature_history (self->printer, self->cancellable, on_history_ready,
                                                         g_object_ref (self));
    }
  herald_temperature_chart_add_now (self->chart, now_ms / 1000, temperatures);
  gtk_widget_set_visible (GTK_WIDGET (self->chart), herald_temperature_chart_has_points (self->chart));
}

static void
update_temperatures (HeraldPrinterCard *self,
                     gint64             now_ms)
{
  herald_temperature_legend_set_temperatures (
    self->legend, is_connected (self) ? herald_dbus_printer1_get_temperatures (self->printer) : NULL);
  if (is_folded (self))
    gtk_widget_set_visible (GTK_WIDGET (self->chart), FALSE);
  else
    follow_temperatures (self, now_ms);
}

/* A screen reader says this when the card is reached by keyboard. */
static void
update_summary (HeraldPrinterCard *self)
{
  g_autofree char *problem = herald_card_problem_dup_sentence (self->problem);
  const char *const parts[] = {
    gtk_label_get_text (GTK_LABEL (self->name)),    gtk_label_get_text (GTK_LABEL (self->state)),
    gtk_label_get_text (GTK_LABEL (self->file)),    gtk_label_get_text (GTK_LABEL (self->percent)),
    gtk_label_get_text (GTK_LABEL (self->times)),   problem,
  };
  GString *summary = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (*parts[i] == '\0')
        continue;
      if (summary->len > 0)
        g_string_append (summary, ", ");
      g_string_append (summary, parts[i]);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary->str, -1);
  g_string_free (summary, TRUE);
}

static void
update_figures (HeraldPrinterCard *self,
                gint64             now_ms)
{
  self->is_stale = FALSE;
  update_job (self, now_ms);
  update_temperatures (self, now_ms);
  update_summary (self);
}

static void
update (HeraldPrinterCard *self)
{
  gboolean folded = is_folded (self);
  gboolean has_picture = FALSE;
  gboolean has_controls = FALSE;

  set_text (self->name, herald_dbus_printer1_get_name (self->printer));
  update_condition (self);
  herald_card_problem_update (self->problem);
  herald_card_menu_update (self->menu);
  has_picture = herald_card_picture_update (self->picture);
  has_controls = herald_card_controls_update (self->controls);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), has_picture && !folded);
  gtk_widget_set_visible (GTK_WIDGET (self->controls), has_controls && !folded);
  update_figures (self, g_get_real_time () / 1000);
  gtk_widget_set_visible (self->body, is_connected (self));
}

static gboolean
on_update_idle (gpointer user_data)
{
  HeraldPrinterCard *self = user_data;

  self->update_id = 0;
  update (self);
  g_signal_emit (self, signals[SITUATION_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* What changes all the time */
static gboolean
is_figure (const char *property)
{
  static const char *const figures[] = { "temperatures", "progress",    "elapsed", "remaining", "remaining-origin",
                                         "finishes-at",  "height", "layer",   "layers",    NULL };

  return g_strv_contains (figures, property);
}

static void
on_printer_changed (HeraldPrinterCard *self,
                    GParamSpec        *pspec)
{
  self->is_stale = TRUE;
  /* Many properties change at once. */
  if (!is_figure (pspec->name) && self->update_id == 0)
    self->update_id = g_idle_add (on_update_idle, self);
}

static void
on_unfold_toggled (HeraldPrinterCard *self)
{
  gboolean is_open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->unfold));
  const char *words = is_open ? _("Show Less") : _("Show More");

  gtk_button_set_icon_name (GTK_BUTTON (self->unfold), is_open ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_widget_set_tooltip_text (self->unfold, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unfold), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  update (self);
}

static void
on_change_wanted (HeraldPrinterCard *self)
{
  g_signal_emit (self, signals[CHANGE], 0);
}

static void
on_remove_wanted (HeraldPrinterCard *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

/* GObject */

static void
herald_printer_card_dispose (GObject *object)
{
  HeraldPrinterCard *self = HERALD_PRINTER_CARD (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->menu);
  g_clear_object (&self->printer);
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (herald_printer_card_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, icon);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, name);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, state);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, unfold);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, menu_button);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, problem);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, body);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, picture);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, details);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, file);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, progress_box);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, progress);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, percent);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, times);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, doubt);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, muted);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, legend);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, chart);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrinterCard, controls);
}

static void
herald_printer_card_class_init (HeraldPrinterCardClass *klass)
{
  static const char *const names[] = { "situation-changed", "change", "remove" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_printer_card_dispose;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (HERALD_TYPE_CARD_BODY);
  g_type_ensure (HERALD_TYPE_CARD_CONTROLS);
  g_type_ensure (HERALD_TYPE_CARD_PICTURE);
  g_type_ensure (HERALD_TYPE_CARD_PROBLEM);
  g_type_ensure (HERALD_TYPE_TEMPERATURE_CHART);
  g_type_ensure (HERALD_TYPE_TEMPERATURE_LEGEND);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octoherald/OctoHerald/printers/printer-card.ui");
  bind_template (widget_class);
}

static void
herald_printer_card_init (HeraldPrinterCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->unfold, "toggled", G_CALLBACK (on_unfold_toggled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->problem, "change", G_CALLBACK (on_change_wanted), self, G_CONNECT_SWAPPED);
}

/**
 * herald_printer_card_new:
 * @printer: what the card follows
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
herald_printer_card_new (HeraldDBusPrinter1 *printer)
{
  HeraldPrinterCard *self = g_object_new (HERALD_TYPE_PRINTER_CARD, NULL);

  self->printer = g_object_ref (printer);
  self->menu = herald_card_menu_new (GTK_WIDGET (self), printer);
  g_signal_connect_object (self->menu, "check", G_CALLBACK (herald_card_problem_check), self->problem, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->menu, "change", G_CALLBACK (on_change_wanted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->menu, "remove", G_CALLBACK (on_remove_wanted), self, G_CONNECT_SWAPPED);
  herald_card_problem_set_printer (self->problem, printer);
  herald_card_picture_set_printer (self->picture, printer);
  herald_card_controls_set_printer (self->controls, printer);
  g_signal_connect_object (printer, "notify", G_CALLBACK (on_printer_changed), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

HeraldDBusPrinter1 *
herald_printer_card_get_printer (HeraldPrinterCard *self)
{
  return self->printer;
}

void
herald_printer_card_set_compact (HeraldPrinterCard *self,
                                 gboolean           is_compact)
{
  if (self->is_compact == is_compact)
    return;

  self->is_compact = is_compact;
  gtk_widget_set_visible (self->unfold, is_compact);
  update (self);
}

void
herald_printer_card_tick (HeraldPrinterCard *self,
                          gint64             now_ms)
{
  if (self->is_stale)
    update_figures (self, now_ms);
  else if (!is_folded (self) && is_connected (self))
    follow_temperatures (self, now_ms);
  if (!is_folded (self))
    herald_card_picture_tick (self->picture);
}
