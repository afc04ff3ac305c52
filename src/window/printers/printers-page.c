/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printers-page"

#include "window/printers/printers-page.h"

#include "window/printers/printers-board.h"

#define SETTINGS_ID "io.github.octoherald.OctoHerald"
#define ORDER_KEY "printer-order"

/* One card is as wide as a page of text, several stand side by side. */
#define WIDTH_OF_ONE 760
#define WIDTH_OF_MANY 1400

/**
 * HeraldPrintersPage:
 *
 * The page of the printers: a card for each, the worst first. While there is none it says what to do.
 */
struct _HeraldPrintersPage
{
  AdwBin parent_instance;

  char *wanted_printer; /* id; NULL if nobody asked for one */
  guint focus_id;
  GSettings *settings; /* NULL: there is no schema */

  GtkStack *stack;
  AdwClamp *clamp;
  GtkWidget *bar;
  GtkLabel *words;
  HeraldPrintersBoard *board;
};

G_DEFINE_FINAL_TYPE (HeraldPrintersPage, herald_printers_page, ADW_TYPE_BIN)

static gboolean
on_focus_idle (gpointer user_data)
{
  HeraldPrintersPage *self = user_data;

  self->focus_id = 0;
  if (self->wanted_printer != NULL && herald_printers_board_focus (self->board, self->wanted_printer))
    g_clear_pointer (&self->wanted_printer, g_free);

  return G_SOURCE_REMOVE;
}

/* Not before the page is shown and its cards have their places. */
static void
focus_wanted_printer (HeraldPrintersPage *self)
{
  if (self->wanted_printer != NULL && self->focus_id == 0)
    self->focus_id = g_idle_add_full (G_PRIORITY_LOW, on_focus_idle, self, NULL);
}

static void
on_board_changed (HeraldPrintersPage *self)
{
  guint n_cards = herald_printers_board_count (self->board);
  g_autofree char *words = herald_printers_board_dup_words (self->board);

  gtk_stack_set_visible_child_name (self->stack, n_cards > 0 ? "list" : "empty");
  gtk_widget_set_visible (self->bar, n_cards > 1);
  adw_clamp_set_maximum_size (self->clamp, n_cards > 1 ? WIDTH_OF_MANY : WIDTH_OF_ONE);
  adw_clamp_set_tightening_threshold (self->clamp, n_cards > 1 ? WIDTH_OF_MANY : WIDTH_OF_ONE);
  if (!g_str_equal (gtk_label_get_text (self->words), words))
    gtk_label_set_text (self->words, words);
  focus_wanted_printer (self);
}

static void
on_order_changed (HeraldPrintersPage *self,
                  const char         *name,
                  GActionGroup       *actions)
{
  g_autoptr(GVariant) state = g_action_group_get_action_state (actions, ORDER_KEY);

  herald_printers_board_set_order (self->board, herald_printer_order_from_string (g_variant_get_string (state, NULL)));
}

/* Run from a build folder there may be no schema; then the order is forgotten. */
static void
add_order_action (HeraldPrintersPage *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, SETTINGS_ID, TRUE) : NULL;
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr(GAction) action = NULL;

  if (schema != NULL && g_settings_schema_has_key (schema, ORDER_KEY))
    {
      self->settings = g_settings_new_full (schema, NULL, NULL);
      action = g_settings_create_action (self->settings, ORDER_KEY);
    }
  else
    action = G_ACTION (g_simple_action_new_stateful (ORDER_KEY, G_VARIANT_TYPE_STRING, g_variant_new_string ("worst")));

  g_action_map_add_action (G_ACTION_MAP (actions), action);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "printers", G_ACTION_GROUP (actions));
  g_signal_connect_object (actions, "action-state-changed::" ORDER_KEY, G_CALLBACK (on_order_changed), self, G_CONNECT_SWAPPED);
  on_order_changed (self, ORDER_KEY, G_ACTION_GROUP (actions));
}

/* GtkWidget */

static void
herald_printers_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (herald_printers_page_parent_class)->map (widget);
  focus_wanted_printer (HERALD_PRINTERS_PAGE (widget));
}

/* GObject */

static void
herald_printers_page_dispose (GObject *object)
{
  HeraldPrintersPage *self = HERALD_PRINTERS_PAGE (object);

  g_clear_handle_id (&self->focus_id, g_source_remove);
  g_clear_pointer (&self->wanted_printer, g_free);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (herald_printers_page_parent_class)->dispose (object);
}

static void
herald_printers_page_class_init (HeraldPrintersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_printers_page_dispose;
  widget_class->map = herald_printers_page_map;

  g_type_ensure (HERALD_TYPE_PRINTERS_BOARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/octoherald/OctoHerald/printers/printers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HeraldPrintersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrintersPage, clamp);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrintersPage, bar);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrintersPage, words);
  gtk_widget_class_bind_template_child (widget_class, HeraldPrintersPage, board);
}

static void
herald_printers_page_init (HeraldPrintersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_order_action (self);
  g_signal_connect_object (self->board, "changed", G_CALLBACK (on_board_changed), self, G_CONNECT_SWAPPED);
}

/**
 * herald_printers_page_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
herald_printers_page_new (HeraldServiceLink *link)
{
  HeraldPrintersPage *self = g_object_new (HERALD_TYPE_PRINTERS_PAGE, NULL);

  herald_printers_board_set_link (self->board, link);
  on_board_changed (self);

  return GTK_WIDGET (self);
}

void
herald_printers_page_show_printer (HeraldPrintersPage *self,
                                   const char         *id)
{
  g_free (self->wanted_printer);
  self->wanted_printer = g_strdup (id);
  focus_wanted_printer (self);
}
