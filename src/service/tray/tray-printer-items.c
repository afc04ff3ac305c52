/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-printer-items"

#include "service/tray/tray-printer-items.h"

#include <glib/gi18n-lib.h>

#include "core/printers/printer-words.h"
#include "service/tray/tray-menu.h"

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
  HeraldPrinterState *state = herald_printer_get_state (printer);
  g_autofree char *job = herald_printer_words_format_job (printer);
  g_autofree char *action = g_strdup_printf ("tray.cancel.%s", herald_printer_get_id (printer));
  g_autoptr(GMenuItem) yes = g_menu_item_new (_("Yes, cancel it"), NULL);
  g_autoptr(GMenu) question = g_menu_new ();

  if ((herald_printer_get_actions (printer) & HERALD_ACTION_CANCEL) == 0)
    {
      append_verb (menu, _("Cancel this print"), "cancel", printer);
      return;
    }

  /* Translators: name of a file, in quotation marks */
  take_text (question, "loss",
             job != NULL ? g_strdup_printf (_("%s will be lost."), job) : g_strdup (_("The print will be lost.")));
  g_menu_item_set_action_and_target (yes, action, "s", state->path != NULL ? state->path : "");
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

GMenu *
herald_tray_printer_items_make_list (GPtrArray *printers,
                                     gboolean   has_window,
                                     gint64     now_ms)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < printers->len; i++)
    {
      HeraldPrinter *printer = g_ptr_array_index (printers, i);
      g_autoptr(GMenu) items = herald_tray_printer_items_make (printer, has_window, now_ms);
      g_autofree char *name = herald_printer_words_format_name (printer);
      g_autofree char *state = herald_printer_words_format_state (printer, now_ms);
      /* Translators: name of a printer, and how it is doing, e.g. “Prusa: printing, 42 %” */
      g_autofree char *label = g_strdup_printf (_("%s: %s"), name, state);
      g_autoptr(GMenuItem) item = g_menu_item_new_submenu (label, G_MENU_MODEL (items));

      g_menu_item_set_attribute (item, HERALD_TRAY_MENU_KEY, "s", herald_printer_get_id (printer));
      g_menu_append_item (menu, item);
    }

  return menu;
}
