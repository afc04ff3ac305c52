/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-answer"

#include "x-answer.h"

#include <string.h>

GError *
x_answer_judge (HeraldXAction  action,
                XTry           number,
                guint          status,
                const char    *headers,
                const char    *body)
{
  SoupMessageHeaders *parsed = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_auto(GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);
  g_autoptr(GBytes) bytes = body != NULL ? g_bytes_new_static (body, strlen (body)) : NULL;
  HeraldXAnswer answer = {
    .action = action,
    .status = status,
    .headers = parsed,
    .body = bytes,
    .may_have_arrived = number == X_SECOND_TRY,
    .now_s = X_NOW_S,
  };
  GError *error;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (lines[i], ": ", 2);

      if (g_strv_length (parts) == 2)
        soup_message_headers_append (parsed, parts[0], parts[1]);
    }

  error = herald_x_verdict_on_answer (&answer);
  soup_message_headers_unref (parsed);

  return error;
}
