/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-printer-items"

#include "service/tray/tray-printer-items.h"

#include <glib/gi18n-lib.h>

#include "core/printers/printer-words.h"
#include "service/tray/tray-menu.h"
#include "service/tray/tray-model.h"
#include "service/tray/tray-print.h"

#define MINUTE_MS (60 * 1000)

/* What was made for a printer, and of what it looked like then */
typedef struct
{
  char *look;
  char *label;
  GMenu *items;
} Kept;

/* A line of text cannot be clicked. */
static void
take_text (GMenu      *menu,
           const char *key,
           char       *taken_text)
{
  g_autofree char *text = taken_text;
  g_autoptr(GMenuItem) item = NULL;

  if (text == NULL)
    return;

  item = g_menu_item_new (text, NULL);
  g_menu_item_set_attribute (item, HERALD_TRAY_MENU_KEY, "s", key);
  g_menu_append_item (menu, item);
}

static void
append_verb (GMenu         *menu,
             const char    *label,
             const char    *verb,
             HeraldPrinter *printer)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);
  g_autofree char *action = g_strdup_printf ("tray.%s.%s", verb, herald_printer_get_id (printer));

  g_menu_item_set_action_and_target_value (item, action, NULL);
  g_menu_append_item (menu, item);
}

/* What would be lost is named, and only that is cancelled: another print may have begun before somebody says yes. */
static void
append_cancel (GMenu         *menu,
               HeraldPrinter *printer)
{
  g_autofree char *job = herald_printer_words_format_job (printer);
  g_autofree char *print = herald_tray_print_dup_key (printer);
  g_autofree char *action = g_strdup_printf ("tray.cancel.%s", herald_printer_get_id (printer));
  g_autoptr(GMenuItem) yes = g_menu_item_new (_("Yes, cancel it"), NULL);
  g_autoptr(GMenu) question = g_menu_new ();

  if ((herald_printer_get_actions (printer) & HERALD_ACTION_CANCEL) == 0)
    {
      append_verb (menu, _("Cancel this print"), "cancel", printer);
      return;
    }

  take_text (question, "loss",
             /* Translators: name of a file, in quotation marks */
             job != NULL ? g_strdup_printf (_("%s will be lost."), job) : g_strdup (_("The print will be lost.")));
  g_menu_item_set_action_and_target (yes, action, "s", print);
  g_menu_append_item (question, yes);
  g_menu_append_submenu (menu, _("Cancel this print"), G_MENU_MODEL (question));
}

static gboolean
can_be_connected (HeraldPrinter *printer)
{
  return (herald_printer_get_actions (printer) & HERALD_ACTION_CONNECT) != 0;
}

GMenu *
herald_tray_printer_items_make (HeraldPrinter *printer,
                                gboolean       has_window,
                                gint64         now_ms)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) facts = g_menu_new ();
  g_autoptr(GMenu) verbs = g_menu_new ();
  g_autoptr(GMenu) views = g_menu_new ();

  take_text (facts, "job", herald_printer_words_format_job (printer));
  take_text (facts, "finish", herald_printer_words_format_finish (printer, now_ms));
  take_text (facts, "problem", herald_printer_words_format_problem (printer));

  append_verb (verbs, _("Pause"), "pause", printer);
  append_verb (verbs, _("Resume"), "resume", printer);
  append_cancel (verbs, printer);
  if (can_be_connected (printer))
    append_verb (verbs, _("Connect to the printer"), "connect", printer);

  append_verb (views, _("Show picture"), "picture", printer);
  append_verb (views, _("Open web page"), "page", printer);
  if (has_window)
    append_verb (views, _("Show in OctoHerald"), "show", printer);
  append_verb (views, _("Mute this print"), "mute-print", printer);

  if (g_menu_model_get_n_items (G_MENU_MODEL (facts)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (facts));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (verbs));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (views));

  return menu;
}

/* All that the items of a printer and the line before them depend on. Three hundred printers are looked at each second, and
 * to compare is a tenth of the work of making words. */
static char *
look_at (HeraldPrinter *printer,
         gboolean       has_window,
         gint64         now_ms)
{
  HeraldPrinterState *state = herald_printer_get_state (printer);
  gint64 finish_ms = herald_printer_get_finish_ms (printer);
  g_autofree char *print = herald_tray_print_dup_key (printer);

  return g_strdup_printf ("%d %d %d %u %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n%s\n%s\n%s\n%s\n%s\n%s",
                          (int) herald_printer_get_connection (printer), (int) state->id,
                          herald_printer_words_get_percent (printer), (guint) herald_printer_get_actions (printer),
                          has_window, finish_ms, finish_ms != 0 ? now_ms / MINUTE_MS : 0,
                          herald_printer_get_name (printer), herald_printer_get_attention (printer),
                          state->name != NULL ? state->name : "", print,
                          state->error != NULL ? state->error : "",
                          herald_printer_get_problem (printer) != NULL ? herald_printer_get_problem (printer) : "");
}

static void
kept_free (gpointer data)
{
  Kept *self = data;

  g_free (self->look);
  g_free (self->label);
  g_object_unref (self->items);
  g_free (self);
}

static Kept *
make_kept (HeraldPrinter *printer,
           gboolean       has_window,
           gint64         now_ms)
{
  Kept *self = g_new0 (Kept, 1);
  g_autofree char *name = herald_printer_words_format_name (printer);
  g_autofree char *state = herald_printer_words_format_state (printer, now_ms);

  self->look = look_at (printer, has_window, now_ms);
  self->items = herald_tray_printer_items_make (printer, has_window, now_ms);
  /* Translators: name of a printer, and how it is doing, e.g. “Prusa: printing, 42 %” */
  self->label = g_strdup_printf (_("%s: %s"), name, state);

  return self;
}

/* Returns: (transfer none): @kept has it */
static Kept *
renew (GHashTable    *kept,
       HeraldPrinter *printer,
       gboolean       has_window,
       gint64         now_ms)
{
  const char *id = herald_printer_get_id (printer);
  Kept *before = g_hash_table_lookup (kept, id);
  g_autofree char *look = look_at (printer, has_window, now_ms);
  Kept *after;

  if (before != NULL && g_str_equal (before->look, look))
    return before;

  after = make_kept (printer, has_window, now_ms);
  if (before != NULL)
    {
      herald_tray_model_sync (before->items, G_MENU_MODEL (after->items));
      g_set_object (&after->items, before->items);
    }
  g_hash_table_insert (kept, g_strdup (id), after);

  return after;
}

GMenu *
herald_tray_printer_items_make_list (GPtrArray  *printers,
                                     gboolean    has_window,
                                     gint64      now_ms,
                                     GHashTable *kept)
{
  g_autoptr(GHashTable) all = kept != NULL ? g_hash_table_ref (kept) : herald_tray_printer_items_new_kept ();
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < printers->len; i++)
    {
      HeraldPrinter *printer = g_ptr_array_index (printers, i);
      Kept *made = renew (all, printer, has_window, now_ms);
      g_autoptr(GMenuItem) item = g_menu_item_new_submenu (made->label, G_MENU_MODEL (made->items));

      g_menu_item_set_attribute (item, HERALD_TRAY_MENU_KEY, "s", herald_printer_get_id (printer));
      g_menu_append_item (menu, item);
    }

  return menu;
}

GHashTable *
herald_tray_printer_items_new_kept (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);
}

void
herald_tray_printer_items_forget (GHashTable *kept,
                                  GListModel *printers)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);

      g_hash_table_add (ids, g_strdup (herald_printer_get_id (printer)));
    }

  g_hash_table_iter_init (&iter, kept);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!g_hash_table_contains (ids, id))
        g_hash_table_iter_remove (&iter);
    }
}
