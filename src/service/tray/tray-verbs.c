/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-verbs"

#include "service/tray/tray-verbs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/time-words.h"
#include "core/outbox/mute-memory.h"
#include "service/actions/printer-verb.h"
#include "service/notifications/plain-notice.h"
#include "service/tray/tray-model.h"
#include "service/tray/tray-print.h"
#include "service/tray/tray-test.h"

#define HOUR_MS (60 * 60 * 1000)

static void
control (const HeraldTrayStage *stage,
         const HeraldTrayVerb  *verb,
         const char            *id,
         const char            *target)
{
  herald_printer_verb_control (stage->engine, id, verb->action);
}

/* Between the question and the answer another print may have begun. If there is none, its refusal says so. */
static void
cancel (const HeraldTrayStage *stage,
        const HeraldTrayVerb  *verb,
        const char            *id,
        const char            *target)
{
  HeraldPrinter *printer = herald_engine_find_printer (stage->engine, id);
  g_autofree char *print = printer != NULL ? herald_tray_print_dup_key (printer) : NULL;

  if (printer == NULL || g_str_equal (print, "") || g_strcmp0 (print, target) == 0)
    herald_printer_verb_control (stage->engine, id, verb->action);
  else
    herald_printer_verb_refuse_other_job (stage->engine, id);
}

static void
open_page (const HeraldTrayStage *stage,
           const HeraldTrayVerb  *verb,
           const char            *id,
           const char            *target)
{
  g_autofree char *token = herald_tray_item_steal_token (stage->item);

  herald_printer_verb_open (stage->engine, stage->launcher, id, token);
}

static void
show_picture (const HeraldTrayStage *stage,
              const HeraldTrayVerb  *verb,
              const char            *id,
              const char            *target)
{
  g_autofree char *token = herald_tray_item_steal_token (stage->item);

  herald_printer_verb_picture (stage->engine, stage->launcher, id, token);
}

static void
show_printer (const HeraldTrayStage *stage,
              const HeraldTrayVerb  *verb,
              const char            *id,
              const char            *target)
{
  g_autofree char *token = herald_tray_item_steal_token (stage->item);

  herald_launcher_open_window (stage->launcher, "printers", id, token);
}

static void
show_page (const HeraldTrayStage *stage,
           const HeraldTrayVerb  *verb,
           const char            *id,
           const char            *target)
{
  g_autofree char *token = herald_tray_item_steal_token (stage->item);

  herald_launcher_open_window (stage->launcher, id, NULL, token);
}

static void
toggle_print (const HeraldTrayStage *stage,
              const HeraldTrayVerb  *verb,
              const char            *id,
              const char            *target)
{
  if (herald_engine_is_print_muted (stage->engine, id))
    herald_engine_unmute_print (stage->engine, id);
  else
    herald_printer_verb_mute_print (stage->engine, id);
}

static void
mute (const HeraldTrayStage *stage,
      const HeraldTrayVerb  *verb,
      const char            *id,
      const char            *target)
{
  herald_engine_mute (stage->engine, verb->mute_ms > 0 ? g_get_real_time () / 1000 + verb->mute_ms : 0);
}

static void
mute_morning (const HeraldTrayStage *stage,
              const HeraldTrayVerb  *verb,
              const char            *id,
              const char            *target)
{
  herald_engine_mute (stage->engine, herald_time_words_find_morning (g_get_real_time () / 1000));
}

static void
mute_forever (const HeraldTrayStage *stage,
              const HeraldTrayVerb  *verb,
              const char            *id,
              const char            *target)
{
  herald_engine_mute (stage->engine, HERALD_MUTED_FOREVER_MS);
}

static void
test (const HeraldTrayStage *stage,
      const HeraldTrayVerb  *verb,
      const char            *id,
      const char            *target)
{
  herald_tray_test_send (stage->engine, id, stage->cancellable);
}

static void
test_all (const HeraldTrayStage *stage,
          const HeraldTrayVerb  *verb,
          const char            *id,
          const char            *target)
{
  herald_tray_test_send_all (stage->engine, stage->cancellable);
}

static void
retry (const HeraldTrayStage *stage,
       const HeraldTrayVerb  *verb,
       const char            *id,
       const char            *target)
{
  herald_outbox_resume (herald_engine_get_outbox (stage->engine), id);
}

static void
quit_anyway (const HeraldTrayStage *stage,
             const HeraldTrayVerb  *verb,
             const char            *id,
             const char            *target)
{
  g_signal_emit_by_name (stage->actions, "quit");
}

/* A print may have begun since the panel was told that nobody need be asked. */
static void
quit (const HeraldTrayStage *stage,
      const HeraldTrayVerb  *verb,
      const char            *id,
      const char            *target)
{
  guint n_prints = herald_tray_model_count_prints (herald_engine_get_printers (stage->engine));
  g_autofree char *question = NULL;
  g_autofree char *text = NULL;

  if (n_prints == 0)
    {
      quit_anyway (stage, verb, id, target);
      return;
    }

  question = herald_tray_model_format_prints (n_prints);
  /* Translators: before it stands “1 print goes on, but you will hear nothing of it.”; “Quit” is an item of the menu */
  text = g_strdup_printf (_("%s To quit all the same, choose Quit once more."), question);
  herald_plain_notice_tell (_("OctoHerald has not quit"), text);
}

static const HeraldTrayVerb verbs[] = {
  { "pause", HERALD_TRAY_SUBJECT_PRINTER, control, .action = HERALD_ACTION_PAUSE },
  { "resume", HERALD_TRAY_SUBJECT_PRINTER, control, .action = HERALD_ACTION_RESUME },
  { "cancel", HERALD_TRAY_SUBJECT_PRINTER, cancel, .action = HERALD_ACTION_CANCEL, .type = HERALD_TRAY_VERB_TARGET },
  { "connect", HERALD_TRAY_SUBJECT_PRINTER, control, .action = HERALD_ACTION_CONNECT },
  { "mute-print", HERALD_TRAY_SUBJECT_PRINTER, toggle_print, .type = HERALD_TRAY_VERB_SWITCH },
  { "picture", HERALD_TRAY_SUBJECT_PRINTER, show_picture },
  { "page", HERALD_TRAY_SUBJECT_PRINTER, open_page },
  { "show", HERALD_TRAY_SUBJECT_PRINTER, show_printer },
  { "test", HERALD_TRAY_SUBJECT_CHANNEL, test },
  { "retry", HERALD_TRAY_SUBJECT_CHANNEL, retry },
  { "window", HERALD_TRAY_SUBJECT_PAGE, show_page },
  { "test-all", HERALD_TRAY_SUBJECT_NONE, test_all },
  { "mute-hour", HERALD_TRAY_SUBJECT_NONE, mute, .mute_ms = HOUR_MS },
  { "mute-morning", HERALD_TRAY_SUBJECT_NONE, mute_morning },
  { "mute-forever", HERALD_TRAY_SUBJECT_NONE, mute_forever },
  { "unmute", HERALD_TRAY_SUBJECT_NONE, mute, .mute_ms = 0 },
  { "quit", HERALD_TRAY_SUBJECT_NONE, quit },
  { "quit-anyway", HERALD_TRAY_SUBJECT_NONE, quit_anyway },
};

const HeraldTrayVerb *
herald_tray_verbs_get_all (guint *n_verbs)
{
  *n_verbs = G_N_ELEMENTS (verbs);

  return verbs;
}

/**
 * herald_tray_verbs_find:
 * @name: of an action, e.g. “pause.mk3”
 * @id: (out) (nullable): what stands behind the point; points into @name
 *
 * Returns: (nullable): %NULL if there is no such action
 */
const HeraldTrayVerb *
herald_tray_verbs_find (const char  *name,
                        const char **id)
{
  gsize length = strcspn (name, ".");

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (strlen (verbs[i].name) != length || strncmp (verbs[i].name, name, length) != 0)
        continue;

      *id = name[length] == '.' ? name + length + 1 : NULL;

      return (*id != NULL) == (verbs[i].subject != HERALD_TRAY_SUBJECT_NONE) ? &verbs[i] : NULL;
    }

  return NULL;
}

static gboolean
has_print (HeraldPrinter *printer)
{
  return herald_printer_get_connection (printer) == HERALD_CONNECTION_CONNECTED &&
         herald_state_id_has_job (herald_printer_get_state (printer)->id);
}

static gboolean
is_printer_verb_enabled (const HeraldTrayVerb *verb,
                         HeraldPrinter        *printer)
{
  if (verb->action != HERALD_ACTION_NONE)
    return (herald_printer_get_actions (printer) & verb->action) != 0;
  if (verb->activate == toggle_print)
    return has_print (printer);
  if (verb->activate == show_picture)
    return herald_printer_get_connection (printer) == HERALD_CONNECTION_CONNECTED;

  return TRUE;
}

/**
 * herald_tray_verbs_is_enabled:
 * @subject: (nullable): the printer or the channel; %NULL if there is none, or not any more
 *
 * Returns: whether it makes sense now
 */
gboolean
herald_tray_verbs_is_enabled (const HeraldTrayVerb *verb,
                              GObject              *subject)
{
  switch (verb->subject)
    {
    case HERALD_TRAY_SUBJECT_PRINTER:
      return subject != NULL && is_printer_verb_enabled (verb, HERALD_PRINTER (subject));
    case HERALD_TRAY_SUBJECT_CHANNEL:
      return subject != NULL && herald_channel_get_enabled (HERALD_CHANNEL (subject));
    case HERALD_TRAY_SUBJECT_NONE:
    case HERALD_TRAY_SUBJECT_PAGE:
    default:
      return TRUE;
    }
}
