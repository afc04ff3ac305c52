/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printers-board"

#include "window/printers/printers-board.h"

#include <glib/gi18n-lib.h>

#include "window/printers/card-grid.h"
#include "window/printers/printer-card.h"
#include "window/printers/printer-editor.h"
#include "window/printers/printer-removal.h"
#include "window/printers/printer-texts.h"

/* Nobody reads figures faster, and a service tells them more often. */
#define TICK_S 1

/* From so many on the cards show only the most important. */
#define COMPACT_FROM 9

/* Whoever has just used the keyboard among the cards is looking at one of them. */
#define HANDS_OFF_US (20 * G_USEC_PER_SEC)

/**
 * HeraldPrintersBoard:
 *
 * The cards of all printers, in order. The order waits while the pointer or the keyboard is at work among them; figures are
 * renewed together, once a second, and only where somebody can see them.
 */
struct _HeraldPrintersBoard
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
  HeraldPrinterOrder order;
  GPtrArray *cards;    /* of #HeraldPrinterCard, in the order of the grid */
  GPtrArray *removals; /* of #HeraldPrinterRemoval */
  GHashTable *removed; /* ids of printers that are hidden, and whether the service was told to forget them */
  guint tick_id;
  gboolean needs_sort;
  gint64 key_us; /* when a key was pressed here */

  HeraldCardGrid *grid;
  GtkEventController *pointer;
};

G_DEFINE_FINAL_TYPE (HeraldPrintersBoard, herald_printers_board, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ── Order ──────────────────────────────────────────────────────────────── */

static int
compare_cards (gconstpointer first,
               gconstpointer second,
               gpointer      user_data)
{
  HeraldPrintersBoard *self = HERALD_PRINTERS_BOARD (user_data);

  return herald_printer_order_compare (herald_printer_card_get_printer (*(HeraldPrinterCard *const *) first),
                                       herald_printer_card_get_printer (*(HeraldPrinterCard *const *) second), self->order);
}

static void
sort (HeraldPrintersBoard *self)
{
  GtkWidget *before = NULL;

  self->needs_sort = FALSE;
  g_ptr_array_sort_with_data (self->cards, compare_cards, self);
  for (guint i = 0; i < self->cards->len; i++)
    {
      GtkWidget *card = g_ptr_array_index (self->cards, i);

      if (gtk_widget_get_prev_sibling (card) != before || gtk_widget_get_parent (card) == NULL)
        herald_card_grid_place (self->grid, card, before);
      before = card;
    }
}

static gboolean
is_in_use (HeraldPrintersBoard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL || !gtk_window_is_active (GTK_WINDOW (root)))
    return FALSE;

  return gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->pointer)) ||
         (gtk_widget_get_focus_child (GTK_WIDGET (self->grid)) != NULL &&
          g_get_monotonic_time () - self->key_us < HANDS_OFF_US);
}

/* ── Figures ────────────────────────────────────────────────────────────── */

static gboolean
is_in_sight (HeraldPrintersBoard *self,
             GtkWidget           *card,
             GtkWidget           *view)
{
  graphene_rect_t bounds;

  if (view == NULL || !gtk_widget_compute_bounds (card, view, &bounds))
    return TRUE;

  return bounds.origin.y < (float) gtk_widget_get_height (view) && bounds.origin.y + bounds.size.height > 0;
}

static void
tick_cards (HeraldPrintersBoard *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  gint64 now_ms = g_get_real_time () / 1000;

  for (guint i = 0; i < self->cards->len; i++)
    {
      GtkWidget *card = g_ptr_array_index (self->cards, i);

      if (gtk_widget_get_mapped (card) && is_in_sight (self, card, view))
        herald_printer_card_tick (HERALD_PRINTER_CARD (card), now_ms);
    }
}

static gboolean
on_tick_timeout (gpointer user_data)
{
  HeraldPrintersBoard *self = user_data;

  if ((self->needs_sort || self->order == HERALD_ORDER_FINISH) && !is_in_use (self))
    sort (self);
  tick_cards (self);

  return G_SOURCE_CONTINUE;
}

/* ── Cards ──────────────────────────────────────────────────────────────── */

static void
on_situation_changed (HeraldPrintersBoard *self)
{
  self->needs_sort = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_change_wanted (HeraldPrinterCard   *card,
                  HeraldPrintersBoard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  herald_printer_editor_present (GTK_WINDOW (root), self->link, herald_printer_card_get_printer (card));
}

static void synchronize (HeraldPrintersBoard *self);

static void
on_removal_over (const char *id,
                 gboolean    is_back,
                 gpointer    user_data)
{
  HeraldPrintersBoard *self = HERALD_PRINTERS_BOARD (user_data);

  if (is_back)
    g_hash_table_remove (self->removed, id);
  else
    g_hash_table_insert (self->removed, g_strdup (id), GINT_TO_POINTER (TRUE));
  synchronize (self);
}

static void
on_remove_wanted (HeraldPrinterCard   *card,
                  HeraldPrintersBoard *self)
{
  HeraldDBusPrinter1 *printer = herald_printer_card_get_printer (card);
  const char *id = herald_dbus_printer1_get_id (printer);

  if (id == NULL || g_hash_table_contains (self->removed, id))
    return;

  g_hash_table_insert (self->removed, g_strdup (id), GINT_TO_POINTER (FALSE));
  g_ptr_array_add (self->removals, herald_printer_removal_begin (GTK_WIDGET (self), self->link, printer, on_removal_over, self));
  synchronize (self);
}

static void
add_card (HeraldPrintersBoard *self,
          HeraldDBusPrinter1  *printer)
{
  GtkWidget *card = herald_printer_card_new (printer);

  g_ptr_array_add (self->cards, card);
  g_signal_connect_object (card, "situation-changed", G_CALLBACK (on_situation_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "change", G_CALLBACK (on_change_wanted), self, 0);
  g_signal_connect_object (card, "remove", G_CALLBACK (on_remove_wanted), self, 0);
}

static gboolean
is_listed (HeraldPrintersBoard *self,
           HeraldDBusPrinter1  *printer)
{
  GListModel *printers = herald_service_link_get_printers (self->link);
  const char *id = herald_dbus_printer1_get_id (printer);

  return g_list_store_find (G_LIST_STORE (printers), printer, NULL) && (id == NULL || !g_hash_table_contains (self->removed, id));
}

static gboolean
has_card (HeraldPrintersBoard *self,
          HeraldDBusPrinter1  *printer)
{
  for (guint i = 0; i < self->cards->len; i++)
    {
      if (herald_printer_card_get_printer (g_ptr_array_index (self->cards, i)) == printer)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_forgotten (gpointer id,
              gpointer is_over,
              gpointer user_data)
{
  GListModel *printers = user_data;

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldDBusPrinter1) printer = g_list_model_get_item (printers, i);

      if (g_strcmp0 (herald_dbus_printer1_get_id (printer), id) == 0)
        return FALSE;
    }

  return GPOINTER_TO_INT (is_over);
}

/* Cards of printers that are gone go, those of new ones come, in their place at once. */
static void
synchronize (HeraldPrintersBoard *self)
{
  GListModel *printers = herald_service_link_get_printers (self->link);
  guint n_before = self->cards->len;
  gboolean has_new = FALSE;

  /* What is removed goes when the service says so: until then it would show up once more. Another one may have its id later. */
  g_hash_table_foreach_remove (self->removed, is_forgotten, printers);
  for (guint i = n_before; i > 0; i--)
    {
      HeraldPrinterCard *card = g_ptr_array_index (self->cards, i - 1);

      if (is_listed (self, herald_printer_card_get_printer (card)))
        continue;
      g_ptr_array_remove_index (self->cards, i - 1);
      herald_card_grid_remove (self->grid, GTK_WIDGET (card));
    }
  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldDBusPrinter1) printer = g_list_model_get_item (printers, i);

      if (!is_listed (self, printer) || has_card (self, printer))
        continue;
      add_card (self, printer);
      has_new = TRUE;
    }

  if (has_new)
    sort (self);
  for (guint i = 0; i < self->cards->len; i++)
    herald_printer_card_set_compact (g_ptr_array_index (self->cards, i), self->cards->len >= COMPACT_FROM);
  if (has_new || self->cards->len != n_before)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* While a window closes, or the whole program ends */
static void
commit_removals (HeraldPrintersBoard *self)
{
  for (guint i = 0; i < self->removals->len; i++)
    herald_printer_removal_commit (g_ptr_array_index (self->removals, i));
  g_ptr_array_set_size (self->removals, 0);
}

static gboolean
on_key_pressed (HeraldPrintersBoard *self)
{
  self->key_us = g_get_monotonic_time ();

  return GDK_EVENT_PROPAGATE;
}

/* GtkWidget */

static void
herald_printers_board_map (GtkWidget *widget)
{
  HeraldPrintersBoard *self = HERALD_PRINTERS_BOARD (widget);

  GTK_WIDGET_CLASS (herald_printers_board_parent_class)->map (widget);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (TICK_S, on_tick_timeout, self);
  tick_cards (self);
}

static void
herald_printers_board_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&HERALD_PRINTERS_BOARD (widget)->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (herald_printers_board_parent_class)->unmap (widget);
}

/* GObject */

static void
herald_printers_board_dispose (GObject *object)
{
  HeraldPrintersBoard *self = HERALD_PRINTERS_BOARD (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  commit_removals (self);
  g_ptr_array_set_size (self->cards, 0);
  g_clear_object (&self->link);

  G_OBJECT_CLASS (herald_printers_board_parent_class)->dispose (object);
}

static void
herald_printers_board_finalize (GObject *object)
{
  HeraldPrintersBoard *self = HERALD_PRINTERS_BOARD (object);

  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->removals, g_ptr_array_unref);
  g_clear_pointer (&self->removed, g_hash_table_unref);

  G_OBJECT_CLASS (herald_printers_board_parent_class)->finalize (object);
}

static void
herald_printers_board_class_init (HeraldPrintersBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = herald_printers_board_dispose;
  object_class->finalize = herald_printers_board_finalize;
  widget_class->map = herald_printers_board_map;
  widget_class->unmap = herald_printers_board_unmap;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
herald_printers_board_init (HeraldPrintersBoard *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GApplication *application = g_application_get_default ();

  self->cards = g_ptr_array_new ();
  self->removals = g_ptr_array_new_with_free_func ((GDestroyNotify) herald_printer_removal_unref);
  self->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->grid = g_object_new (HERALD_TYPE_CARD_GRID, "valign", GTK_ALIGN_START, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Printers"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->grid));

  self->pointer = gtk_event_controller_motion_new ();
  gtk_widget_add_controller (GTK_WIDGET (self->grid), self->pointer);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys);
  if (application != NULL)
    g_signal_connect_object (application, "shutdown", G_CALLBACK (commit_removals), self, G_CONNECT_SWAPPED);
}

void
herald_printers_board_set_link (HeraldPrintersBoard *self,
                                HeraldServiceLink   *link)
{
  GListModel *printers = herald_service_link_get_printers (link);

  g_return_if_fail (self->link == NULL);

  self->link = g_object_ref (link);
  g_signal_connect_object (printers, "items-changed", G_CALLBACK (synchronize), self, G_CONNECT_SWAPPED);
  synchronize (self);
}

void
herald_printers_board_set_order (HeraldPrintersBoard *self,
                                 HeraldPrinterOrder   order)
{
  self->order = order;
  sort (self);
}

gboolean
herald_printers_board_focus (HeraldPrintersBoard *self,
                             const char          *id)
{
  for (guint i = 0; i < self->cards->len; i++)
    {
      GtkWidget *card = g_ptr_array_index (self->cards, i);

      if (g_strcmp0 (herald_dbus_printer1_get_id (herald_printer_card_get_printer (HERALD_PRINTER_CARD (card))), id) == 0)
        return gtk_widget_grab_focus (card);
    }

  return FALSE;
}

guint
herald_printers_board_count (HeraldPrintersBoard *self)
{
  return self->cards->len;
}

char *
herald_printers_board_dup_words (HeraldPrintersBoard *self)
{
  guint n_printing = 0;
  guint n_in_need = 0;

  for (guint i = 0; i < self->cards->len; i++)
    {
      HeraldDBusPrinter1 *printer = herald_printer_card_get_printer (g_ptr_array_index (self->cards, i));

      if (herald_printer_order_is_in_need (printer))
        n_in_need++;
      else if (g_strcmp0 (herald_dbus_printer1_get_connection (printer), "connected") == 0 &&
               g_strcmp0 (herald_dbus_printer1_get_state (printer), "printing") == 0)
        n_printing++;
    }

  return herald_printer_texts_format_counts (self->cards->len, n_printing, n_in_need);
}
