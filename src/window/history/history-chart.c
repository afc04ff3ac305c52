/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-chart"

#include "window/history/history-chart.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/history/day-bars.h"

#define DAYS_MAX 31
#define DAYS_WIDE 30
#define DAYS_NARROW 14
#define WIDE_PX 560

/* Days are counted anew at most so often, however much happens. */
#define REFRESH_MS 1000

/**
 * HeraldHistoryChart:
 *
 * Prints and messages of the last days, a column each, and their sums in words above. A day can be chosen; a screen reader is
 * told of each in a sentence.
 */
struct _HeraldHistoryChart
{
  AdwBin parent_instance;

  GtkFlowBox *days;
  GtkLabel *sums[HERALD_DAY_N_COUNTS];
  GVariant *shown;
  HeraldServiceLink *link; /* NULL: was never asked to refresh */
  GCancellable *cancellable;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (HeraldHistoryChart, herald_history_chart, ADW_TYPE_BIN)

enum
{
  DAY_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* (transfer full): of one of the days: when it begins, and what is counted */
static char *
read_day (GVariant *days,
          gsize     index,
          guint    *counts)
{
  char *start = NULL;

  g_variant_get_child (days, index, "(suuuu)", &start, &counts[0], &counts[1], &counts[2], &counts[3]);

  return start;
}

/* (transfer full) (nullable) */
static GDateTime *
read_start (const char *start)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601 (start, NULL);

  return moment != NULL ? g_date_time_to_local (moment) : NULL;
}

/* (transfer full): "12 prints finished" and so on */
static char *
dup_count (HeraldDayCount which,
           guint          n)
{
  switch ((guint) which)
    {
    case HERALD_DAY_FINISHED:
      return g_strdup_printf (ngettext ("%u print finished", "%u prints finished", n), n);
    case HERALD_DAY_FAILED:
      return g_strdup_printf (ngettext ("%u print not finished", "%u prints not finished", n), n);
    case HERALD_DAY_DELIVERED:
      return g_strdup_printf (ngettext ("%u message delivered", "%u messages delivered", n), n);
    default:
      return g_strdup_printf (ngettext ("%u message not delivered", "%u messages not delivered", n), n);
    }
}

static char *
dup_sentence (GDateTime   *start,
              const guint *counts)
{
  g_autofree char *day = g_date_time_format (start, "%A, %x");
  GString *sentence = g_string_new (day);

  for (guint i = 0; i < HERALD_DAY_N_COUNTS; i++)
    {
      g_autofree char *part = dup_count ((HeraldDayCount) i, counts[i]);

      if (counts[i] > 0 || i == HERALD_DAY_FINISHED || i == HERALD_DAY_DELIVERED)
        g_string_append_printf (sentence, "%s%s", herald_text_get_comma (), part);
    }

  return g_string_free (sentence, FALSE);
}

static GtkWidget *
make_day (GDateTime   *start,
          const guint *counts,
          const guint *most)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *bars = herald_day_bars_new ();
  g_autofree char *number = g_date_time_format (start, "%-e");
  g_autofree char *sentence = dup_sentence (start, counts);
  GtkWidget *label = gtk_label_new (number);

  herald_day_bars_set_counts (HERALD_DAY_BARS (bars), counts, most);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), bars);
  gtk_box_append (GTK_BOX (box), label);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_tooltip_text (child, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);

  return child;
}

static void
add_up (GVariant *days,
        guint    *sums,
        guint    *most)
{
  for (gsize i = 0; i < g_variant_n_children (days); i++)
    {
      guint counts[HERALD_DAY_N_COUNTS];
      g_autofree char *start = read_day (days, i, counts);

      for (guint k = 0; k < HERALD_DAY_N_COUNTS; k++)
        sums[k] += counts[k];
      most[0] = MAX (most[0], counts[HERALD_DAY_FINISHED] + counts[HERALD_DAY_FAILED]);
      most[1] = MAX (most[1], counts[HERALD_DAY_DELIVERED] + counts[HERALD_DAY_LOST]);
    }
}

static void
show_sums (HeraldHistoryChart *self,
           const guint        *sums)
{
  gboolean has_any = FALSE;

  for (guint i = 0; i < HERALD_DAY_N_COUNTS; i++)
    {
      g_autofree char *text = dup_count ((HeraldDayCount) i, sums[i]);

      gtk_label_set_text (self->sums[i], text);
      gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (self->sums[i]), GTK_TYPE_FLOW_BOX_CHILD), sums[i] > 0);
      has_any = has_any || sums[i] > 0;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), has_any);
}

static void
on_day_activated (HeraldHistoryChart *self,
                  GtkFlowBoxChild    *child)
{
  int index = gtk_flow_box_child_get_index (child);
  guint counts[HERALD_DAY_N_COUNTS];
  g_autofree char *since = read_day (self->shown, (gsize) index, counts);
  g_autofree char *until = NULL;
  g_autoptr(GDateTime) start = read_start (since);
  /* Translators: a day, as GLib’s g_date_time_format () writes it: e.g. “Friday, 7 November”; “%A, %B %e” is “Friday, November 7” */
  g_autofree char *words = start != NULL ? g_date_time_format (start, _("%A, %e %B")) : NULL;

  if (index + 1 < (int) g_variant_n_children (self->shown))
    until = read_day (self->shown, (gsize) index + 1, counts);
  if (words != NULL)
    g_signal_emit (self, signals[DAY_CHOSEN], 0, since, until != NULL ? until : "", words);
}

static void
on_days_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldHistoryChart) self = HERALD_HISTORY_CHART (user_data);
  g_autoptr(GVariant) days = NULL;
  g_autoptr(GError) error = NULL;

  if (herald_dbus_service1_call_list_days_finish (HERALD_DBUS_SERVICE1 (object), &days, result, &error))
    herald_history_chart_set_days (self, days);
  else
    g_debug ("No days: %s", error->message);
}

static gboolean
on_refresh_timeout (gpointer user_data)
{
  HeraldHistoryChart *self = user_data;
  HeraldDBusService1 *service = herald_service_link_get_service (self->link);
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  guint n_days = root != NULL && gtk_widget_get_width (root) > WIDE_PX ? DAYS_WIDE : DAYS_NARROW;
  GVariantDict filter;

  self->refresh_id = 0;
  if (herald_service_link_get_state (self->link) != HERALD_LINK_RUNNING || service == NULL)
    return G_SOURCE_REMOVE;

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, "days", "u", n_days);
  herald_dbus_service1_call_list_days (service, g_variant_dict_end (&filter), self->cancellable, on_days_ready,
                                       g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/* GtkWidget */

/* Arrows go from day to day, as Tab would not lead past thirty of them. */
static gboolean
herald_history_chart_focus (GtkWidget        *widget,
                            GtkDirectionType  direction)
{
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (is_tab && gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;

  return GTK_WIDGET_CLASS (herald_history_chart_parent_class)->focus (widget, direction);
}

/* GObject */

static void
herald_history_chart_dispose (GObject *object)
{
  HeraldHistoryChart *self = HERALD_HISTORY_CHART (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->link);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_pointer (&self->shown, g_variant_unref);

  G_OBJECT_CLASS (herald_history_chart_parent_class)->dispose (object);
}

static void
herald_history_chart_class_init (HeraldHistoryChartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_history_chart_dispose;
  GTK_WIDGET_CLASS (klass)->focus = herald_history_chart_focus;

  signals[DAY_CHOSEN] = g_signal_new ("day-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

/* What a piece of a bar means, with the number of them */
static GtkWidget *
make_sum (HeraldHistoryChart *self,
          HeraldDayCount      which)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (swatch, "day-piece");
  gtk_widget_add_css_class (swatch, herald_day_bars_get_class (which));
  gtk_widget_set_size_request (swatch, 12, 12);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  self->sums[which] = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->sums[which], TRUE);
  gtk_label_set_xalign (self->sums[which], 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->sums[which]), "caption");
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sums[which]));

  return box;
}

static GtkWidget *
make_flow (guint n_per_line)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), n_per_line);

  return flow;
}

static void
herald_history_chart_init (HeraldHistoryChart *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *sums = make_flow (HERALD_DAY_N_COUNTS);

  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < HERALD_DAY_N_COUNTS; i++)
    gtk_flow_box_insert (GTK_FLOW_BOX (sums), make_sum (self, (HeraldDayCount) i), -1);
  /* A flow box whose children take no focus would let nobody pass who comes by the keyboard. */
  gtk_widget_set_can_focus (sums, FALSE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (sums), 6);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (sums), 2);
  self->days = GTK_FLOW_BOX (make_flow (DAYS_MAX));
  gtk_flow_box_set_homogeneous (self->days, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->days), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Prints and messages per day"), -1);
  g_signal_connect_object (self->days, "child-activated", G_CALLBACK (on_day_activated), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), sums);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->days));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "history-chart");
}

/**
 * herald_history_chart_set_days:
 *
 * The focus stays if nothing has changed.
 */
void
herald_history_chart_set_days (HeraldHistoryChart *self,
                               GVariant           *days)
{
  guint sums[HERALD_DAY_N_COUNTS] = { 0 };
  guint most[2] = { 0 };
  gsize n_days = MIN (g_variant_n_children (days), DAYS_MAX);
  GtkFlowBoxChild *old;

  if (self->shown != NULL && g_variant_equal (self->shown, days))
    return;

  g_clear_pointer (&self->shown, g_variant_unref);
  self->shown = g_variant_ref (days);
  add_up (days, sums, most);
  show_sums (self, sums);
  while ((old = gtk_flow_box_get_child_at_index (self->days, 0)) != NULL)
    gtk_flow_box_remove (self->days, GTK_WIDGET (old));
  gtk_flow_box_set_max_children_per_line (self->days, (guint) MAX (n_days, 1));
  gtk_flow_box_set_min_children_per_line (self->days, (guint) n_days);
  for (gsize i = 0; i < n_days; i++)
    {
      guint counts[HERALD_DAY_N_COUNTS];
      g_autofree char *text = read_day (days, i, counts);
      g_autoptr(GDateTime) start = read_start (text);

      if (start != NULL)
        gtk_flow_box_insert (self->days, make_day (start, counts, most), -1);
    }
}

/**
 * herald_history_chart_refresh:
 * @link: whom to ask what has happened on each day, soon
 */
void
herald_history_chart_refresh (HeraldHistoryChart *self,
                              HeraldServiceLink  *link)
{
  g_set_object (&self->link, link);
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (self->shown == NULL ? 50 : REFRESH_MS, on_refresh_timeout, self);
}
