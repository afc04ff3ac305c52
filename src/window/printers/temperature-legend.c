/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-temperature-legend"

#include "window/printers/temperature-legend.h"

#include "window/base/human.h"
#include "window/printers/heater-style.h"
#include "window/printers/temperature-series.h"

#define N_COLUMNS 2
#define COLUMN_GAP 12

/**
 * HeraldTemperatureLegend:
 *
 * How hot each heater is now and how hot it is to become, each beside a piece of its line in the chart.
 */
struct _HeraldTemperatureLegend
{
  AdwBin parent_instance;

  GtkWidget *grid;
  GPtrArray *names;  /* of heaters, as OctoPrint calls them */
  GPtrArray *labels; /* of the same */
};

G_DEFINE_FINAL_TYPE (HeraldTemperatureLegend, herald_temperature_legend, ADW_TYPE_BIN)

static GtkWidget *
find_label (HeraldTemperatureLegend *self,
            const char              *heater)
{
  GtkWidget *cell = NULL;
  GtkWidget *label = NULL;
  guint index = 0;

  if (g_ptr_array_find_with_equal_func (self->names, heater, g_str_equal, &index))
    return g_ptr_array_index (self->labels, index);
  if (self->names->len == HERALD_SERIES_HEATERS_MAX)
    return NULL;

  index = self->names->len;
  cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (cell), herald_heater_swatch_new (heater));
  gtk_box_append (GTK_BOX (cell), label);
  gtk_grid_attach (GTK_GRID (self->grid), cell, (int) (index % N_COLUMNS), (int) (index / N_COLUMNS), 1, 1);
  g_ptr_array_add (self->names, g_strdup (heater));
  g_ptr_array_add (self->labels, label);

  return label;
}

/* GObject */

static void
herald_temperature_legend_finalize (GObject *object)
{
  HeraldTemperatureLegend *self = HERALD_TEMPERATURE_LEGEND (object);

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->labels);

  G_OBJECT_CLASS (herald_temperature_legend_parent_class)->finalize (object);
}

static void
herald_temperature_legend_class_init (HeraldTemperatureLegendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_temperature_legend_finalize;
}

static void
herald_temperature_legend_init (HeraldTemperatureLegend *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), COLUMN_GAP);
  adw_bin_set_child (ADW_BIN (self), self->grid);
}

void
herald_temperature_legend_set_temperatures (HeraldTemperatureLegend *self,
                                            GVariant                *temperatures)
{
  GVariantIter iter;
  const char *heater = NULL;
  double actual = 0;
  double target = 0;

  gtk_widget_set_visible (GTK_WIDGET (self), temperatures != NULL && g_variant_n_children (temperatures) > 0);
  if (temperatures == NULL)
    return;

  for (guint i = 0; i < self->names->len; i++)
    gtk_widget_set_visible (gtk_widget_get_parent (g_ptr_array_index (self->labels, i)),
                            g_variant_lookup (temperatures, g_ptr_array_index (self->names, i), "(dd)", NULL, NULL));
  g_variant_iter_init (&iter, temperatures);
  while (g_variant_iter_next (&iter, "{&s(dd)}", &heater, &actual, &target))
    {
      g_autofree char *words = herald_human_format_temperature (heater, actual, target);
      GtkWidget *label = find_label (self, heater);

      if (label != NULL && !g_str_equal (gtk_label_get_text (GTK_LABEL (label)), words))
        gtk_label_set_text (GTK_LABEL (label), words);
    }
}
