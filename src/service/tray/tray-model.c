/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-model"

#include "service/tray/tray-model.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/time-words.h"
#include "core/channels/channel.h"
#include "core/printers/printer-words.h"
#include "service/tray/tray-menu.h"
#include "service/tray/tray-printer-items.h"

/* So many lines can be looked through. */
#define LIST_MAX 12
#define GROUP_SIZE 15

#define NAME_MAX_CHARS 40
#define SENTENCE_MAX_CHARS 160

static void
append_text (GMenu      *menu,
             const char *text)
{
  g_menu_append (menu, text, NULL);
}

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             const char *id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);
  g_autofree char *full = g_strconcat ("tray.", action, id != NULL ? "." : NULL, id, NULL);

  g_menu_item_set_action_and_target_value (item, full, NULL);
  g_menu_append_item (menu, item);
}

/* @key: who it is while its label changes */
static void
append_submenu (GMenu      *menu,
                const char *label,
                const char *key,
                GMenu      *submenu)
{
  g_autoptr(GMenuItem) item = g_menu_item_new_submenu (label, G_MENU_MODEL (submenu));

  g_menu_item_set_attribute (item, HERALD_TRAY_MENU_KEY, "s", key);
  g_menu_append_item (menu, item);
}

static void
append_section (GMenu *menu,
                GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* A printer and where it belongs by its name: “Printer 2” before “Printer 10” */
typedef struct
{
  char *key;
  HeraldPrinter *printer;
} Named;

static void
named_clear (gpointer data)
{
  g_free (((Named *) data)->key);
}

static gint
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (((const Named *) a)->key, ((const Named *) b)->key);
}

/* Each name is looked at once: to compare two in the order of a language is slow. */
static void
sort_by_name (GPtrArray *printers)
{
  g_autoptr(GArray) named = g_array_sized_new (FALSE, FALSE, sizeof (Named), printers->len);

  g_array_set_clear_func (named, named_clear);
  for (guint i = 0; i < printers->len; i++)
    {
      HeraldPrinter *printer = g_ptr_array_index (printers, i);
      Named item = { g_utf8_collate_key_for_filename (herald_printer_get_name (printer), -1), printer };

      g_array_append_val (named, item);
    }

  g_array_sort (named, compare_names);
  for (guint i = 0; i < printers->len; i++)
    g_ptr_array_index (printers, i) = g_array_index (named, Named, i).printer;
}

static GPtrArray *
list_printers (GListModel *printers)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    g_ptr_array_add (list, g_list_model_get_item (printers, i));

  return list;
}

/* The first to come are shown, who does not fit is found among all. */
static GMenu *
make_urgent (const HeraldTrayModelInput *input,
             GPtrArray                  *printers)
{
  g_autoptr(GPtrArray) urgent = g_ptr_array_new ();

  for (guint i = 0; i < printers->len && urgent->len < LIST_MAX; i++)
    {
      HeraldPrinter *printer = g_ptr_array_index (printers, i);
      HeraldTrayCondition condition = herald_tray_summary_get_condition (printer);

      if (condition == HERALD_TRAY_FAILED || condition == HERALD_TRAY_ATTENTION || condition == HERALD_TRAY_PAUSED)
        g_ptr_array_add (urgent, printer);
    }

  return herald_tray_printer_items_make_list (urgent, input->has_window, input->now_ms, input->kept);
}

static GMenu *
make_groups (const HeraldTrayModelInput *input,
             GPtrArray                  *printers)
{
  GMenu *menu = g_menu_new ();

  sort_by_name (printers);
  for (guint i = 0; i < printers->len; i += GROUP_SIZE)
    {
      guint length = MIN (GROUP_SIZE, printers->len - i);
      g_autoptr(GPtrArray) group = g_ptr_array_new ();
      g_autoptr(GMenu) items = NULL;
      g_autofree char *first = herald_printer_words_format_name (g_ptr_array_index (printers, i));
      g_autofree char *last = herald_printer_words_format_name (g_ptr_array_index (printers, i + length - 1));
      /* Translators: names of the first and the last printer of a group */
      g_autofree char *label = g_strdup_printf (_("%s – %s"), first, last);

      for (guint j = i; j < i + length; j++)
        g_ptr_array_add (group, g_ptr_array_index (printers, j));
      items = herald_tray_printer_items_make_list (group, input->has_window, input->now_ms, input->kept);
      append_submenu (menu, label, first, items);
    }

  return menu;
}

static void
append_printers (GMenu                      *menu,
                 const HeraldTrayModelInput *input)
{
  g_autoptr(GPtrArray) printers = list_printers (input->printers);
  g_autoptr(GMenu) items = NULL;
  g_autoptr(GMenu) groups = NULL;

  if (printers->len == 0)
    return;

  if (printers->len == 1)
    {
      items = herald_tray_printer_items_make (g_ptr_array_index (printers, 0), input->has_window, input->now_ms);
      append_section (menu, items);
      return;
    }

  if (printers->len <= LIST_MAX)
    {
      items = herald_tray_printer_items_make_list (printers, input->has_window, input->now_ms, input->kept);
      append_section (menu, items);
      return;
    }

  items = make_urgent (input, printers);
  groups = make_groups (input, printers);
  append_submenu (items, _("All printers"), "all", groups);
  append_section (menu, items);
}

static char *
dup_channel_name (HeraldChannel *channel)
{
  return herald_text_clean (herald_channel_get_name (channel), NAME_MAX_CHARS);
}

/* What is held is sent only after somebody has done something. */
static void
append_held (GMenu                      *menu,
             const HeraldTrayModelInput *input)
{
  g_autoptr(GMenu) held = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (input->channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (input->channels, i);
      g_autofree char *problem = herald_text_clean (herald_channel_get_problem (channel), SENTENCE_MAX_CHARS);
      g_autofree char *name = dup_channel_name (channel);
      g_autofree char *label = NULL;
      g_autoptr(GMenu) items = g_menu_new ();

      if (*problem == '\0' || !herald_channel_get_enabled (channel))
        continue;

      /* Translators: name of a channel, e.g. an e-mail account */
      label = g_strdup_printf (_("“%s” is waiting for you"), name);
      append_text (items, problem);
      append_item (items, _("Try again now"), "retry", herald_channel_get_id (channel));
      if (input->has_window)
        append_item (items, _("Open OctoHerald"), "window", "accounts");
      append_submenu (held, label, herald_channel_get_id (channel), items);
    }

  append_section (menu, held);
}

static GMenu *
make_mute (const HeraldTrayModelInput *input)
{
  g_autofree char *morning = herald_time_words_format_moment (herald_time_words_find_morning (input->now_ms),
                                                              input->now_ms);
  /* Translators: a time, e.g. “tomorrow 08:00” */
  g_autofree char *until = g_strdup_printf (_("Until %s"), morning);
  GMenu *menu = g_menu_new ();

  if (input->muted_until_ms > input->now_ms)
    append_item (menu, _("Unmute"), "unmute", NULL);
  append_item (menu, _("For 1 hour"), "mute-hour", NULL);
  append_item (menu, until, "mute-morning", NULL);
  append_item (menu, _("Until I unmute"), "mute-forever", NULL);

  return menu;
}

static GMenu *
make_tests (GListModel *channels)
{
  GMenu *menu = g_menu_new ();
  guint n_channels = g_list_model_get_n_items (channels);

  for (guint i = 0; i < n_channels; i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);
      g_autofree char *name = dup_channel_name (channel);

      append_item (menu, name, "test", herald_channel_get_id (channel));
    }
  if (n_channels > 1)
    append_item (menu, _("All of them"), "test-all", NULL);

  return menu;
}

static void
append_messages (GMenu                      *menu,
                 const HeraldTrayModelInput *input)
{
  g_autoptr(GMenu) section = g_menu_new ();
  g_autoptr(GMenu) mute = make_mute (input);
  g_autoptr(GMenu) tests = make_tests (input->channels);
  g_autofree char *muted = herald_tray_summary_format_mute (input->muted_until_ms, input->now_ms);
  g_autofree char *quiet = herald_tray_summary_format_quiet (input->quiet_until_ms, input->now_ms);

  if (quiet != NULL)
    append_text (section, quiet);
  append_submenu (section, muted != NULL ? muted : _("Mute everything"), "mute", mute);
  if (g_menu_model_get_n_items (G_MENU_MODEL (tests)) > 0)
    append_submenu (section, _("Send a test message"), "test", tests);
  append_section (menu, section);
}

/* One that only cannot be reached now goes on printing, as far as anybody knows. */
guint
herald_tray_model_count_prints (GListModel *printers)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);

      n += herald_printer_get_enabled (printer) && herald_state_id_has_job (herald_printer_get_state (printer)->id);
    }

  return n;
}

char *
herald_tray_model_format_prints (guint n_prints)
{
  return g_strdup_printf (ngettext ("%u print goes on, but you will hear nothing of it.",
                                    "%u prints go on, but you will hear nothing of them.", n_prints), n_prints);
}

static void
append_end (GMenu                      *menu,
            const HeraldTrayModelInput *input)
{
  g_autoptr(GMenu) section = g_menu_new ();
  guint n_prints = herald_tray_model_count_prints (input->printers);

  if (input->has_window)
    append_item (section, _("Open OctoHerald"), "window", "printers");

  if (n_prints > 0)
    {
      g_autoptr(GMenu) question = g_menu_new ();
      g_autofree char *text = herald_tray_model_format_prints (n_prints);

      append_text (question, text);
      append_item (question, _("Yes, quit"), "quit-anyway", NULL);
      append_submenu (section, _("Quit"), "quit", question);
    }
  else
    append_item (section, _("Quit"), "quit", NULL);

  append_section (menu, section);
}

GMenu *
herald_tray_model_make (const HeraldTrayModelInput *input)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) head = g_menu_new ();

  append_text (head, input->headline);
  append_section (menu, head);
  append_printers (menu, input);
  append_held (menu, input);
  append_messages (menu, input);
  append_end (menu, input);

  return menu;
}
