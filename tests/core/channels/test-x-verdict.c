/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-verdict"

#include <string.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "x-answer.h"

#define MESSAGE HERALD_ERROR_SCOPE_MESSAGE
#define CHANNEL HERALD_ERROR_SCOPE_CHANNEL

#define PROBLEM(type, detail) "{\"title\":\"T\",\"detail\":\"" detail "\",\"type\":\"https://api.x.com/2/problems/" type "\"}"
#define BLANK(status, detail) \
  "{\"detail\":\"" detail "\",\"type\":\"about:blank\",\"title\":\"T\",\"status\":" #status "}"
#define LEGACY(code, message) "{\"errors\":[{\"code\":" #code ",\"message\":\"" message "\"}]}"
#define HTML "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>cloudflare</body></html>"
#define PERMISSIONS "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint."
#define DUPLICATE "You are not allowed to create a Tweet with duplicate content."

typedef struct
{
  guint status;
  const char *body;
  HeraldError error;
  HeraldErrorScope scope;
  const char *gist; /* words of the sentence */
} Row;

static const Row posts[] = {
  { 400, PROBLEM ("invalid-request", "One or more parameters to your request was invalid."), HERALD_ERROR_REJECTED,
    MESSAGE, "does not take this message" },
  { 400, "", HERALD_ERROR_REJECTED, MESSAGE, "does not take this message" },
  { 400, HTML, HERALD_ERROR_REJECTED, MESSAGE, "does not take this message" },
  { 400, PROBLEM ("invalid-request", "Your media IDs are invalid."), HERALD_ERROR_REJECTED, MESSAGE, "picture" },
  { 400, LEGACY (324, "The validation of media ids failed."), HERALD_ERROR_REJECTED, MESSAGE, "picture" },
  { 401, BLANK (401, "Unauthorized"), HERALD_ERROR_UNAUTHORIZED, CHANNEL, "keys" },
  { 401, LEGACY (89, "Invalid or expired token."), HERALD_ERROR_UNAUTHORIZED, CHANNEL, "keys" },
  { 401, LEGACY (32, "Could not authenticate you."), HERALD_ERROR_UNAUTHORIZED, CHANNEL, "keys" },
  { 401, LEGACY (135, "Timestamp out of bounds."), HERALD_ERROR_UNAUTHORIZED, CHANNEL, "clock" },
  { 401, "", HERALD_ERROR_UNAUTHORIZED, CHANNEL, "keys" },
  { 402, PROBLEM ("credits-depleted", "credits depleted"), HERALD_ERROR_NO_CREDIT, CHANNEL, "console.x.com" },
  { 402, "", HERALD_ERROR_NO_CREDIT, CHANNEL, "Buy some" },
  { 402, HTML, HERALD_ERROR_NO_CREDIT, CHANNEL, "Buy some" },
  { 403, BLANK (403, DUPLICATE), HERALD_ERROR_REJECTED, MESSAGE, "{clock}" },
  { 403, LEGACY (187, "Status is a duplicate."), HERALD_ERROR_REJECTED, MESSAGE, "{clock}" },
  { 403, LEGACY ("187", "Status is a duplicate."), HERALD_ERROR_REJECTED, MESSAGE, "{clock}" },
  { 403, PROBLEM ("oauth1-permissions", PERMISSIONS), HERALD_ERROR_UNAUTHORIZED, CHANNEL, "Read and write" },
  { 403, "{\"type\":\"https://api.twitter.com/2/problems/oauth1-permissions\"}", HERALD_ERROR_UNAUTHORIZED, CHANNEL,
    "anew" },
  { 403, BLANK (403, PERMISSIONS), HERALD_ERROR_UNAUTHORIZED, CHANNEL, "Read and write" },
  { 403, LEGACY (261, "Application cannot perform write actions."), HERALD_ERROR_UNAUTHORIZED, CHANNEL, "Read and write" },
  { 403, "{\"reason\":\"client-not-enrolled\",\"type\":\"https://api.x.com/2/problems/client-forbidden\"}",
    HERALD_ERROR_SETTINGS, CHANNEL, "project" },
  { 403, LEGACY (453, "You currently have access to a subset of endpoints."), HERALD_ERROR_SETTINGS, CHANNEL, "project" },
  { 403, PROBLEM ("unsupported-authentication", "Authenticating with OAuth 2.0 Application-Only is forbidden."),
    HERALD_ERROR_SETTINGS, CHANNEL, "access token" },
  { 403, LEGACY (64, "Your account is suspended."), HERALD_ERROR_UNAUTHORIZED, CHANNEL, "suspended" },
  { 403, BLANK (403, "Your account is suspended and is not permitted to access this feature."),
    HERALD_ERROR_UNAUTHORIZED, CHANNEL, "suspended" },
  { 403, LEGACY (326, "To protect our users, this account is temporarily locked."), HERALD_ERROR_UNAUTHORIZED, CHANNEL,
    "locked" },
  { 403, LEGACY (185, "User is over daily status update limit."), HERALD_ERROR_BUSY, CHANNEL, "in a day" },
  { 403, LEGACY (186, "Tweet needs to be a bit shorter."), HERALD_ERROR_REJECTED, MESSAGE, "too long" },
  { 403, LEGACY (226, "This request looks like it might be automated."), HERALD_ERROR_REJECTED, MESSAGE, "spam" },
  { 403, BLANK (403, "You are not permitted to perform this action."), HERALD_ERROR_REJECTED, MESSAGE, "does not allow" },
  { 403, HTML, HERALD_ERROR_BUSY, CHANNEL, "in front of X" },
  { 403, "", HERALD_ERROR_BUSY, CHANNEL, "in front of X" },
  { 404, "", HERALD_ERROR_BUSY, CHANNEL, "newer version" },
  { 404, PROBLEM ("resource-not-found", "Nothing there."), HERALD_ERROR_BUSY, CHANNEL, "newer version" },
  { 407, HTML, HERALD_ERROR_BUSY, CHANNEL, "in front of X" },
  { 408, "", HERALD_ERROR_AMBIGUOUS, MESSAGE, "may or may not" },
  { 413, "", HERALD_ERROR_REJECTED, MESSAGE, "too long" },
  { 422, "", HERALD_ERROR_REJECTED, MESSAGE, "does not take" },
  { 425, "", HERALD_ERROR_BUSY, CHANNEL, "trouble" },
  { 429, LEGACY (88, "Rate limit exceeded"), HERALD_ERROR_BUSY, CHANNEL, "asks to wait" },
  { 429, PROBLEM ("rate-limit-exceeded", "Too Many Requests"), HERALD_ERROR_BUSY, CHANNEL, "asks to wait" },
  { 429, "", HERALD_ERROR_BUSY, CHANNEL, "asks to wait" },
  { 429, "{\"period\":\"Monthly\",\"scope\":\"Product\",\"type\":\"https://api.x.com/2/problems/usage-capped\"}",
    HERALD_ERROR_NO_CREDIT, CHANNEL, "in a month" },
  { 429, "{\"period\":\"Daily\",\"scope\":\"Account\",\"type\":\"https://api.x.com/2/problems/usage-capped\"}",
    HERALD_ERROR_BUSY, CHANNEL, "in a day" },
  { 431, "", HERALD_ERROR_REJECTED, MESSAGE, "too long" },
  { 500, PROBLEM ("internal-error", "Something is broken."), HERALD_ERROR_AMBIGUOUS, MESSAGE, "may or may not" },
  { 501, "", HERALD_ERROR_BUSY, CHANNEL, "trouble" },
  { 502, HTML, HERALD_ERROR_AMBIGUOUS, MESSAGE, "may or may not" },
  { 503, BLANK (503, "Service Unavailable"), HERALD_ERROR_AMBIGUOUS, MESSAGE, "may or may not" },
  { 503, LEGACY (130, "Over capacity"), HERALD_ERROR_AMBIGUOUS, MESSAGE, "may or may not" },
  { 504, "", HERALD_ERROR_AMBIGUOUS, MESSAGE, "may or may not" },
  { 520, HTML, HERALD_ERROR_AMBIGUOUS, MESSAGE, "may or may not" },
  { 521, HTML, HERALD_ERROR_BUSY, CHANNEL, "trouble" },
  { 200, "{\"errors\":[{\"detail\":\"What now?\"}]}", HERALD_ERROR_AMBIGUOUS, MESSAGE, "cannot be read" },
  { 201, "{\"data\":{\"id\":", HERALD_ERROR_AMBIGUOUS, MESSAGE, "cannot be read" },
  { 201, NULL, HERALD_ERROR_AMBIGUOUS, MESSAGE, "cannot be read" },
  { 301, "", HERALD_ERROR_BUSY, CHANNEL, "another address" },
  { 302, HTML, HERALD_ERROR_AMBIGUOUS, MESSAGE, "may or may not" },
  { 303, "", HERALD_ERROR_AMBIGUOUS, MESSAGE, "may or may not" },
  { 308, "", HERALD_ERROR_BUSY, CHANNEL, "another address" },
  { 0, "", HERALD_ERROR_PROTOCOL, CHANNEL, "not come from X" },
  { 999, "", HERALD_ERROR_PROTOCOL, CHANNEL, "not come from X" },
};

static void
check_rows (HeraldXAction  action,
            const Row     *rows,
            guint          n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr(GError) error = x_answer_judge (action, X_FIRST_TRY, rows[i].status, NULL, rows[i].body);

      g_test_message ("%u %s: %s", rows[i].status, rows[i].body != NULL ? rows[i].body : "cut off",
                      error != NULL ? error->message : "arrived");
      g_assert_error (error, HERALD_ERROR, (int) rows[i].error);
      g_assert_cmpint ((int) herald_error_get_scope (error), ==, (int) rows[i].scope);
      g_assert_nonnull (strstr (error->message, rows[i].gist));
      g_assert_cmpint (herald_error_get_reply_code (error), ==, (int) rows[i].status);
    }
}

static void
test_every_answer_to_a_post_says_what_to_do (void)
{
  check_rows (HERALD_X_POST, posts, G_N_ELEMENTS (posts));
}

/* Nothing is public after an upload: it is never in doubt, and its trouble is not that of texts. */
static void
test_every_answer_to_a_picture_says_what_to_do (void)
{
  static const Row rows[] = {
    { 400, PROBLEM ("invalid-request", "media type unrecognized."), HERALD_ERROR_REJECTED, MESSAGE, "the picture" },
    { 401, "", HERALD_ERROR_UNAUTHORIZED, CHANNEL, "keys" },
    { 402, PROBLEM ("credits-depleted", "credits depleted"), HERALD_ERROR_NO_CREDIT, CHANNEL, "Buy some" },
    { 403, BLANK (403, "Forbidden"), HERALD_ERROR_REJECTED, MESSAGE, "upload pictures" },
    { 403, PROBLEM ("oauth1-permissions", PERMISSIONS), HERALD_ERROR_UNAUTHORIZED, CHANNEL, "Read and write" },
    { 403, HTML, HERALD_ERROR_BUSY, CHANNEL, "in front of X" },
    { 404, PROBLEM ("resource-not-found", "No such media."), HERALD_ERROR_REJECTED, MESSAGE, "picture" },
    { 408, "", HERALD_ERROR_BUSY, MESSAGE, "with pictures" },
    { 413, HTML, HERALD_ERROR_REJECTED, MESSAGE, "too large" },
    { 429, "", HERALD_ERROR_BUSY, CHANNEL, "asks to wait" },
    { 431, "", HERALD_ERROR_REJECTED, MESSAGE, "too long" },
    { 500, "", HERALD_ERROR_BUSY, MESSAGE, "with pictures" },
    { 503, BLANK (503, "Service Unavailable"), HERALD_ERROR_BUSY, MESSAGE, "with pictures" },
    { 200, "{}", HERALD_ERROR_PROTOCOL, MESSAGE, "picture" },
  };

  check_rows (HERALD_X_UPLOAD, rows, G_N_ELEMENTS (rows));
  check_rows (HERALD_X_DESCRIBE, rows, G_N_ELEMENTS (rows));
}

static void
test_every_answer_about_the_account_says_what_to_do (void)
{
  static const Row rows[] = {
    { 401, BLANK (401, "Unauthorized"), HERALD_ERROR_UNAUTHORIZED, CHANNEL, "keys" },
    { 403, BLANK (403, "Forbidden"), HERALD_ERROR_UNAUTHORIZED, CHANNEL, "permissions" },
    { 403, HTML, HERALD_ERROR_BUSY, CHANNEL, "in front of X" },
    { 418, "", HERALD_ERROR_UNAUTHORIZED, CHANNEL, "permissions" },
    { 503, "", HERALD_ERROR_BUSY, CHANNEL, "trouble" },
    { 303, "", HERALD_ERROR_BUSY, CHANNEL, "another address" },
    { 200, "[]", HERALD_ERROR_PROTOCOL, CHANNEL, "not come from X" },
  };

  check_rows (HERALD_X_READ_ACCOUNT, rows, G_N_ELEMENTS (rows));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/x-verdict/post", test_every_answer_to_a_post_says_what_to_do);
  g_test_add_func ("/x-verdict/picture", test_every_answer_to_a_picture_says_what_to_do);
  g_test_add_func ("/x-verdict/account", test_every_answer_about_the_account_says_what_to_do);

  return g_test_run ();
}
