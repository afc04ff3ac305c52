/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-fuzz-smtp-reply"

#include "fuzz/fuzz.h"

#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-capabilities.h"
#include "core/net/smtp-verdict.h"

/* What a mail server says, however it is parted: the same replies, within their limits, and a
 * verdict on each that can be told to people. */

static void
check_verdicts (const HeraldSmtpReply *reply)
{
  if (reply->code < 400)
    return;

  for (int step = HERALD_SMTP_STEP_TLS; step <= HERALD_SMTP_STEP_COMMITTING; step++)
    {
      g_autoptr(GError) verdict = herald_smtp_verdict_on_reply ((HeraldSmtpStep) step, reply);

      g_assert_true (verdict->domain == HERALD_ERROR);
      g_assert_cmpint (verdict->code, !=, HERALD_ERROR_AMBIGUOUS);
      g_assert_true (g_utf8_validate (verdict->message, -1, NULL));
      g_assert_cmpstr (verdict->message, !=, "");
      g_assert_cmpint (herald_error_get_reply_code (verdict), ==, reply->code);
    }
}

static void
check_reply (const HeraldSmtpReply *reply)
{
  g_autofree char *text = herald_smtp_reply_dup_text (reply);
  HeraldSmtpCapabilities capabilities = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (reply->code, >=, 200);
  g_assert_cmpint (reply->code, <=, 599);
  g_assert_cmpuint (reply->lines->len, >=, 1);
  g_assert_cmpuint (reply->lines->len, <=, HERALD_SMTP_REPLY_MAX_LINES);
  for (guint i = 0; i < reply->lines->len; i++)
    g_assert_cmpuint (strlen (g_ptr_array_index (reply->lines, i)), <=, HERALD_SMTP_REPLY_MAX_LINE_BYTES);
  if (reply->enhanced != NULL)
    g_assert_cmpuint (strlen (reply->enhanced), <=, 9);

  herald_smtp_capabilities_read (&capabilities, reply);
  if (!herald_smtp_capabilities_check (&capabilities, 1000, TRUE, &error))
    g_assert_true (error->domain == HERALD_ERROR);
  herald_smtp_capabilities_clear (&capabilities);
  check_verdicts (reply);
}

/* Returns the codes and texts of all replies; @piece bytes come at a time. */
static char *
read_all (const char *bytes,
          gsize       length,
          gsize       piece,
          gboolean    check)
{
  g_autoptr(HeraldSmtpParser) parser = herald_smtp_parser_new ();
  g_autoptr(GString) found = g_string_new (NULL);

  while (length > 0)
    {
      gsize used = 0;
      g_autoptr(GError) error = NULL;
      HeraldSmtpReply *reply = herald_smtp_parser_feed (parser, bytes, MIN (piece, length), &used, &error);
      g_autofree char *text = NULL;

      if (error != NULL)
        {
          g_assert_error (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
          g_string_append (found, "nonsense");
          break;
        }

      g_assert_cmpuint (used, >=, 1);
      g_assert_cmpuint (used, <=, MIN (piece, length));
      bytes += used;
      length -= used;
      if (reply == NULL)
        continue;

      if (check)
        check_reply (reply);
      text = herald_smtp_reply_dup_text (reply);
      g_string_append_printf (found, "%d %s\n", reply->code, text);
      herald_smtp_reply_free (reply);
    }

  return g_string_free (g_steal_pointer (&found), FALSE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *at_once = read_all ((const char *) data, size, G_MAXSIZE, TRUE);
  g_autofree char *drop_by_drop = read_all ((const char *) data, size, 1, FALSE);

  g_assert_cmpstr (at_once, ==, drop_by_drop);

  return 0;
}
