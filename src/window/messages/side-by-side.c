/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-side-by-side"

#include "window/messages/side-by-side.h"

/* Between both, either way */
#define GAP 24

/* Two columns that are narrower are harder to read than one. */
#define WIDE_FROM 700

/* Of the whole, what the second gets where there is room for both */
#define ASIDE_PERCENT 42

/**
 * HeraldSideBySide:
 *
 * Two widgets beside each other where there is room for what both would like, else below each other.
 */
struct _HeraldSideBySide
{
  GtkWidget parent_instance;

  GtkWidget *main;
  GtkWidget *aside;
};

G_DEFINE_FINAL_TYPE (HeraldSideBySide, herald_side_by_side, GTK_TYPE_WIDGET)

enum
{
  PROP_MAIN = 1,
  PROP_ASIDE,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static int
get_aside_width (int width)
{
  return (width - GAP) * ASIDE_PERCENT / 100;
}

/* The letters' size counts, so the narrowest they can be is what they are measured by. */
static gboolean
is_wide (HeraldSideBySide *self,
         int               width)
{
  int least_main = 0;
  int least_aside = 0;

  gtk_widget_measure (self->main, GTK_ORIENTATION_HORIZONTAL, -1, &least_main, NULL, NULL, NULL);
  gtk_widget_measure (self->aside, GTK_ORIENTATION_HORIZONTAL, -1, &least_aside, NULL, NULL, NULL);

  return width >= WIDE_FROM && get_aside_width (width) >= least_aside && width - GAP - get_aside_width (width) >= least_main;
}

static void
measure_width (HeraldSideBySide *self,
               int              *minimum,
               int              *natural)
{
  int least[2];
  int most[2];

  gtk_widget_measure (self->main, GTK_ORIENTATION_HORIZONTAL, -1, &least[0], &most[0], NULL, NULL);
  gtk_widget_measure (self->aside, GTK_ORIENTATION_HORIZONTAL, -1, &least[1], &most[1], NULL, NULL);
  *minimum = MAX (least[0], least[1]);
  *natural = MAX (*minimum, most[0] + GAP + most[1]);
}

static void
measure_height (HeraldSideBySide *self,
                int               width,
                int              *minimum,
                int              *natural)
{
  gboolean is_beside = width >= 0 && is_wide (self, width);
  int aside_width = is_beside ? get_aside_width (width) : width;
  int main_width = is_beside ? width - GAP - aside_width : width;
  int least[2];
  int most[2];

  gtk_widget_measure (self->main, GTK_ORIENTATION_VERTICAL, main_width, &least[0], &most[0], NULL, NULL);
  gtk_widget_measure (self->aside, GTK_ORIENTATION_VERTICAL, aside_width, &least[1], &most[1], NULL, NULL);
  *minimum = is_beside ? MAX (least[0], least[1]) : least[0] + GAP + least[1];
  *natural = is_beside ? MAX (most[0], most[1]) : most[0] + GAP + most[1];
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

static void
set_child (HeraldSideBySide  *self,
           GtkWidget        **child,
           GtkWidget         *wanted)
{
  g_clear_pointer (child, gtk_widget_unparent);
  *child = wanted;
  if (wanted != NULL)
    gtk_widget_insert_before (wanted, GTK_WIDGET (self), child == &self->main ? self->aside : NULL);
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
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (HERALD_SIDE_BY_SIDE (widget), minimum, natural);
  else
    measure_height (HERALD_SIDE_BY_SIDE (widget), for_size, minimum, natural);
}

static void
herald_side_by_side_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  HeraldSideBySide *self = HERALD_SIDE_BY_SIDE (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int aside_width = get_aside_width (width);
  int main_width = width - GAP - aside_width;
  int main_height = 0;

  if (is_wide (self, width))
    {
      place (self->main, is_rtl ? aside_width + GAP : 0, 0, main_width, height);
      place (self->aside, is_rtl ? 0 : main_width + GAP, 0, aside_width, height);
      return;
    }

  gtk_widget_measure (self->main, GTK_ORIENTATION_VERTICAL, width, NULL, &main_height, NULL, NULL);
  place (self->main, 0, 0, width, main_height);
  place (self->aside, 0, main_height + GAP, width, MAX (height - main_height - GAP, 0));
}

/* GObject */

static void
herald_side_by_side_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  HeraldSideBySide *self = HERALD_SIDE_BY_SIDE (object);

  switch (id)
    {
    case PROP_MAIN:
      g_value_set_object (value, self->main);
      break;
    case PROP_ASIDE:
      g_value_set_object (value, self->aside);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

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
      set_child (self, &self->main, g_value_get_object (value));
      break;
    case PROP_ASIDE:
      set_child (self, &self->aside, g_value_get_object (value));
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

  G_OBJECT_CLASS (herald_side_by_side_parent_class)->dispose (object);
}

static void
herald_side_by_side_class_init (HeraldSideBySideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = herald_side_by_side_get_property;
  object_class->set_property = herald_side_by_side_set_property;
  object_class->dispose = herald_side_by_side_dispose;
  widget_class->get_request_mode = herald_side_by_side_get_request_mode;
  widget_class->measure = herald_side_by_side_measure;
  widget_class->size_allocate = herald_side_by_side_size_allocate;

  properties[PROP_MAIN] = g_param_spec_object ("main", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_ASIDE] = g_param_spec_object ("aside", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
herald_side_by_side_init (HeraldSideBySide *self)
{
}
