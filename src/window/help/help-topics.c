/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-help-topics"

#include "window/help/help-topics.h"

#include <string.h>

#include "window/help/help-words.h"

/* The longest of ours has less than a tenth. */
#define PAGE_MAX_BYTES (1024 * 1024)

#define HEADING "# "

/* Where the pages are when OctoHerald is run from where it was built */
#define FOLDER_VARIABLE "OCTOHERALD_DOCS"

/* What is read first, and behind it what is looked up */
#define N_OFFERED 19
static const char *const topics[] = {
  "start", "window", "troubleshooting", "printers", "messages", "pictures", "notifications", "tray", "email", "sms", "x",
  "background", "privacy", "scripts", "headless", "coming-from-elsewhere", "command-line", "octoprint", "access",
  "message-tables", "message-settings", "languages", "email-accounts", "email-servers", "email-letters", "email-answers", "email-tried",
  "x-posts", "x-answers", "x-login", "tray-panels", "json", "dbus",
  "octoprint-versions", "installing", "flatpak", NULL,
};

const char *const *
herald_help_topics_get_all (void)
{
  return topics;
}

gboolean
herald_help_topics_is_offered (const char *name)
{
  for (guint i = 0; i < N_OFFERED; i++)
    {
      if (g_str_equal (topics[i], name))
        return TRUE;
    }

  return FALSE;
}

char *
herald_help_topics_dup_folder (void)
{
  const char *folder = g_getenv (FOLDER_VARIABLE);

  return g_strdup (folder != NULL ? folder : HERALD_DOC_DIR);
}

char *
herald_help_topics_load (const char *name)
{
  g_autofree char *folder = herald_help_topics_dup_folder ();
  g_autofree char *file_name = g_strconcat (name, ".md", NULL);
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (strchr (name, '/') != NULL || !g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  if (length > PAGE_MAX_BYTES || !g_utf8_validate (text, (gssize) length, NULL))
    return NULL;

  return g_steal_pointer (&text);
}

char *
herald_help_topics_dup_title (const char *name)
{
  g_autofree char *text = herald_help_topics_load (name);
  g_autofree char *title = NULL;
  g_auto(GStrv) parts = NULL;
  const char *begin = NULL;

  if (text != NULL)
    begin = g_str_has_prefix (text, HEADING) ? text : strstr (text, "\n" HEADING);
  if (begin == NULL)
    return NULL;

  begin = strchr (begin, '#') + strlen (HEADING);
  title = g_strndup (begin, strcspn (begin, "\n"));

  parts = g_strsplit (herald_help_words_translate (title, NULL), "`", -1);

  return g_strjoinv (NULL, parts);
}

gboolean
herald_help_topics_resolve (const char  *target,
                            const char  *from,
                            char       **name,
                            char       **anchor)
{
  g_auto(GStrv) parts = g_strsplit (target, "#", 2);
  const char *page = parts[0] != NULL ? parts[0] : "";

  if (*page != '\0' && (!g_str_has_suffix (page, ".md") || strchr (page, '/') != NULL || strchr (page, ':') != NULL))
    return FALSE;

  *name = *page != '\0' ? g_strndup (page, strlen (page) - strlen (".md")) : g_strdup (from);
  *anchor = parts[0] != NULL ? g_strdup (parts[1]) : NULL;

  return TRUE;
}
