/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-input"

#include "ctl/input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "ctl/failure.h"

/* The service takes no longer one. */
#define SECRET_MAX_BYTES 4096

/* Yes or no, in any language. */
#define ANSWER_MAX_BYTES 64

static gboolean
fail_to_read (const char  *file,
              int          saved_errno,
              GError     **error)
{
  g_set_error (error, HERALD_FAILURE, HERALD_FAILURE_REFUSED, _("Cannot read “%s”: %s"), file,
               g_strerror (saved_errno));

  return FALSE;
}

static gboolean
read_all (int          fd,
          const char  *file,
          gsize        max_bytes,
          GString     *text,
          GError     **error)
{
  char buffer[4096];
  gssize n_bytes;

  while ((n_bytes = read (fd, buffer, sizeof buffer)) != 0)
    {
      if (n_bytes < 0 && errno == EINTR)
        continue;
      if (n_bytes < 0)
        return fail_to_read (file, errno, error);

      g_string_append_len (text, buffer, n_bytes);
      if (text->len > max_bytes)
        {
          g_set_error (error, HERALD_FAILURE, HERALD_FAILURE_REFUSED, _("“%s” is too long"), file);
          return FALSE;
        }
    }

  return TRUE;
}

static GString *
read_file (const char  *file,
           gsize        max_bytes,
           GError     **error)
{
  gboolean is_input = g_str_equal (file, "-");
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean done;
  int fd = STDIN_FILENO;

  if (!is_input)
    fd = g_open (file, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    {
      fail_to_read (file, errno, error);
      return NULL;
    }

  done = read_all (fd, file, max_bytes, text, error);
  if (!is_input)
    g_close (fd, NULL);

  return done ? g_steal_pointer (&text) : NULL;
}

/**
 * herald_input_read:
 * @file: a file, or `-` for what comes in
 *
 * Returns: (transfer full): its text, or %NULL with HERALD_FAILURE_REFUSED
 */
char *
herald_input_read (const char  *file,
                   gsize        max_bytes,
                   GError     **error)
{
  g_autoptr(GString) text = read_file (file, max_bytes, error);

  if (text == NULL)
    return NULL;
  if (strlen (text->str) != text->len || !g_utf8_validate (text->str, (gssize) text->len, NULL))
    {
      g_set_error (error, HERALD_FAILURE, HERALD_FAILURE_REFUSED, _("“%s” is not a text file"),
                   file);
      return NULL;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * herald_input_read_bytes:
 * @file: a file, or `-` for what comes in
 *
 * Returns: (transfer full): what is in it, text or not; %NULL with HERALD_FAILURE_REFUSED
 */
GBytes *
herald_input_read_bytes (const char  *file,
                         gsize        max_bytes,
                         GError     **error)
{
  g_autoptr(GString) bytes = read_file (file, max_bytes, error);

  return bytes != NULL ? g_string_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

static gboolean
split (const char  *word,
       char       **name,
       const char **value,
       GError     **error)
{
  const char *equals = strchr (word, '=');

  if (equals == NULL || equals == word)
    return herald_failure_set_usage (error, _("“%s” should look like NAME=VALUE"), word);

  *name = g_strndup (word, (gsize) (equals - word));
  *value = equals + 1;

  return TRUE;
}

/**
 * herald_input_add_settings:
 * @words: (array zero-terminated=1) (nullable): each KEY=VALUE
 */
gboolean
herald_input_add_settings (HeraldValues  *settings,
                           char         **words,
                           GError       **error)
{
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      const char *value;

      if (!split (words[i], &name, &value, error))
        return FALSE;
      herald_values_set (settings, name, value);
    }

  return TRUE;
}

/**
 * herald_input_ask_secret:
 * @label: what the person at the terminal is asked for
 *
 * Returns: (transfer full): one line, which nobody looking over the shoulder can read; %NULL with HERALD_FAILURE_REFUSED
 *   if nothing more comes
 */
char *
herald_input_ask_secret (const char  *label,
                         GError     **error)
{
  struct termios shown;
  struct termios hidden;
  char line[SECRET_MAX_BYTES];
  const char *typed;

  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    {
      fail_to_read ("-", errno, error);
      return NULL;
    }

  hidden = shown;
  hidden.c_lflag &= (tcflag_t) ~ECHO;
  /* First: what is typed before is thrown away, and nothing that is typed after the question must be. */
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  /* Translators: the name of what is asked for, like “key” or “password” */
  g_printerr (_("Paste the %s and press Enter (it is not shown): "), label);
  typed = fgets (line, sizeof line, stdin);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  g_printerr ("\n");

  if (typed == NULL)
    herald_failure_set_refused (error, _("Nothing was typed"));

  return g_strdup (typed);
}

/* Several secrets in what comes in stand on a line each. */
static char *
read_line (GError **error)
{
  char line[SECRET_MAX_BYTES];

  if (fgets (line, sizeof line, stdin) != NULL && g_utf8_validate (line, -1, NULL))
    return g_strdup (line);

  herald_failure_set_refused (error, _("A line of text is missing in the input: with several “-” each takes one line"));
  return NULL;
}

static char *
read_secret (const char  *field,
             const char  *file,
             gboolean     by_line,
             GError     **error)
{
  if (!g_str_equal (file, "-"))
    return herald_input_read (file, SECRET_MAX_BYTES, error);
  if (isatty (STDIN_FILENO))
    return herald_input_ask_secret (field, error);

  return by_line ? read_line (error) : herald_input_read (file, SECRET_MAX_BYTES, error);
}

static gboolean
add_secret (HeraldValues  *secrets,
            const char    *field,
            const char    *file,
            gboolean       by_line,
            GError       **error)
{
  g_autofree char *secret = read_secret (field, file, by_line, error);

  if (secret == NULL)
    return FALSE;

  g_strstrip (secret);
  if (*secret == '\0')
    {
      g_set_error (error, HERALD_FAILURE, HERALD_FAILURE_REFUSED, _("There is nothing in “%s”"),
                   file);
      return FALSE;
    }
  herald_values_set (secrets, field, secret);

  return TRUE;
}

/**
 * herald_input_add_secret:
 * @file: has the secret and nothing else, or `-`
 *
 * Secrets come from files because everybody on this computer can read what is
 * typed after a command.
 */
gboolean
herald_input_add_secret (HeraldValues  *secrets,
                         const char    *field,
                         const char    *file,
                         GError       **error)
{
  return add_secret (secrets, field, file, FALSE, error);
}

/**
 * herald_input_add_secrets:
 * @words: (array zero-terminated=1) (nullable): each FIELD=FILE; of several with `-` each takes one line
 */
gboolean
herald_input_add_secrets (HeraldValues  *secrets,
                          char         **words,
                          GError       **error)
{
  guint n_inputs = 0;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    n_inputs += g_str_has_suffix (words[i], "=-");

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *field = NULL;
      const char *file;

      if (!split (words[i], &field, &file, error) ||
          !add_secret (secrets, field, file, n_inputs > 1, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * herald_input_confirm:
 * @question: for the person at the terminal
 *
 * Returns: whether the answer is a yes, in the language of the session; nothing is not
 */
gboolean
herald_input_confirm (const char *question)
{
  char line[ANSWER_MAX_BYTES];

  /* Translators: a question, then how to answer it; use the letters of your language */
  g_printerr (_("%s [y/N] "), question);

  return fgets (line, sizeof line, stdin) != NULL && rpmatch (line) == 1;
}

/**
 * herald_input_agree:
 * @question: for the person at the terminal
 *
 * Returns: whether the answer is not a no, in the language of the session; nothing typed is none, the end of the
 *   input is one
 */
gboolean
herald_input_agree (const char *question)
{
  char line[ANSWER_MAX_BYTES];

  /* Translators: a question, then how to answer it; use the letters of your language */
  g_printerr (_("%s [Y/n] "), question);

  return fgets (line, sizeof line, stdin) != NULL && (*line == '\n' || rpmatch (line) == 1);
}
