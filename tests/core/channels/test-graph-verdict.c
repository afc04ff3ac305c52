/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-graph-verdict"

#include "core/channels/email/graph-verdict.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/log.h"

/* 21 November 2026, 12:00:00 UTC */
#define NOW_S G_GINT64_CONSTANT (1795262400)

static GError *
judge (guint       status,
       const char *retry_after,
       const char *body)
{
  g_autoptr(GBytes) bytes = body != NULL ? g_bytes_new_static (body, strlen (body)) : NULL;

  return herald_graph_verdict_on_answer (status, retry_after, bytes, NOW_S);
}

static void
test_every_answer_says_what_to_do (void)
{
  static const struct
  {
    guint status;
    const char *code;
    HeraldError error;
  } rows[] = {
    { 400, "ErrorInvalidRecipients", HERALD_ERROR_REJECTED },
    { 400, "ErrorMimeContentInvalidBase64String", HERALD_ERROR_REJECTED },
    { 400, "ErrorMessageSizeExceeded", HERALD_ERROR_REJECTED },
    { 401, "InvalidAuthenticationToken", HERALD_ERROR_UNAUTHORIZED },
    { 403, "ErrorAccessDenied", HERALD_ERROR_UNAUTHORIZED },
    { 403, "ErrorSendAsDenied", HERALD_ERROR_SETTINGS },
    { 403, "ErrorMessageSubmissionBlocked", HERALD_ERROR_UNAUTHORIZED },
    { 403, "SomethingNew", HERALD_ERROR_UNAUTHORIZED },
    { 404, "MailboxNotEnabledForRESTAPI", HERALD_ERROR_SETTINGS },
    { 408, "", HERALD_ERROR_AMBIGUOUS },
    { 413, "", HERALD_ERROR_REJECTED },
    { 429, "ErrorExceededMessageLimit", HERALD_ERROR_BUSY },
    { 429, "ApplicationThrottled", HERALD_ERROR_BUSY },
    { 500, "generalException", HERALD_ERROR_BUSY },
    { 502, "", HERALD_ERROR_BUSY },
    { 503, "serviceNotAvailable", HERALD_ERROR_BUSY },
    { 504, "", HERALD_ERROR_AMBIGUOUS },
    { 507, "ErrorQuotaExceeded", HERALD_ERROR_NO_CREDIT },
    { 200, "", HERALD_ERROR_PROTOCOL },
    { 302, "", HERALD_ERROR_PROTOCOL },
    { 999, "", HERALD_ERROR_PROTOCOL },
    { 0, "", HERALD_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"error\": {\"code\": \"%s\", \"message\": \"Sorry.\"}}", rows[i].code);
      g_autoptr(GError) error = judge (rows[i].status, NULL, body);

      g_test_message ("%u %s: %s", rows[i].status, rows[i].code, error->message);
      g_assert_error (error, HERALD_ERROR, (int) rows[i].error);
      g_assert_cmpint (herald_error_get_reply_code (error), ==, (int) rows[i].status);
      g_assert_nonnull (strstr (herald_error_get_reply (error), "Sorry."));
    }
}

/* Proxies, portals and whoever else answers in Microsoft's place */
static void
test_answers_that_are_no_json_are_judged_by_status (void)
{
  static const char *const bodies[] = {
    "<html><body>Blocked</body></html>", "", "{", "[]", "7", "{\"error\": 7}", "{\"error\": {\"code\": 7, \"message\": []}}",
    "{\"error\": {}}", "\xff\xfe", "{\"error\": {\"code\": \"ErrorAccessDenied\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GError) error = judge (503, "7", bodies[i]);

      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_BUSY);
      g_assert_cmpuint (herald_error_get_retry_after (error), ==, 7);
      g_assert_null (herald_error_get_reply (error));
    }
}

static void
test_wait_is_read_within_limits (void)
{
  static const struct
  {
    const char *header;
    guint seconds;
  } rows[] = {
    { NULL, 0 },
    { "30", 30 },
    { "0", 0 },
    { "-5", 0 },
    { "4000000000", 24 * 60 * 60 },
    { "99999999999999999999", 0 },
    { "soon", 0 },
    { "Sat, 21 Nov 2026 12:01:00 GMT", 60 },
    { "Sat, 21 Nov 2020 12:01:00 GMT", 0 },
    { "Sat, 21 Nov 2037 12:01:00 GMT", 24 * 60 * 60 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = judge (429, rows[i].header, NULL);

      g_test_message ("%s", rows[i].header != NULL ? rows[i].header : "none");
      g_assert_cmpuint (herald_error_get_retry_after (error), ==, rows[i].seconds);
    }
}

/* Some servers tell what they were sent. */
static void
test_token_that_comes_back_is_not_told (void)
{
  g_autoptr(GError) error = NULL;

  herald_log_add_passing_secret ("EwCanary-token.part-0123456789");
  error = judge (401, NULL,
                 "{\"error\": {\"code\": \"InvalidAuthenticationToken\", \"message\": "
                 "\"Bad token EwCanary-token.part-0123456789!\"}}");
  g_assert_null (strstr (herald_error_get_reply (error), "Canary"));
  g_assert_nonnull (strstr (herald_error_get_reply (error), "Bad token ***!"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph-verdict/every-answer", test_every_answer_says_what_to_do);
  g_test_add_func ("/graph-verdict/no-json", test_answers_that_are_no_json_are_judged_by_status);
  g_test_add_func ("/graph-verdict/wait", test_wait_is_read_within_limits);
  g_test_add_func ("/graph-verdict/token", test_token_that_comes_back_is_not_told);

  return g_test_run ();
}
