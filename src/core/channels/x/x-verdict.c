/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-verdict"

#include "core/channels/x/x-verdict.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/channels/x/x-meaning.h"
#include "core/channels/x/x-problem.h"

/* X takes what is signed within five minutes of its own time. */
#define SKEW_TOLERANCE_S (4 * 60)

/* The longest window is a day; a quarter of an hour more for the shorter one on top of it. */
#define WAIT_MAX_S ((24 * 60 + 15) * 60)

/* Windows end at whole seconds. */
#define WAIT_MARGIN_S 1

/* Whether somebody has paid meanwhile; each look is one request. */
#define CREDIT_LOOK_S (6 * 60 * 60)

/* RFC 6585, 4; libsoup has no name for it */
#define TOO_MANY_REQUESTS 429

/* Until the year 5138; what is greater is no time in seconds. */
#define NUMBER_MAX G_GINT64_CONSTANT (100000000000)

/* In which unit a person says by how much a clock is wrong */
#define HOUR_S (60 * 60)
#define DAY_S (24 * HOUR_S)
#define IN_MINUTES_BELOW_S (2 * HOUR_S)
#define IN_HOURS_BELOW_S (2 * DAY_S)

/* A limit of X's: three headers say how many are left, and when it is full again (seconds since 1970). */
static const struct
{
  const char *remaining;
  const char *reset;
} windows[] = {
  { "x-rate-limit-remaining", "x-rate-limit-reset" },
  { "x-user-limit-24hour-remaining", "x-user-limit-24hour-reset" },
  { "x-app-limit-24hour-remaining", "x-app-limit-24hour-reset" },
};

static gboolean
read_number (SoupMessageHeaders *headers,
             const char         *name,
             gint64             *number)
{
  const char *text = soup_message_headers_get_one (headers, name);

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, NUMBER_MAX, number, NULL);
}

/* X's own time, in which its windows end; ours if it does not say. */
static gint64
get_their_now (const HeraldXAnswer *answer)
{
  return answer->now_s - herald_x_verdict_get_skew (answer->headers, answer->now_s, 0);
}

/* (RFC 9110, 10.2.3) X does not send it, what stands in front of X may. */
static gint64
read_retry_after (const HeraldXAnswer *answer)
{
  const char *text = soup_message_headers_get_one (answer->headers, "Retry-After");
  g_autoptr(GDateTime) date = NULL;
  gint64 seconds = 0;

  if (text == NULL || read_number (answer->headers, "Retry-After", &seconds))
    return seconds;

  date = soup_date_time_new_from_http_string (text);
  return date != NULL ? g_date_time_to_unix (date) - get_their_now (answer) : 0;
}

/* Several windows may be empty; the last that ends counts. If none says so, it is the one of a quarter of an hour. */
static gint64
read_windows (const HeraldXAnswer *answer)
{
  gint64 reset_s = 0;
  gint64 number = 0;

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      gint64 remaining = -1;

      if (read_number (answer->headers, windows[i].remaining, &remaining) && remaining == 0 &&
          read_number (answer->headers, windows[i].reset, &number))
        reset_s = MAX (reset_s, number);
    }

  if (reset_s == 0 && answer->status == TOO_MANY_REQUESTS &&
      read_number (answer->headers, windows[0].reset, &number))
    reset_s = number;

  return reset_s > 0 ? reset_s - get_their_now (answer) + WAIT_MARGIN_S : 0;
}

/* A time that is past says nothing: then it is 0, and the waits grow by themselves. */
static guint
get_wait (const HeraldXAnswer *answer)
{
  gint64 windows_s = read_windows (answer);
  gint64 wait_s = windows_s > WAIT_MARGIN_S ? windows_s : read_retry_after (answer);

  return (guint) CLAMP (wait_s, 0, WAIT_MAX_S);
}

static char *
describe_skew (gint64 skew_s)
{
  gint64 seconds = ABS (skew_s);
  guint n;

  if (seconds < IN_MINUTES_BELOW_S)
    {
      n = (guint) (seconds / 60);
      /* Translators: how wrong the clock of this computer is; stands in “…, because the clock of this computer is %s.” */
      return skew_s > 0 ? g_strdup_printf (ngettext ("%u minute ahead", "%u minutes ahead", n), n)
                        : g_strdup_printf (ngettext ("%u minute behind", "%u minutes behind", n), n);
    }
  if (seconds < IN_HOURS_BELOW_S)
    {
      n = (guint) (seconds / HOUR_S);
      return skew_s > 0 ? g_strdup_printf (ngettext ("%u hour ahead", "%u hours ahead", n), n)
                        : g_strdup_printf (ngettext ("%u hour behind", "%u hours behind", n), n);
    }

  n = (guint) (seconds / DAY_S);
  return skew_s > 0 ? g_strdup_printf (ngettext ("%u day ahead", "%u days ahead", n), n)
                    : g_strdup_printf (ngettext ("%u day behind", "%u days behind", n), n);
}

static char *
make_sentence (const HeraldXAnswer  *answer,
               const HeraldXMeaning *meaning)
{
  gint64 skew_s = herald_x_verdict_get_skew (answer->headers, answer->now_s, SKEW_TOLERANCE_S);
  g_autofree char *skew = NULL;

  if (meaning->rule != HERALD_X_RULE_CLOCK || skew_s == 0)
    return g_strdup (_(meaning->sentence));

  skew = describe_skew (skew_s);
  /* Translators: e.g. “12 minutes ahead” */
  return g_strdup_printf (_("X does not accept the login, because the clock of this computer is %s. Set it right, then "
                            "let the channel go on."), skew);
}

/* A second refusal does not tell whether the first try has arrived. */
static GError *
make_error (const HeraldXAnswer  *answer,
            const HeraldXMeaning *meaning)
{
  g_autofree char *sentence = make_sentence (answer, meaning);
  GError *error;

  if (answer->action == HERALD_X_POST && answer->may_have_arrived && meaning->error == HERALD_ERROR_REJECTED)
    return g_error_new (HERALD_ERROR, HERALD_ERROR_AMBIGUOUS,
                        /* Translators: a sentence that says why a message was refused */
                        _("%s It may have been posted at the first try, though."), sentence);

  error = g_error_new_literal (HERALD_ERROR, (int) meaning->error, sentence);
  if (meaning->scope != 0)
    herald_error_set_scope (error, meaning->scope);

  return error;
}

/**
 * herald_x_verdict_on_answer:
 *
 * X's interface of August 2026; what its answers mean is in the table of x-meaning.c.
 *
 * Returns: (transfer full) (nullable): a HERALD_ERROR; %NULL if the earlier attempt in doubt has arrived
 */
GError *
herald_x_verdict_on_answer (const HeraldXAnswer *answer)
{
  g_autoptr(HeraldXProblem) problem = herald_x_problem_new (answer->body);
  const HeraldXMeaning *meaning = herald_x_meaning_find (answer->action, answer->status, problem);
  GError *error;

  if (meaning->rule == HERALD_X_RULE_DUPLICATE && answer->may_have_arrived)
    return NULL;

  error = make_error (answer, meaning);
  herald_error_set_reply (error, (int) answer->status, problem != NULL ? problem->reply : NULL);
  if (meaning->rule == HERALD_X_RULE_WINDOW)
    herald_error_set_retry_after (error, get_wait (answer));
  else if (meaning->rule == HERALD_X_RULE_CREDIT)
    herald_error_set_retry_after (error, CREDIT_LOOK_S);

  return error;
}

/**
 * herald_x_verdict_on_nonsense:
 * @status: of its answer
 *
 * X has said yes, but not to what it was asked.
 *
 * Returns: (transfer full): a HERALD_ERROR
 */
GError *
herald_x_verdict_on_nonsense (HeraldXAction action,
                              guint         status)
{
  const HeraldXMeaning *meaning = herald_x_meaning_find (action, SOUP_STATUS_OK, NULL);
  GError *error = g_error_new_literal (HERALD_ERROR, (int) meaning->error, _(meaning->sentence));

  if (meaning->scope != 0)
    herald_error_set_scope (error, meaning->scope);
  herald_error_set_reply (error, (int) status, NULL);

  return error;
}

/**
 * herald_x_verdict_get_skew:
 * @now_s: seconds since 1970, by our clock, when the answer came
 *
 * Returns: seconds by which our clock is ahead of X's, negative if it is behind
 */
gint64
herald_x_verdict_get_skew (SoupMessageHeaders *headers,
                           gint64              now_s,
                           gint64              tolerance_s)
{
  const char *text = soup_message_headers_get_one (headers, "Date");
  g_autoptr(GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  gint64 skew_s = date != NULL ? now_s - g_date_time_to_unix (date) : 0;

  return ABS (skew_s) > tolerance_s ? skew_s : 0;
}
