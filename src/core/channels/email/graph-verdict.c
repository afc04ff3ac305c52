/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-graph-verdict"

#include "core/channels/email/graph-verdict.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/base/log.h"

#define CODE_MAX_CHARS 80
#define WORDS_MAX_CHARS 300

/* Exchange counts in minutes and days. */
#define RETRY_MAX_S (24 * 60 * 60)

/* The documented codes that mean something more precise than the status they come with. */
static const struct
{
  const char *code;
  HeraldError error;
  const char *sentence;
} codes[] = {
  { "ErrorAccessDenied", HERALD_ERROR_UNAUTHORIZED,
    N_("Microsoft does not let OctoHerald send mail from this account. Open Settings → Online Accounts, remove the "
       "account and add it again with Mail switched on.") },
  { "ErrorSendAsDenied", HERALD_ERROR_SETTINGS,
    N_("This Microsoft account may not send from the sender address of the channel. Leave the sender address empty.") },
  { "MailboxNotEnabledForRESTAPI", HERALD_ERROR_SETTINGS,
    N_("This Microsoft account has no mailbox that sends mail. Choose another account.") },
  { "MailboxNotSupportedForRESTAPI", HERALD_ERROR_SETTINGS,
    N_("This Microsoft account has no mailbox that sends mail. Choose another account.") },
  { "ErrorMessageSubmissionBlocked", HERALD_ERROR_UNAUTHORIZED,
    N_("Microsoft has blocked this account from sending mail. Sign in on outlook.com and follow what it says.") },
  { "ErrorExceededMessageLimit", HERALD_ERROR_BUSY,
    N_("The Microsoft account has sent as many messages as it may send in a day.") },
  { "ErrorQuotaExceeded", HERALD_ERROR_NO_CREDIT,
    N_("The mailbox of this Microsoft account is full. Delete something in it.") },
  { "ErrorMessageSizeExceeded", HERALD_ERROR_REJECTED, N_("The message is too large for Microsoft.") },
  { "ErrorInvalidRecipients", HERALD_ERROR_REJECTED,
    N_("Microsoft knows no mailbox of this address. Check the recipient.") },
};

/* And what the rest of them mean, by status; the last row is for all others. An answer that says "not now" is
 * BUSY: it is known that the message was not taken. A gateway that got no answer does not know that. */
static const struct
{
  guint from;
  guint to;
  HeraldError error;
  const char *sentence;
} statuses[] = {
  { 401, 401, HERALD_ERROR_UNAUTHORIZED, N_("Microsoft does not accept the login of this account any more.") },
  { 403, 403, HERALD_ERROR_UNAUTHORIZED, N_("Microsoft does not let OctoHerald send mail from this account.") },
  { 408, 408, HERALD_ERROR_AMBIGUOUS,
    N_("Microsoft has not answered in time; the message may or may not have been sent.") },
  { 413, 413, HERALD_ERROR_REJECTED, N_("The message is too large for Microsoft.") },
  { 429, 429, HERALD_ERROR_BUSY, N_("Microsoft asks to wait: too many messages in a short time.") },
  { 504, 504, HERALD_ERROR_AMBIGUOUS,
    N_("Microsoft has not answered in time; the message may or may not have been sent.") },
  { 400, 499, HERALD_ERROR_REJECTED, N_("Microsoft has refused the message.") },
  { 500, 599, HERALD_ERROR_BUSY, N_("Microsoft's mail service has trouble just now.") },
  { 0, G_MAXUINT, HERALD_ERROR_PROTOCOL,
    N_("The answer does not come from Microsoft's mail service. Something in the network may stand between.") },
};

/* Answers of proxies are no JSON; the status says enough then. */
static JsonNode *
parse (GBytes *body)
{
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  return text != NULL ? herald_json_parse (text, length, NULL) : NULL;
}

static JsonObject *
get_error_object (JsonNode *root)
{
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  return herald_json_get_object (json_node_get_object (root), "error");
}

static GError *
make_error (guint       status,
            const char *code)
{
  guint i = 0;

  for (guint j = 0; code != NULL && j < G_N_ELEMENTS (codes); j++)
    {
      if (g_ascii_strcasecmp (code, codes[j].code) == 0)
        return g_error_new_literal (HERALD_ERROR, codes[j].error, _(codes[j].sentence));
    }

  while (status < statuses[i].from || status > statuses[i].to)
    i++;

  return g_error_new_literal (HERALD_ERROR, statuses[i].error, _(statuses[i].sentence));
}

/* Seconds, or a date (RFC 9110, 10.2.3) */
static guint
read_retry_after (const char *text,
                  gint64      now_s)
{
  g_autoptr(GDateTime) date = NULL;
  guint64 seconds = 0;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seconds, NULL))
    return (guint) MIN (seconds, RETRY_MAX_S);

  date = soup_date_time_new_from_http_string (text);
  return date != NULL ? (guint) CLAMP (g_date_time_to_unix (date) - now_s, 0, RETRY_MAX_S) : 0;
}

/**
 * herald_graph_verdict_on_answer:
 * @status: of the answer to "sendMail"; not HERALD_GRAPH_ACCEPTED
 * @retry_after: (nullable): the header of that name
 * @body: (nullable): {"error": {"code", "message"}} if it comes from Graph itself
 * @now_s: seconds since 1970
 *
 * What to do about an answer of Microsoft Graph, after
 * learn.microsoft.com/graph/api/user-sendmail and /graph/errors (2026).
 *
 * Returns: (transfer full): a HERALD_ERROR with what it said
 */
GError *
herald_graph_verdict_on_answer (guint       status,
                                const char *retry_after,
                                GBytes     *body,
                                gint64      now_s)
{
  g_autoptr(JsonNode) root = parse (body);
  JsonObject *object = get_error_object (root);
  g_autofree char *code = object != NULL ? herald_json_dup_text (object, "code", CODE_MAX_CHARS) : NULL;
  g_autofree char *words = object != NULL ? herald_json_dup_text (object, "message", WORDS_MAX_CHARS) : NULL;
  g_autofree char *reply = g_strjoin (": ", code != NULL ? code : words, code != NULL ? words : NULL, NULL);
  g_autofree char *safe_reply = herald_log_redact (reply);
  GError *error = make_error (status, code);

  herald_error_set_reply (error, (int) status, *safe_reply != '\0' ? safe_reply : NULL);
  if (error->code == HERALD_ERROR_BUSY)
    herald_error_set_retry_after (error, read_retry_after (retry_after, now_s));

  return error;
}
