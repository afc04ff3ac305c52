/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mail-words"

#include "core/words/mail-words.h"

#include <glib/gi18n-lib.h>

#include "core/words/template.h"

/* What a mail says more than other messages do: it has the room, and is read when the printer is out of sight.
 * @title: (nullable): untranslated; %NULL for that of the kind
 * @details: (nullable): untranslated; stands below the text of the kind */
typedef struct
{
  const char *title;
  const char *details;
} MailWords;

static const MailWords words[HERALD_N_EVENT_KINDS] = {
  [HERALD_KIND_PRINT_STARTED] = {
    NULL, N_("File: {path|not known}\nStorage: {origin|not known}\nStarted by: {user|System}"),
  },
  [HERALD_KIND_PRINT_PROGRESS] = {
    /* xgettext:no-c-format */
    N_("{printer}: {progress|?} % done, {remaining_formatted|some time} to go"), N_("File: {path|not known}"),
  },
  [HERALD_KIND_PRINT_PAUSED] = {
    NULL, N_("Paused by: {user|System}\nWhen: {date} {clock}\nFile: {path|not known}"),
  },
  [HERALD_KIND_PRINT_RESUMED] = {
    NULL, N_("Resumed by: {user|System}\nWhen: {date} {clock}\nFile: {path|not known}"),
  },
  [HERALD_KIND_PRINT_CANCELLED] = {
    NULL, N_("Cancelled by: {user|System}\nFile: {path|not known}"),
  },
  [HERALD_KIND_PRINT_FAILED] = {
    NULL, N_("Reason: {reason|not known}\nFile: {path|not known}"),
  },
  [HERALD_KIND_PRINT_DONE] = {
    NULL, N_("File: {path|not known}"),
  },
  [HERALD_KIND_FILE_UPLOADED] = {
    NULL, N_("File: {path|not known}\nStorage: {origin|not known}"),
  },
};

/**
 * herald_mail_words_dup_title:
 *
 * Returns: (transfer full): the template for the subject, if the user has set none
 */
char *
herald_mail_words_dup_title (HeraldEventKind kind)
{
  g_return_val_if_fail (kind < HERALD_N_EVENT_KINDS, NULL);

  return g_strdup (_(words[kind].title != NULL ? words[kind].title : herald_event_kind_get_info (kind)->title));
}

/**
 * herald_mail_words_dup_text:
 *
 * What another program hands over is sent as it is.
 *
 * Returns: (transfer full): the template for the body, if the user has set none; its last line says where it is from
 */
char *
herald_mail_words_dup_text (HeraldEventKind kind)
{
  const HeraldEventKindInfo *info = herald_event_kind_get_info (kind);
  const char *details = words[kind].details;
  GString *text = g_string_new (_(info->text));

  if (kind == HERALD_KIND_CUSTOM)
    return g_string_free (text, FALSE);

  /* Else it would be added behind the last line. */
  if (herald_event_kind_has_variable (kind, "away") && !herald_template_uses (text->str, "away"))
    g_string_append (text, " {away}");
  if (details != NULL)
    g_string_append_printf (text, "\n\n%s", _(details));
  g_string_append_printf (text, "\n\n%s", _("Message sent from: {printer|OctoHerald}"));

  return g_string_free (text, FALSE);
}

const char *
herald_mail_words_get_details (HeraldEventKind kind)
{
  g_return_val_if_fail (kind < HERALD_N_EVENT_KINDS, NULL);

  return words[kind].details;
}
