/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-heater-style"

#include "window/printers/heater-style.h"

#include <adwaita.h>

#define SWATCH_WIDTH 26
#define SWATCH_HEIGHT 12

static const double dashed[] = { 6, 3 };
static const double dotted[] = { 2, 2.5 };
static const double dash_dotted[] = { 9, 3, 2, 3 };
static const double long_dashed[] = { 12, 4 };
static const double fine_dashed[] = { 4, 2 };
static const double dash_double_dotted[] = { 9, 3, 2, 3, 2, 3 };
static const double wide_dotted[] = { 2, 6 };
static const double dash_dashed[] = { 10, 3, 4, 3 };

/* GTK 4.8 tells nobody the colours of the theme, so they are ours: Adwaita's, of the same meaning on light and dark. */
static const struct
{
  const char *heater; /* NULL: any other */
  const char *light;
  const char *dark;
  const double *dashes;
  int n_dashes;
} styles[] = {
  { "tool0", "#c01c28", "#ff7b63", NULL, 0 },
  { "bed", "#1a5fb4", "#78aeed", dashed, G_N_ELEMENTS (dashed) },
  { "chamber", "#1b7f3f", "#57e389", dotted, G_N_ELEMENTS (dotted) },
  { "tool1", "#813d9c", "#dc8add", dash_dotted, G_N_ELEMENTS (dash_dotted) },
  { "tool2", "#986a00", "#f8e45c", long_dashed, G_N_ELEMENTS (long_dashed) },
  { "tool3", "#a84300", "#ffbe6f", dash_double_dotted, G_N_ELEMENTS (dash_double_dotted) },
  { "tool4", "#0f7079", "#6fd3da", wide_dotted, G_N_ELEMENTS (wide_dotted) },
  { "tool5", "#3d3846", "#deddda", dash_dashed, G_N_ELEMENTS (dash_dashed) },
  { NULL, "#63452c", "#cdab8f", fine_dashed, G_N_ELEMENTS (fine_dashed) },
};

/**
 * HeraldHeaterSwatch:
 *
 * A short piece of the line by which a heater is drawn. It says nothing that is not said in words beside it.
 */
struct _HeraldHeaterSwatch
{
  GtkWidget parent_instance;

  char *heater;
};

G_DEFINE_FINAL_TYPE (HeraldHeaterSwatch, herald_heater_swatch, GTK_TYPE_WIDGET)

static guint
find_row (const char *heater)
{
  guint row = 0;

  while (styles[row].heater != NULL && !g_str_equal (styles[row].heater, heater))
    row++;

  return row;
}

HeraldHeaterStyle
herald_heater_style_get (const char *heater)
{
  guint row = find_row (heater);
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  HeraldHeaterStyle style = { { 0, 0, 0, 1 }, styles[row].dashes, styles[row].n_dashes };

  gdk_rgba_parse (&style.color, is_dark ? styles[row].dark : styles[row].light);

  return style;
}

GdkRGBA
herald_heater_style_get_foreground (double opacity)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  float tone = adw_style_manager_get_dark (manager) ? 1 : 0;

  if (adw_style_manager_get_high_contrast (manager))
    opacity = MIN (1, opacity * 2);

  return (GdkRGBA) { tone, tone, tone, (float) opacity };
}

void
herald_heater_style_apply (HeraldHeaterStyle *self,
                           cairo_t           *cr)
{
  gdk_cairo_set_source_rgba (cr, &self->color);
  cairo_set_dash (cr, self->dashes, self->n_dashes, 0);
}

/* GtkWidget */

static void
herald_heater_swatch_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? SWATCH_WIDTH : SWATCH_HEIGHT;
}

static void
herald_heater_swatch_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  HeraldHeaterStyle style = herald_heater_style_get (HERALD_HEATER_SWATCH (widget)->heater);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);

  herald_heater_style_apply (&style, cr);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, 1, height / 2.0);
  cairo_line_to (cr, width - 1, height / 2.0);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* GObject */

static void
herald_heater_swatch_finalize (GObject *object)
{
  g_free (HERALD_HEATER_SWATCH (object)->heater);

  G_OBJECT_CLASS (herald_heater_swatch_parent_class)->finalize (object);
}

static void
herald_heater_swatch_class_init (HeraldHeaterSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = herald_heater_swatch_finalize;
  widget_class->measure = herald_heater_swatch_measure;
  widget_class->snapshot = herald_heater_swatch_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
herald_heater_swatch_init (HeraldHeaterSwatch *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/**
 * herald_heater_swatch_new:
 * @heater: OctoPrint's name
 *
 * Returns: (transfer floating): a piece of line
 */
GtkWidget *
herald_heater_swatch_new (const char *heater)
{
  HeraldHeaterSwatch *self = g_object_new (HERALD_TYPE_HEATER_SWATCH, NULL);

  self->heater = g_strdup (heater);

  return GTK_WIDGET (self);
}
