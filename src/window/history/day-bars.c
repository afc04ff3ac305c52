/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-day-bars"

#include "window/history/day-bars.h"

/* Of each of the two bars that stand one above the other */
#define STRIP_HEIGHT 32
#define STRIP_GAP 6
#define WIDTH_LEAST 6
#define WIDTH_MOST 28

/* Something is never nothing. */
#define PIECE_LEAST 3

static const char *const classes[HERALD_DAY_N_COUNTS] = { "finished", "failed", "delivered", "lost" };

/**
 * HeraldDayBars:
 *
 * A day of the chart: a bar of its prints and below it one of its messages; what went wrong is on top of each, and hatched.
 * The pieces are widgets so that their colours come from the style, in the dark and with high contrast, too.
 */
struct _HeraldDayBars
{
  GtkWidget parent_instance;

  GtkWidget *pieces[HERALD_DAY_N_COUNTS];
  guint counts[HERALD_DAY_N_COUNTS];
  guint most[2];
};

G_DEFINE_FINAL_TYPE (HeraldDayBars, herald_day_bars, GTK_TYPE_WIDGET)

static int
get_piece_height (HeraldDayBars *self,
                  guint             piece)
{
  guint most = self->most[piece / 2];

  if (self->counts[piece] == 0 || most == 0)
    return 0;

  return MAX (PIECE_LEAST, (int) ((guint64) self->counts[piece] * STRIP_HEIGHT / most));
}

/* GtkWidget */

static void
herald_day_bars_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_LEAST : 2 * STRIP_HEIGHT + STRIP_GAP;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_MOST : *minimum;
}

static void
herald_day_bars_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  HeraldDayBars *self = HERALD_DAY_BARS (widget);
  int bar = MIN (width, WIDTH_MOST);

  for (guint strip = 0; strip < 2; strip++)
    {
      int bottom = (int) strip * (STRIP_HEIGHT + STRIP_GAP) + STRIP_HEIGHT;

      for (guint piece = strip * 2; piece < strip * 2 + 2; piece++)
        {
          int tall = MIN (get_piece_height (self, piece), bottom - (int) strip * (STRIP_HEIGHT + STRIP_GAP));

          gtk_widget_set_child_visible (self->pieces[piece], tall > 0);
          bottom -= tall;
          gtk_widget_size_allocate (self->pieces[piece], &(GtkAllocation) { (width - bar) / 2, bottom, bar, MAX (tall, 1) }, -1);
        }
    }
}

/* GObject */

static void
herald_day_bars_dispose (GObject *object)
{
  HeraldDayBars *self = HERALD_DAY_BARS (object);

  for (guint i = 0; i < HERALD_DAY_N_COUNTS; i++)
    g_clear_pointer (&self->pieces[i], gtk_widget_unparent);

  G_OBJECT_CLASS (herald_day_bars_parent_class)->dispose (object);
}

static void
herald_day_bars_class_init (HeraldDayBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_day_bars_dispose;
  widget_class->measure = herald_day_bars_measure;
  widget_class->size_allocate = herald_day_bars_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
herald_day_bars_init (HeraldDayBars *self)
{
  for (guint i = 0; i < HERALD_DAY_N_COUNTS; i++)
    {
      self->pieces[i] = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (self->pieces[i], "day-piece");
      gtk_widget_add_css_class (self->pieces[i], classes[i]);
      gtk_widget_set_parent (self->pieces[i], GTK_WIDGET (self));
    }
}

GtkWidget *
herald_day_bars_new (void)
{
  return g_object_new (HERALD_TYPE_DAY_BARS, NULL);
}

void
herald_day_bars_set_counts (HeraldDayBars *self,
                               const guint      *counts,
                               const guint      *most)
{
  memcpy (self->counts, counts, sizeof self->counts);
  memcpy (self->most, most, sizeof self->most);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

const char *
herald_day_bars_get_class (HeraldDayCount count)
{
  return classes[count];
}
