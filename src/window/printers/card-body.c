/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-card-body"

#include "window/printers/card-body.h"

#include "window/base/child.h"

/* From here on the picture has room beside the details. */
#define WIDE 560
#define SPACING 12
#define WIDE_SPACING 18

#define PICTURE_WIDTH_MIN 220
#define PICTURE_WIDTH_MAX 320
#define PICTURE_HEIGHT_MAX 220

/**
 * HeraldCardBody:
 *
 * The picture of a printer and what is known of its print: beside each other where there is room, else the picture on top.
 * How large the picture is shown does not depend on the picture.
 */
struct _HeraldCardBody
{
  GtkWidget parent_instance;

  GtkWidget *picture;
  GtkWidget *details;
};

G_DEFINE_FINAL_TYPE (HeraldCardBody, herald_card_body, GTK_TYPE_WIDGET)

enum
{
  PROP_PICTURE = 1,
  PROP_DETAILS,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

typedef struct
{
  GtkAllocation picture;
  GtkAllocation details;
  int height;
} Places;

static gboolean
is_shown (GtkWidget *child)
{
  return child != NULL && gtk_widget_should_layout (child);
}

/* As if read from left to right */
static Places
find_places (HeraldCardBody *self,
             int             width)
{
  Places places = { 0 };

  places.details.width = width;
  if (is_shown (self->picture) && width >= WIDE)
    {
      places.picture.width = CLAMP (width * 2 / 5, PICTURE_WIDTH_MIN, PICTURE_WIDTH_MAX);
      places.picture.height = places.picture.width * 3 / 4;
      places.details.x = places.picture.width + WIDE_SPACING;
      places.details.width = width - places.details.x;
    }
  else if (is_shown (self->picture))
    {
      places.picture.width = width;
      places.picture.height = MIN (width * 9 / 16, PICTURE_HEIGHT_MAX);
      places.details.y = places.picture.height + SPACING;
    }
  places.height = places.picture.height;
  if (is_shown (self->details))
    {
      places.details.height = herald_child_measure_height (self->details, places.details.width);
      places.height = MAX (places.height, places.details.y + places.details.height);
    }

  return places;
}

/* Of a width nobody knows yet: the words beside the picture need the most where it is narrow, the picture where it is wide. */
static int
get_height_of_any (HeraldCardBody *self)
{
  return MAX (find_places (self, WIDE).height, find_places (self, PICTURE_WIDTH_MAX * 5 / 2).height);
}

static int
get_least_width (GtkWidget *child)
{
  return is_shown (child) ? herald_child_measure_width (child) : 0;
}

static void
place (HeraldCardBody *self,
       GtkWidget      *child,
       GtkAllocation   area,
       int             width)
{
  if (!is_shown (child))
    return;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    area.x = width - area.x - area.width;
  gtk_widget_size_allocate (child, &area, -1);
}

/* GtkWidget */

static GtkSizeRequestMode
herald_card_body_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
herald_card_body_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  HeraldCardBody *self = HERALD_CARD_BODY (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MAX (get_least_width (self->picture), get_least_width (self->details));
  else
    *minimum = *natural = for_size < 0 ? get_height_of_any (self) : find_places (self, for_size).height;
}

static void
herald_card_body_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  HeraldCardBody *self = HERALD_CARD_BODY (widget);
  Places places = find_places (self, width);

  place (self, self->picture, places.picture, width);
  place (self, self->details, places.details, width);
}

/* GObject */

static void
herald_card_body_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  HeraldCardBody *self = HERALD_CARD_BODY (object);
  GtkWidget **child = id == PROP_PICTURE ? &self->picture : &self->details;

  herald_child_set (GTK_WIDGET (self), child, g_value_get_object (value));
}

static void
herald_card_body_dispose (GObject *object)
{
  HeraldCardBody *self = HERALD_CARD_BODY (object);

  g_clear_pointer (&self->picture, gtk_widget_unparent);
  g_clear_pointer (&self->details, gtk_widget_unparent);

  G_OBJECT_CLASS (herald_card_body_parent_class)->dispose (object);
}

static void
herald_card_body_class_init (HeraldCardBodyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = herald_card_body_set_property;
  object_class->dispose = herald_card_body_dispose;
  widget_class->get_request_mode = herald_card_body_get_request_mode;
  widget_class->measure = herald_card_body_measure;
  widget_class->size_allocate = herald_card_body_size_allocate;

  properties[PROP_PICTURE] = g_param_spec_object ("picture", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_DETAILS] = g_param_spec_object ("details", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
herald_card_body_init (HeraldCardBody *self)
{
}
