/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * HeraldHeaterStyle:
 * @color: for the current theme
 * @dashes: of the line, so that nobody needs the colour to tell it from the others
 * @n_dashes: 0 for a line without gaps
 *
 * How a heater is drawn.
 */
typedef struct
{
  GdkRGBA color;
  const double *dashes;
  int n_dashes;
} HeraldHeaterStyle;

HeraldHeaterStyle herald_heater_style_get            (const char        *heater);
/* For lines and words of a chart: the foreground of the current theme, more or less of it */
GdkRGBA           herald_heater_style_get_foreground (double             opacity);
void              herald_heater_style_apply          (HeraldHeaterStyle *self,
                                                      cairo_t           *cr);

#define HERALD_TYPE_HEATER_SWATCH (herald_heater_swatch_get_type ())
G_DECLARE_FINAL_TYPE (HeraldHeaterSwatch, herald_heater_swatch, HERALD, HEATER_SWATCH, GtkWidget)

/* A piece of that line, to stand before the heater's name */
GtkWidget *herald_heater_swatch_new (const char *heater);

G_END_DECLS
