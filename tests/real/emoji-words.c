/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-emoji-words"

#include <stdio.h>
#include <string.h>

#include "core/words/emoji.h"

/* emoji-words expand|strip: does so with every line of its input, and prints it. */

int
main (int    argc,
      char **argv)
{
  char *(*change) (const char *) = NULL;
  char line[1024];

  if (argc == 2 && strcmp (argv[1], "expand") == 0)
    change = herald_emoji_expand;
  else if (argc == 2 && strcmp (argv[1], "strip") == 0)
    change = herald_emoji_strip;
  else
    return 2;

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_autofree char *result = change (g_strchomp (line));

      puts (result);
    }

  return 0;
}
