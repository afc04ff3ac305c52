/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-temperature-chart"

#include "window/printers/temperature-chart.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "window/base/human.h"
#include "window/printers/heater-style.h"
#include "window/printers/temperature-scale.h"
#include "window/printers/temperature-series.h"

#define MIN_WIDTH 120
#define NATURAL_WIDTH 320
#define PLOT_HEIGHT 96

/* Between the words of an axis and what it measures */
#define GAP 6

/* A line of time every ten minutes */
#define TIME_STEP_SLOTS 60

#define GRID_OPACITY 0.12
#define WORDS_OPACITY 0.6
#define TARGET_OPACITY 0.55
#define FILL_OPACITY 0.07

/* A sensor that says nothing for half a minute is a gap in the line. */
#define GAP_SLOTS 3

/**
 * HeraldTemperatureChart:
 *
 * How hot each heater was in the last 30 minutes and how hot it should have been. It draws anew only when something has
 * moved by a pixel, and tells the same in words to those who do not see it.
 */
struct _HeraldTemperatureChart
{
  GtkWidget parent_instance;

  HeraldTemperatureSeries *series;
  gint64 drawn_slot;
  double drawn_now[HERALD_SERIES_HEATERS_MAX];
  gint64 described_slot;
  guint n_drawn;
};

G_DEFINE_FINAL_TYPE (HeraldTemperatureChart, herald_temperature_chart, GTK_TYPE_WIDGET)

/* What is needed while it draws */
typedef struct
{
  HeraldTemperatureSeries *series;
  HeraldTemperatureScale scale;
  gboolean is_mirrored;
  double left;
  double width;
  double height;
} Plot;

static double
get_x (const Plot *plot,
       guint       age)
{
  double part = 1 - (double) age / (HERALD_SERIES_N_SLOTS - 1);

  return plot->left + plot->width * (plot->is_mirrored ? 1 - part : part);
}

static double
get_y (const Plot *plot,
       double      temperature)
{
  double part = (temperature - plot->scale.bottom) / (plot->scale.top - plot->scale.bottom);

  return plot->height * (1 - CLAMP (part, 0, 1));
}

static HeraldTemperatureScale
get_scale (HeraldTemperatureChart *self)
{
  double lowest = 0;
  double highest = 0;

  herald_temperature_series_get_range (self->series, -1, &lowest, &highest);

  return herald_temperature_scale_for (lowest, highest);
}

/* @is_target: what was wanted goes in steps, and is nothing while the heater is off */
static void
trace (const Plot *plot,
       cairo_t    *cr,
       guint       heater,
       gboolean    is_target)
{
  guint missing = G_MAXUINT / 2;

  cairo_new_path (cr);
  for (guint i = 0; i < HERALD_SERIES_N_SLOTS; i++)
    {
      guint age = HERALD_SERIES_N_SLOTS - 1 - i;
      double actual = 0;
      double target = 0;
      double x = get_x (plot, age);

      if (!herald_temperature_series_get (plot->series, heater, age, &actual, &target) || (is_target && target <= 0))
        {
          missing++;
          continue;
        }
      if (missing >= GAP_SLOTS)
        cairo_move_to (cr, x, get_y (plot, is_target ? target : actual));
      else if (is_target)
        {
          double before = 0;

          cairo_get_current_point (cr, NULL, &before);
          cairo_line_to (cr, x, before);
          cairo_line_to (cr, x, get_y (plot, target));
        }
      else
        cairo_line_to (cr, x, get_y (plot, actual));
      missing = 0;
    }
}

static void
draw_heater (const Plot *plot,
             cairo_t    *cr,
             guint       heater)
{
  static const double fine[] = { 1, 3 };
  HeraldHeaterStyle style = herald_heater_style_get (herald_temperature_series_get_heater (plot->series, heater));
  GdkRGBA faint = style.color;

  faint.alpha = TARGET_OPACITY;
  trace (plot, cr, heater, TRUE);
  gdk_cairo_set_source_rgba (cr, &faint);
  cairo_set_dash (cr, fine, G_N_ELEMENTS (fine), 0);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);

  trace (plot, cr, heater, FALSE);
  herald_heater_style_apply (&style, cr);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

/* Returns: (transfer full): small, as words of an axis are */
static PangoLayout *
make_words (GtkWidget  *widget,
            const char *words)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, words);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  return layout;
}

/* The marks at both ends keep the sign behind the number where words run the other way. */
static char *
format_degrees (double temperature)
{
  return g_strdup_printf ("\342\200\216%.0f °\342\200\216", temperature);
}

static void
draw_temperature_lines (HeraldTemperatureChart *self,
                        const Plot             *plot,
                        cairo_t                *cr)
{
  GdkRGBA grid = herald_heater_style_get_foreground (GRID_OPACITY);
  GdkRGBA ink = herald_heater_style_get_foreground (WORDS_OPACITY);
  HeraldTemperatureScale scale = plot->scale;

  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 1);
  for (double at = ceil (scale.bottom / scale.step) * scale.step; at <= scale.top; at += scale.step)
    {
      g_autofree char *words = format_degrees (at);
      g_autoptr(PangoLayout) layout = make_words (GTK_WIDGET (self), words);
      double y = floor (get_y (plot, at)) + 0.5;
      int width = 0;
      int height = 0;

      gdk_cairo_set_source_rgba (cr, &grid);
      cairo_move_to (cr, plot->left, y);
      cairo_line_to (cr, plot->left + plot->width, y);
      cairo_stroke (cr);
      pango_layout_get_pixel_size (layout, &width, &height);
      gdk_cairo_set_source_rgba (cr, &ink);
      cairo_move_to (cr, plot->is_mirrored ? plot->width + GAP : plot->left - GAP - width,
                     CLAMP (y - height / 2.0, 0, plot->height - height / 2.0));
      pango_cairo_show_layout (cr, layout);
    }
}

static void
draw_time_lines (HeraldTemperatureChart *self,
                 const Plot             *plot,
                 cairo_t                *cr)
{
  GdkRGBA grid = herald_heater_style_get_foreground (GRID_OPACITY);
  GdkRGBA ink = herald_heater_style_get_foreground (WORDS_OPACITY);
  double taken = plot->is_mirrored ? -G_MAXDOUBLE : G_MAXDOUBLE; /* by the words before */

  for (guint age = 0; age <= HERALD_SERIES_N_SLOTS; age += TIME_STEP_SLOTS)
    {
      guint minutes = age * HERALD_SERIES_SLOT_S / 60;
      g_autofree char *words = NULL;
      g_autoptr(PangoLayout) layout = NULL;
      double x = floor (get_x (plot, MIN (age, HERALD_SERIES_N_SLOTS - 1))) + 0.5;
      int width = 0;

      words = age == 0 ? g_strdup (_("now")) : g_strdup_printf (_("%u min"), minutes);
      layout = make_words (GTK_WIDGET (self), words);
      gdk_cairo_set_source_rgba (cr, &grid);
      cairo_move_to (cr, x, 0);
      cairo_line_to (cr, x, plot->height);
      cairo_stroke (cr);
      pango_layout_get_pixel_size (layout, &width, NULL);
      x = CLAMP (x - width / 2.0, plot->left, MAX (plot->left, plot->left + plot->width - width));
      if (plot->is_mirrored ? x < taken + GAP : x + width > taken - GAP)
        continue;
      taken = plot->is_mirrored ? x + width : x;
      gdk_cairo_set_source_rgba (cr, &ink);
      cairo_move_to (cr, x, plot->height + GAP / 2);
      pango_cairo_show_layout (cr, layout);
    }
}

/* Down from where a line ends, and back below where it began */
static void
close_area (const Plot *plot,
            cairo_t    *cr)
{
  double x = 0;

  if (!cairo_has_current_point (cr))
    return;

  cairo_get_current_point (cr, &x, NULL);
  cairo_line_to (cr, x, plot->height);
  cairo_close_path (cr);
}

/* The first heater is what a print is about: below its line it is a little darker, but not where there is none. */
static void
draw_fill (const Plot *plot,
           cairo_t    *cr)
{
  cairo_path_t *line;
  GdkRGBA color = { 0 };

  if (herald_temperature_series_get_n_heaters (plot->series) == 0)
    return;

  trace (plot, cr, 0, FALSE);
  line = cairo_copy_path (cr);
  cairo_new_path (cr);
  for (int i = 0; i < line->num_data; i += line->data[i].header.length)
    {
      const cairo_path_data_t *point = &line->data[i + 1];

      if (line->data[i].header.type == CAIRO_PATH_MOVE_TO)
        {
          close_area (plot, cr);
          cairo_move_to (cr, point->point.x, plot->height);
        }
      cairo_line_to (cr, point->point.x, point->point.y);
    }
  close_area (plot, cr);
  cairo_path_destroy (line);

  color = herald_heater_style_get (herald_temperature_series_get_heater (plot->series, 0)).color;
  color.alpha = FILL_OPACITY;
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_fill (cr);
}

static void
remember_drawn (HeraldTemperatureChart *self)
{
  self->drawn_slot = herald_temperature_series_get_newest (self->series);
  for (guint i = 0; i < HERALD_SERIES_HEATERS_MAX; i++)
    {
      double target = 0;

      if (!herald_temperature_series_get (self->series, i, 0, &self->drawn_now[i], &target))
        self->drawn_now[i] = -G_MAXDOUBLE;
    }
}

static gboolean
has_moved (HeraldTemperatureChart *self)
{
  HeraldTemperatureScale scale = get_scale (self);
  double pixel = (scale.top - scale.bottom) / MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);

  if (self->drawn_slot != herald_temperature_series_get_newest (self->series))
    return TRUE;

  for (guint i = 0; i < HERALD_SERIES_HEATERS_MAX; i++)
    {
      double actual = 0;
      double target = 0;

      if (herald_temperature_series_get (self->series, i, 0, &actual, &target) &&
          fabs (actual - self->drawn_now[i]) >= pixel)
        return TRUE;
    }

  return FALSE;
}

static void
describe (HeraldTemperatureChart *self)
{
  GString *words = g_string_new (_("In the last 30 minutes:"));

  for (guint i = 0; i < herald_temperature_series_get_n_heaters (self->series); i++)
    {
      g_autofree char *name = herald_human_format_heater (herald_temperature_series_get_heater (self->series, i));
      double lowest = 0;
      double highest = 0;

      if (!herald_temperature_series_get_range (self->series, (int) i, &lowest, &highest))
        continue;
      g_string_append_c (words, ' ');
      /* Translators: a heater, then two temperatures in degrees Celsius */
      g_string_append_printf (words, _("%s from %.0f to %.0f °C."), name, lowest, highest);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words->str, -1);
  g_string_free (words, TRUE);
  self->described_slot = herald_temperature_series_get_newest (self->series);
}

static void
on_looks_changed (HeraldTemperatureChart *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* GtkWidget */

static void
herald_temperature_chart_measure (GtkWidget      *widget,
                                  GtkOrientation  orientation,
                                  int             for_size,
                                  int            *minimum,
                                  int            *natural,
                                  int            *minimum_baseline,
                                  int            *natural_baseline)
{
  g_autoptr(PangoLayout) layout = NULL;
  int word_height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }

  layout = make_words (widget, _("now"));
  pango_layout_get_pixel_size (layout, NULL, &word_height);
  *minimum = *natural = PLOT_HEIGHT + word_height + GAP / 2;
}

static void
herald_temperature_chart_snapshot (GtkWidget   *widget,
                                   GtkSnapshot *snapshot)
{
  HeraldTemperatureChart *self = HERALD_TEMPERATURE_CHART (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  Plot plot = { .series = self->series, .scale = get_scale (self) };
  g_autofree char *widest = format_degrees (plot.scale.top);
  g_autoptr(PangoLayout) layout = make_words (widget, widest);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
  int word_width = 0;
  int word_height = 0;

  pango_layout_get_pixel_size (layout, &word_width, &word_height);
  plot.is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  plot.left = plot.is_mirrored ? 0 : word_width + GAP;
  plot.width = MAX (width - word_width - GAP - 1, 1);
  plot.height = MAX (height - word_height - GAP / 2, 1);

  draw_temperature_lines (self, &plot, cr);
  draw_time_lines (self, &plot, cr);
  draw_fill (&plot, cr);
  for (guint i = herald_temperature_series_get_n_heaters (self->series); i > 0; i--)
    draw_heater (&plot, cr, i - 1);
  cairo_destroy (cr);
  remember_drawn (self);
  self->n_drawn++;
}

/* GObject */

static void
herald_temperature_chart_finalize (GObject *object)
{
  g_clear_pointer (&HERALD_TEMPERATURE_CHART (object)->series, herald_temperature_series_free);

  G_OBJECT_CLASS (herald_temperature_chart_parent_class)->finalize (object);
}

static void
herald_temperature_chart_class_init (HeraldTemperatureChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = herald_temperature_chart_finalize;
  widget_class->measure = herald_temperature_chart_measure;
  widget_class->snapshot = herald_temperature_chart_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
herald_temperature_chart_init (HeraldTemperatureChart *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->series = herald_temperature_series_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Chart of the temperatures"), -1);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (on_looks_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (on_looks_changed), self, G_CONNECT_SWAPPED);
}

/**
 * herald_temperature_chart_new:
 *
 * Returns: (transfer floating): an empty chart
 */
GtkWidget *
herald_temperature_chart_new (void)
{
  return g_object_new (HERALD_TYPE_TEMPERATURE_CHART, NULL);
}

void
herald_temperature_chart_add_history (HeraldTemperatureChart *self,
                                      GVariant               *history)
{
  herald_temperature_series_add_history (self->series, history);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
herald_temperature_chart_add_now (HeraldTemperatureChart *self,
                                  gint64                  now_s,
                                  GVariant               *temperatures)
{
  herald_temperature_series_add_now (self->series, now_s, temperatures);
  if (self->described_slot != herald_temperature_series_get_newest (self->series))
    describe (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && has_moved (self))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
herald_temperature_chart_has_gap (HeraldTemperatureChart *self,
                                  gint64                  now_s)
{
  gint64 newest = herald_temperature_series_get_newest (self->series);

  return newest > 0 && now_s / HERALD_SERIES_SLOT_S - newest >= GAP_SLOTS;
}

gboolean
herald_temperature_chart_has_points (HeraldTemperatureChart *self)
{
  double lowest = 0;
  double highest = 0;

  return herald_temperature_series_get_range (self->series, -1, &lowest, &highest);
}

guint
herald_temperature_chart_get_n_drawn (HeraldTemperatureChart *self)
{
  return self->n_drawn;
}
