/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-fit"

#include "window/base/fit.h"

#include "window/base/child.h"

/**
 * HeraldFit:
 *
 * Two ways to show the same: the wide one where there is room for it, else the narrow one. It asks for no more than the narrow
 * one needs, so that a window can become narrow, and `is-narrow` tells others which it is.
 */
struct _HeraldFit
{
  GtkWidget parent_instance;

  GtkWidget *wide;
  GtkWidget *narrow;
  gboolean is_narrow;
  guint notify_id;
};

G_DEFINE_FINAL_TYPE (HeraldFit, herald_fit, GTK_TYPE_WIDGET)

enum
{
  PROP_WIDE = 1,
  PROP_NARROW,
  PROP_IS_NARROW,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static gboolean
on_notify_idle (gpointer user_data)
{
  HeraldFit *self = user_data;

  self->notify_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_NARROW]);

  return G_SOURCE_REMOVE;
}

/* Others change their size when they are told, which must not happen while sizes are given. */
static void
set_is_narrow (HeraldFit *self,
               gboolean   is_narrow)
{
  gtk_widget_set_child_visible (self->wide, !is_narrow);
  gtk_widget_set_child_visible (self->narrow, is_narrow);
  if (self->is_narrow == is_narrow)
    return;

  self->is_narrow = is_narrow;
  if (self->notify_id == 0)
    self->notify_id = g_idle_add (on_notify_idle, self);
}

/* GtkWidget */

static GtkSizeRequestMode
herald_fit_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
herald_fit_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  HeraldFit *self = HERALD_FIT (widget);
  int least[2];
  int most[2];

  gtk_widget_measure (self->wide, orientation, -1, &least[0], &most[0], NULL, NULL);
  gtk_widget_measure (self->narrow, orientation, -1, &least[1], &most[1], NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? least[1] : MAX (least[0], least[1]);
  *natural = MAX (most[0], most[1]);
}

static void
herald_fit_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  HeraldFit *self = HERALD_FIT (widget);
  int least = 0;

  gtk_widget_measure (self->wide, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &least, NULL, NULL);
  set_is_narrow (self, width < least);
  gtk_widget_allocate (self->is_narrow ? self->narrow : self->wide, width, height, baseline, NULL);
}

/* GObject */

static void
herald_fit_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  HeraldFit *self = HERALD_FIT (object);

  switch (id)
    {
    case PROP_WIDE:
      g_value_set_object (value, self->wide);
      break;
    case PROP_NARROW:
      g_value_set_object (value, self->narrow);
      break;
    case PROP_IS_NARROW:
      g_value_set_boolean (value, self->is_narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
herald_fit_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  HeraldFit *self = HERALD_FIT (object);

  switch (id)
    {
    case PROP_WIDE:
      herald_child_set (GTK_WIDGET (self), &self->wide, g_value_get_object (value));
      break;
    case PROP_NARROW:
      herald_child_set (GTK_WIDGET (self), &self->narrow, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
herald_fit_dispose (GObject *object)
{
  HeraldFit *self = HERALD_FIT (object);

  g_clear_handle_id (&self->notify_id, g_source_remove);
  g_clear_pointer (&self->wide, gtk_widget_unparent);
  g_clear_pointer (&self->narrow, gtk_widget_unparent);

  G_OBJECT_CLASS (herald_fit_parent_class)->dispose (object);
}

static void
herald_fit_class_init (HeraldFitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = herald_fit_get_property;
  object_class->set_property = herald_fit_set_property;
  object_class->dispose = herald_fit_dispose;
  widget_class->get_request_mode = herald_fit_get_request_mode;
  widget_class->measure = herald_fit_measure;
  widget_class->size_allocate = herald_fit_size_allocate;

  properties[PROP_WIDE] = g_param_spec_object ("wide", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_NARROW] = g_param_spec_object ("narrow", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_IS_NARROW] = g_param_spec_boolean ("is-narrow", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
herald_fit_init (HeraldFit *self)
{
}
