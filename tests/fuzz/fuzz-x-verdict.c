/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-x-verdict"

#include "fuzz/fuzz.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/base/log.h"
#include "core/channels/x/x-verdict.h"

/* What X answers: the first byte says to what, and whether an earlier try is in doubt, the second which status it has;
 * then its headers, a line each, and after the byte ff its body. Whatever it is, there is one verdict on it that can be
 * told, no wait is longer than a day, and nothing is called posted but by a whole refusal of a second try. */

#define SECRET "CanarySecret"
#define NOW_S G_GINT64_CONSTANT (1795262400)
#define WAIT_MAX_S ((24 * 60 + 15) * 60)
#define LINES_MAX 32

static const guint statuses[] = {
  400, 401, 402, 403, 404, 408, 413, 422, 429, 431, 500, 501, 502, 503, 504, 520, 521, 530, 200, 201, 204, 301, 302, 307,
  100, 0, 999, 407, 425, 511,
};

static void
add_headers (SoupMessageHeaders *headers,
             const guint8       *data,
             gsize               size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto(GStrv) lines = g_strsplit (text, "\n", LINES_MAX);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strstr (lines[i], ": ");

      if (colon == NULL || strpbrk (lines[i], "\r\n") != NULL)
        continue;

      *colon = '\0';
      if (*lines[i] != '\0' && strpbrk (lines[i], " \t:") == NULL)
        soup_message_headers_append (headers, lines[i], colon + 2);
    }
}

static gboolean
is_whole (GBytes *body)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr(JsonNode) root = text != NULL ? herald_json_parse (text, length, NULL) : NULL;

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root);
}

static gboolean
may_exist_after (guint status)
{
  return status == 500 || (status >= 502 && status <= 504) || (status >= 200 && status <= 299);
}

static void
check_error (const HeraldXAnswer *answer,
             const GError        *error)
{
  const char *reply = herald_error_get_reply (error);

  g_assert_true (error->domain == HERALD_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpstr (error->message, !=, "");
  g_assert_null (strstr (error->message, SECRET));
  g_assert_cmpint (herald_error_get_reply_code (error), ==, (int) answer->status);
  g_assert_cmpuint (herald_error_get_retry_after (error), <=, WAIT_MAX_S);
  g_assert_cmpint (error->code, !=, HERALD_ERROR_UNREACHABLE);
  if (reply != NULL)
    {
      fuzz_check_text (reply, 501);
      g_assert_null (strstr (reply, SECRET));
    }

  if (answer->action != HERALD_X_POST)
    g_assert_cmpint (error->code, !=, HERALD_ERROR_AMBIGUOUS);
  else if (may_exist_after (answer->status))
    g_assert_cmpint (error->code, ==, HERALD_ERROR_AMBIGUOUS);
  else if (answer->may_have_arrived)
    g_assert_cmpint (error->code, !=, HERALD_ERROR_REJECTED);
  if (answer->status == 402)
    g_assert_cmpint (error->code, ==, HERALD_ERROR_NO_CREDIT);
}

static void
check (const HeraldXAnswer *answer)
{
  g_autoptr(GError) error = herald_x_verdict_on_answer (answer);
  g_autoptr(GError) again = herald_x_verdict_on_answer (answer);

  if (error == NULL)
    {
      g_assert_null (again);
      g_assert_true (answer->action == HERALD_X_POST && answer->may_have_arrived);
      g_assert_true (answer->status == 400 || answer->status == 401 || answer->status == 403);
      g_assert_true (answer->body != NULL && is_whole (answer->body));
      return;
    }

  check_error (answer, error);
  g_assert_error (again, HERALD_ERROR, error->code);
  g_assert_cmpstr (again->message, ==, error->message);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  SoupMessageHeaders *headers = NULL;
  g_autoptr(GBytes) body = NULL;
  HeraldXAnswer answer = { .now_s = NOW_S };
  const guint8 *part;
  gsize head_size;

  if (size < 2)
    return 0;

  herald_log_add_secret (SECRET);
  headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  part = memchr (data + 2, 0xff, size - 2);
  head_size = part != NULL ? (gsize) (part - data) - 2 : size - 2;
  add_headers (headers, data + 2, head_size);
  body = part != NULL ? g_bytes_new_static (part + 1, size - head_size - 3) : NULL;

  answer.action = (HeraldXAction) ((data[0] & 0x7f) % (HERALD_X_POST + 1));
  answer.may_have_arrived = (data[0] & 0x80) != 0;
  answer.status = statuses[data[1] % G_N_ELEMENTS (statuses)];
  answer.headers = headers;
  answer.body = body;
  check (&answer);
  soup_message_headers_unref (headers);

  return 0;
}
