/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-card-grid"

#include "window/printers/card-grid.h"

/* Narrower a card is hard to read. */
#define COLUMN_WIDTH 328
#define COLUMNS_MAX 4
#define SPACING 12

/* A card with so much less to say than its neighbour stays small: it would be an empty sheet. */
#define STRETCH_MAX 200

/**
 * HeraldCardGrid:
 *
 * Cards side by side, in as many columns of the same width as there is room for, those of a row of the same height unless that
 * leaves one of them empty. The keyboard visits them in their order.
 */
struct _HeraldCardGrid
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldCardGrid, herald_card_grid, GTK_TYPE_WIDGET)

static GtkWidget *
get_next_shown (GtkWidget *card)
{
  while (card != NULL && !gtk_widget_should_layout (card))
    card = gtk_widget_get_next_sibling (card);

  return card;
}

static GtkWidget *
get_first (GtkWidget *grid)
{
  return get_next_shown (gtk_widget_get_first_child (grid));
}

static GtkWidget *
get_next (GtkWidget *card)
{
  return get_next_shown (gtk_widget_get_next_sibling (card));
}

static int
count_cards (GtkWidget *grid)
{
  int n_cards = 0;

  for (GtkWidget *card = get_first (grid); card != NULL; card = get_next (card))
    n_cards++;

  return n_cards;
}

/* The widest of the least widths: large letters need wider columns. */
static int
get_least_width (GtkWidget *grid)
{
  int least = 0;

  for (GtkWidget *card = get_first (grid); card != NULL; card = get_next (card))
    {
      int minimum = 0;

      gtk_widget_measure (card, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      least = MAX (least, minimum);
    }

  return least;
}

static int
get_n_columns (GtkWidget *grid,
               int        width)
{
  int column = MAX (COLUMN_WIDTH, get_least_width (grid));

  return CLAMP ((width + SPACING) / (column + SPACING), 1, CLAMP (count_cards (grid), 1, COLUMNS_MAX));
}

static int
get_column_width (int width,
                  int n_columns)
{
  return (width - SPACING * (n_columns - 1)) / n_columns;
}

/* @first: of a row. Returns: how high the row has to be */
static int
measure_row (GtkWidget *first,
             int        n_columns,
             int        column_width)
{
  int height = 0;

  for (GtkWidget *card = first; card != NULL && n_columns > 0; card = get_next (card), n_columns--)
    {
      int natural = 0;

      gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, column_width, NULL, &natural, NULL, NULL);
      height = MAX (height, natural);
    }

  return height;
}

static void
allocate_card (GtkWidget     *card,
               GtkAllocation  place)
{
  int natural = 0;

  gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, place.width, NULL, &natural, NULL, NULL);
  if (place.height - natural > STRETCH_MAX)
    place.height = natural;
  gtk_widget_size_allocate (card, &place, -1);
}

static GtkWidget *
skip_row (GtkWidget *first,
          int        n_columns)
{
  while (first != NULL && n_columns-- > 0)
    first = get_next (first);

  return first;
}

/* GtkWidget */

static GtkSizeRequestMode
herald_card_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
herald_card_grid_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  int n_columns = 0;
  int column_width = 0;
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      n_columns = MIN (count_cards (widget), COLUMNS_MAX);
      *minimum = get_least_width (widget);
      *natural = MAX (*minimum, n_columns * (COLUMN_WIDTH + SPACING));
      return;
    }

  if (for_size < 0)
    for_size = COLUMN_WIDTH;
  n_columns = get_n_columns (widget, for_size);
  column_width = get_column_width (for_size, n_columns);
  for (GtkWidget *first = get_first (widget); first != NULL; first = skip_row (first, n_columns))
    height += (height > 0 ? SPACING : 0) + measure_row (first, n_columns, column_width);
  *minimum = *natural = height;
}

static void
herald_card_grid_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  int n_columns = get_n_columns (widget, width);
  int column_width = get_column_width (width, n_columns);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation place = { 0, 0, column_width, 0 };
  GtkWidget *first = get_first (widget);

  while (first != NULL)
    {
      GtkWidget *card = first;

      place.height = measure_row (first, n_columns, column_width);
      for (int column = 0; card != NULL && column < n_columns; column++)
        {
          int offset = column * (column_width + SPACING);

          place.x = is_mirrored ? width - column_width - offset : offset;
          allocate_card (card, place);
          card = get_next (card);
        }
      place.y += place.height + SPACING;
      first = card;
    }
}

/* GObject */

static void
herald_card_grid_dispose (GObject *object)
{
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (object));

  while (card != NULL)
    {
      gtk_widget_unparent (card);
      card = gtk_widget_get_first_child (GTK_WIDGET (object));
    }

  G_OBJECT_CLASS (herald_card_grid_parent_class)->dispose (object);
}

static void
herald_card_grid_class_init (HeraldCardGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_card_grid_dispose;
  widget_class->get_request_mode = herald_card_grid_get_request_mode;
  widget_class->measure = herald_card_grid_measure;
  widget_class->size_allocate = herald_card_grid_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
herald_card_grid_init (HeraldCardGrid *self)
{
}

void
herald_card_grid_place (HeraldCardGrid *self,
                        GtkWidget      *card,
                        GtkWidget      *after)
{
  gtk_widget_insert_after (card, GTK_WIDGET (self), after);
}

void
herald_card_grid_remove (HeraldCardGrid *self,
                         GtkWidget      *card)
{
  gtk_widget_unparent (card);
}
