/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-side-by-side"

#include "window/messages/side-by-side.h"

#include "window/base/child.h"

/* Between both, either way */
#define GAP 24

/* Two columns that are narrower are harder to read than one. */
#define WIDE_FROM 700

/* Of the whole, what the second gets where there is room for both */
#define ASIDE_PERCENT 42

/**
 * HeraldSideBySide:
 *
 * What is worked on, with what comes of it beside it where there is room, and the rest below; else all below each other.
 */
struct _HeraldSideBySide
{
  GtkWidget parent_instance;

  GtkWidget *main;
  GtkWidget *aside;
  GtkWidget *rest;
};

G_DEFINE_FINAL_TYPE (HeraldSideBySide, herald_side_by_side, GTK_TYPE_WIDGET)

enum
{
  PROP_MAIN = 1,
  PROP_ASIDE,
  PROP_REST,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static int
get_aside_width (int width)
{
  return (width - GAP) * ASIDE_PERCENT / 100;
}

/* With large letters there is less room. */
static gboolean
is_wide (HeraldSideBySide *self,
         int               width)
{
  return width >= WIDE_FROM && get_aside_width (width) >= herald_child_measure_width (self->aside) &&
         width - GAP - get_aside_width (width) >=
           MAX (herald_child_measure_width (self->main), herald_child_measure_width (self->rest));
}

static int
measure_all (HeraldSideBySide *self,
             int               width)
{
  int aside_width = get_aside_width (width);
  int main_width = width - GAP - aside_width;

  if (width >= 0 && is_wide (self, width))
    return MAX (herald_child_measure_height (self->main, main_width) + GAP +
                  herald_child_measure_height (self->rest, main_width),
                herald_child_measure_height (self->aside, aside_width));

  return herald_child_measure_height (self->main, width) + GAP + herald_child_measure_height (self->aside, width) + GAP +
         herald_child_measure_height (self->rest, width);
}

static void
place (GtkWidget *child,
       int        x,
       int        y,
       int        width,
       int        height)
{
  const GtkAllocation allocation = { x, y, width, height };

  gtk_widget_size_allocate (child, &allocation, -1);
}

/* GtkWidget */

static GtkSizeRequestMode
herald_side_by_side_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
herald_side_by_side_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  HeraldSideBySide *self = HERALD_SIDE_BY_SIDE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MAX (MAX (herald_child_measure_width (self->main), herald_child_measure_width (self->aside)),
                    herald_child_measure_width (self->rest));
  else
    *minimum = measure_all (self, for_size);
  *natural = *minimum;
}

static void
herald_side_by_side_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  HeraldSideBySide *self = HERALD_SIDE_BY_SIDE (widget);
  gboolean is_beside = is_wide (self, width);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int aside_width = is_beside ? get_aside_width (width) : width;
  int main_width = is_beside ? width - GAP - aside_width : width;
  int main_height = herald_child_measure_height (self->main, main_width);
  int aside_height = herald_child_measure_height (self->aside, aside_width);
  int rest_height = herald_child_measure_height (self->rest, main_width);
  int main_x = is_beside && is_rtl ? aside_width + GAP : 0;
  int rest_y = main_height + GAP + (is_beside ? 0 : aside_height + GAP);

  place (self->main, main_x, 0, main_width, main_height);
  place (self->rest, main_x, rest_y, main_width, rest_height);
  if (is_beside)
    place (self->aside, is_rtl ? 0 : main_width + GAP, 0, aside_width, MAX (aside_height, height));
  else
    place (self->aside, 0, main_height + GAP, aside_width, aside_height);
}

/* GObject */

static void
herald_side_by_side_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  HeraldSideBySide *self = HERALD_SIDE_BY_SIDE (object);

  switch (id)
    {
    case PROP_MAIN:
      herald_child_set (GTK_WIDGET (self), &self->main, g_value_get_object (value));
      break;
    case PROP_ASIDE:
      herald_child_set (GTK_WIDGET (self), &self->aside, g_value_get_object (value));
      break;
    case PROP_REST:
      herald_child_set (GTK_WIDGET (self), &self->rest, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
herald_side_by_side_dispose (GObject *object)
{
  HeraldSideBySide *self = HERALD_SIDE_BY_SIDE (object);

  g_clear_pointer (&self->main, gtk_widget_unparent);
  g_clear_pointer (&self->aside, gtk_widget_unparent);
  g_clear_pointer (&self->rest, gtk_widget_unparent);

  G_OBJECT_CLASS (herald_side_by_side_parent_class)->dispose (object);
}

static void
herald_side_by_side_class_init (HeraldSideBySideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = herald_side_by_side_set_property;
  object_class->dispose = herald_side_by_side_dispose;
  widget_class->get_request_mode = herald_side_by_side_get_request_mode;
  widget_class->measure = herald_side_by_side_measure;
  widget_class->size_allocate = herald_side_by_side_size_allocate;

  properties[PROP_MAIN] = g_param_spec_object ("main", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_ASIDE] = g_param_spec_object ("aside", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_REST] = g_param_spec_object ("rest", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
herald_side_by_side_init (HeraldSideBySide *self)
{
}
