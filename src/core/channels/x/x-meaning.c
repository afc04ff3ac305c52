/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-meaning"

#include "core/channels/x/x-meaning.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum
{
  DUPLICATE,
  READ_ONLY,
  WRONG_KEYS,
  WRONG_CLOCK,
  APP_ONLY,
  NOT_ENROLLED,
  SUSPENDED,
  LOCKED,
  NO_CREDIT,
  MONTH_CAP,
  DAY_CAP,
  DAY_LIMIT,
  TOO_MANY,
  LOOKS_AUTOMATIC,
  TOO_LONG,
  PICTURE_UNKNOWN,
  POST_FORBIDDEN,
  UPLOAD_FORBIDDEN,
  NOT_LET_IN,
  FROM_THE_EDGE,
  TOO_LARGE,
  HEADERS_TOO_LARGE,
  NOT_THERE,
  PICTURE_REFUSED,
  REFUSED,
  REDIRECTED,
  UNSURE,
  UNREADABLE,
  UPLOAD_UNREADABLE,
  UPLOAD_TROUBLE,
  TROUBLE,
  NOT_X,
} Id;

/* A wait that was asked for holds up the account, whatever was to be sent; trouble with pictures holds up no text. */
static const HeraldXMeaning meanings[] = {
  [DUPLICATE] = { HERALD_X_RULE_DUPLICATE, HERALD_ERROR_REJECTED, 0,
    N_("X refuses the same text twice, and this account has posted it before. Put something into the message that "
       "changes, like {clock}.") },
  [READ_ONLY] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_UNAUTHORIZED, 0,
    N_("X lets this app only read. In X's developer console set the app to “Read and write”, then create the access "
       "token and its secret anew and enter both.") },
  [WRONG_KEYS] = { HERALD_X_RULE_CLOCK, HERALD_ERROR_UNAUTHORIZED, 0,
    N_("X does not accept the keys of this account. Create them anew in X's developer console and enter them, or sign "
       "in again.") },
  [WRONG_CLOCK] = { HERALD_X_RULE_CLOCK, HERALD_ERROR_UNAUTHORIZED, 0,
    N_("X says that the clock of this computer is wrong. Set it right, then let the channel go on.") },
  [APP_ONLY] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_SETTINGS, 0,
    N_("X wants the access token of your account, but has got that of the app alone. Create access token and secret in "
       "X's developer console and enter both.") },
  [NOT_ENROLLED] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_SETTINGS, 0,
    N_("X does not let this app post, because it belongs to no project. Open X's developer console and put the app into "
       "a project that may use the interface, then let the channel go on.") },
  [SUSPENDED] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_UNAUTHORIZED, 0,
    N_("X has suspended this account. Sign in on x.com and follow what it says.") },
  [LOCKED] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_UNAUTHORIZED, 0,
    N_("X has locked this account for now. Sign in on x.com and follow what it says.") },
  [NO_CREDIT] = { HERALD_X_RULE_CREDIT, HERALD_ERROR_NO_CREDIT, 0,
    N_("The credit at X is used up. Buy some in X's developer console (console.x.com). OctoHerald tries again every six "
       "hours; let the channel go on if you do not want to wait for that.") },
  [MONTH_CAP] = { HERALD_X_RULE_CREDIT, HERALD_ERROR_NO_CREDIT, 0,
    N_("This app has used up what it may do at X in a month. Raise the limit in X's developer console (console.x.com), "
       "or wait for the next month, then let the channel go on.") },
  [DAY_CAP] = { HERALD_X_RULE_WINDOW, HERALD_ERROR_BUSY, HERALD_ERROR_SCOPE_CHANNEL,
    N_("This app has used up what it may do at X in a day.") },
  [DAY_LIMIT] = { HERALD_X_RULE_WINDOW, HERALD_ERROR_BUSY, HERALD_ERROR_SCOPE_CHANNEL,
    N_("This account has posted as often as X allows in a day.") },
  [TOO_MANY] = { HERALD_X_RULE_WINDOW, HERALD_ERROR_BUSY, HERALD_ERROR_SCOPE_CHANNEL,
    N_("X asks to wait: too much was posted in a short time.") },
  [LOOKS_AUTOMATIC] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_REJECTED, 0,
    N_("X takes this message for spam. Sign in on x.com to see whether the account needs you, and post less often.") },
  [TOO_LONG] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_REJECTED, 0,
    N_("The message is too long for X.") },
  [PICTURE_UNKNOWN] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_REJECTED, 0,
    N_("X could not use the picture of the message.") },
  [POST_FORBIDDEN] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_REJECTED, 0,
    N_("X does not allow this message.") },
  [UPLOAD_FORBIDDEN] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_REJECTED, 0,
    N_("X does not let this app upload pictures. If you signed in in the browser, sign in again and allow it to upload.") },
  [NOT_LET_IN] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_UNAUTHORIZED, 0,
    N_("X does not let this app in. Look at its permissions in X's developer console.") },
  [FROM_THE_EDGE] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_BUSY, HERALD_ERROR_SCOPE_CHANNEL,
    N_("What stands in front of X has turned OctoHerald away.") },
  [TOO_LARGE] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_REJECTED, 0,
    N_("The picture is too large for X.") },
  [HEADERS_TOO_LARGE] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_REJECTED, 0,
    N_("X finds the request too long.") },
  [NOT_THERE] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_BUSY, HERALD_ERROR_SCOPE_CHANNEL,
    N_("X says that there is nothing at the address OctoHerald posts to. If it stays so, look for a newer version of "
       "OctoHerald.") },
  [PICTURE_REFUSED] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_REJECTED, 0,
    N_("X does not take the picture.") },
  [REFUSED] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_REJECTED, 0,
    N_("X does not take this message.") },
  [REDIRECTED] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_BUSY, HERALD_ERROR_SCOPE_CHANNEL,
    N_("X has sent OctoHerald to another address, and keys are not carried there. If it stays so, look for a newer "
       "version of OctoHerald.") },
  [UNSURE] = { HERALD_X_RULE_WINDOW, HERALD_ERROR_AMBIGUOUS, 0,
    N_("X had trouble in the moment of posting; the message may or may not have been posted.") },
  [UNREADABLE] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_AMBIGUOUS, 0,
    N_("X's answer cannot be read; the message may or may not have been posted.") },
  [UPLOAD_UNREADABLE] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_PROTOCOL, HERALD_ERROR_SCOPE_MESSAGE,
    N_("X's answer about the picture or film cannot be read.") },
  [UPLOAD_TROUBLE] = { HERALD_X_RULE_WINDOW, HERALD_ERROR_BUSY, HERALD_ERROR_SCOPE_MESSAGE,
    N_("X has trouble with pictures just now.") },
  [TROUBLE] = { HERALD_X_RULE_WINDOW, HERALD_ERROR_BUSY, HERALD_ERROR_SCOPE_CHANNEL,
    N_("X has trouble just now.") },
  [NOT_X] = { HERALD_X_RULE_PLAIN, HERALD_ERROR_PROTOCOL, 0,
    N_("The answer does not come from X. Something in the network may stand between.") },
};

#define POST (1u << HERALD_X_POST)
#define UPLOAD (1u << HERALD_X_UPLOAD)
#define DESCRIBE (1u << HERALD_X_DESCRIBE)
#define ACCOUNT (1u << HERALD_X_READ_ACCOUNT)
#define PICTURE (UPLOAD | DESCRIBE)
#define ALL (POST | PICTURE | ACCOUNT)

/* What is looked at beside the status */
typedef enum
{
  BY_STATUS,
  BY_TYPE,
  BY_REASON,
  BY_CODE,
  BY_WORDS,
  BY_PERIOD,
  NO_JSON,
} Clue;

/* The first row that fits counts. X's words have changed more often than its types, types more often than codes;
 * so any of them is enough. Statuses beyond 505 are those of what stands in front of X. */
static const struct
{
  guint from;
  guint to;
  guint actions;
  Clue clue;
  const char *value;
  Id id;
} rows[] = {
  { 402, 402, ALL, BY_STATUS, NULL, NO_CREDIT },
  { 400, 403, POST, BY_WORDS, "duplicate content", DUPLICATE },
  { 400, 403, POST, BY_CODE, "187", DUPLICATE },
  { 400, 429, ALL, BY_TYPE, "credits-depleted", NO_CREDIT },

  { 400, 403, ALL, BY_TYPE, "oauth1-permissions", READ_ONLY },
  { 400, 403, ALL, BY_WORDS, "oauth1 app permissions", READ_ONLY },
  { 400, 403, ALL, BY_CODE, "261", READ_ONLY },
  { 400, 403, ALL, BY_TYPE, "unsupported-authentication", APP_ONLY },
  { 400, 403, ALL, BY_REASON, "client-not-enrolled", NOT_ENROLLED },
  { 400, 403, ALL, BY_TYPE, "client-forbidden", NOT_ENROLLED },
  { 400, 403, ALL, BY_CODE, "453", NOT_ENROLLED },
  { 400, 403, ALL, BY_CODE, "64", SUSPENDED },
  { 400, 403, ALL, BY_WORDS, "is suspended", SUSPENDED },
  { 400, 403, ALL, BY_CODE, "326", LOCKED },
  { 400, 403, ALL, BY_WORDS, "temporarily locked", LOCKED },

  { 401, 401, ALL, BY_CODE, "135", WRONG_CLOCK },
  { 401, 401, ALL, BY_STATUS, NULL, WRONG_KEYS },

  { 403, 429, ALL, BY_CODE, "185", DAY_LIMIT },
  { 400, 429, ALL, BY_PERIOD, "Daily", DAY_CAP },
  { 400, 429, ALL, BY_TYPE, "usage-capped", MONTH_CAP },
  { 400, 429, ALL, BY_TYPE, "rate-limit-exceeded", TOO_MANY },
  { 400, 429, ALL, BY_CODE, "88", TOO_MANY },
  { 429, 429, ALL, BY_STATUS, NULL, TOO_MANY },

  { 400, 403, POST, BY_CODE, "226", LOOKS_AUTOMATIC },
  { 400, 403, POST, BY_CODE, "186", TOO_LONG },
  { 400, 403, POST, BY_CODE, "324", PICTURE_UNKNOWN },
  { 400, 403, POST, BY_WORDS, "media ids", PICTURE_UNKNOWN },
  { 403, 403, ALL, NO_JSON, NULL, FROM_THE_EDGE },
  { 403, 403, POST, BY_STATUS, NULL, POST_FORBIDDEN },
  { 403, 403, PICTURE, BY_STATUS, NULL, UPLOAD_FORBIDDEN },
  { 403, 403, ALL, BY_STATUS, NULL, NOT_LET_IN },

  { 404, 404, PICTURE, BY_TYPE, "resource-not-found", PICTURE_UNKNOWN },
  { 404, 404, ALL, BY_STATUS, NULL, NOT_THERE },
  { 413, 413, PICTURE, BY_STATUS, NULL, TOO_LARGE },
  { 413, 413, ALL, BY_STATUS, NULL, TOO_LONG },
  { 431, 431, ALL, BY_STATUS, NULL, HEADERS_TOO_LARGE },
  { 408, 408, POST, BY_STATUS, NULL, UNSURE },
  { 408, 408, PICTURE, BY_STATUS, NULL, UPLOAD_TROUBLE },
  { 408, 408, ALL, BY_STATUS, NULL, TROUBLE },
  { 407, 407, ALL, BY_STATUS, NULL, FROM_THE_EDGE },
  { 425, 425, ALL, BY_STATUS, NULL, TROUBLE },
  { 400, 499, PICTURE, BY_STATUS, NULL, PICTURE_REFUSED },
  { 400, 499, POST, BY_STATUS, NULL, REFUSED },
  { 400, 499, ALL, BY_STATUS, NULL, NOT_LET_IN },

  /* These say that nobody has looked at the request; all others may come after the post was made. */
  { 501, 501, POST, BY_STATUS, NULL, TROUBLE },
  { 505, 505, POST, BY_STATUS, NULL, TROUBLE },
  { 511, 511, ALL, BY_STATUS, NULL, FROM_THE_EDGE },
  { 521, 521, POST, BY_STATUS, NULL, TROUBLE },
  { 523, 523, POST, BY_STATUS, NULL, TROUBLE },
  { 525, 526, POST, BY_STATUS, NULL, TROUBLE },
  { 500, 599, POST, BY_STATUS, NULL, UNSURE },
  { 500, 599, PICTURE, BY_STATUS, NULL, UPLOAD_TROUBLE },
  { 500, 599, ALL, BY_STATUS, NULL, TROUBLE },

  /* 303 says “done, see there”, and 302 is often meant so (RFC 9110, 15.4.3). */
  { 302, 303, POST, BY_STATUS, NULL, UNSURE },
  { 300, 399, ALL, BY_STATUS, NULL, REDIRECTED },

  /* It says yes, but not to what was asked; or libsoup 3.2 has called whole what was cut off. */
  { 200, 299, POST, BY_STATUS, NULL, UNREADABLE },
  { 200, 299, PICTURE, BY_STATUS, NULL, UPLOAD_UNREADABLE },
};

static gboolean
fits (Clue                  clue,
      const char           *value,
      const HeraldXProblem *problem)
{
  if (clue == BY_STATUS)
    return TRUE;
  if (problem == NULL || clue == NO_JSON)
    return problem == NULL && clue == NO_JSON;

  switch (clue)
    {
    case BY_TYPE:
      return g_strcmp0 (problem->type, value) == 0;
    case BY_REASON:
      return g_strcmp0 (problem->reason, value) == 0;
    case BY_PERIOD:
      return g_strcmp0 (problem->period, value) == 0;
    case BY_CODE:
      return herald_x_problem_has_code (problem, g_ascii_strtoll (value, NULL, 10));
    case BY_WORDS:
      return strstr (problem->words->str, value) != NULL;
    case BY_STATUS:
    case NO_JSON:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * herald_x_meaning_find:
 * @problem: (nullable): what its body says
 *
 * Returns: what an answer with @status to @action means
 */
const HeraldXMeaning *
herald_x_meaning_find (HeraldXAction         action,
                       guint                 status,
                       const HeraldXProblem *problem)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (status >= rows[i].from && status <= rows[i].to && (rows[i].actions & (1u << action)) != 0 &&
          fits (rows[i].clue, rows[i].value, problem))
        return &meanings[rows[i].id];
    }

  return &meanings[NOT_X];
}
