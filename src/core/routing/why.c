/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-why"

#include "core/routing/why.h"

#include <glib/gi18n-lib.h>

#include "core/outbox/journal-allowance.h"

static const HeraldWhyNot verdicts[] = {
  [HERALD_VERDICT_TOLD] = { "told", N_("As things are set now, it would be told there. It was set otherwise then, or this account was not there yet.") },
  [HERALD_VERDICT_MESSAGE_OFF] = { "message-off", N_("As things are set now, this message is switched off.") },
  [HERALD_VERDICT_CHANNEL_OFF] = { "channel-off", N_("As things are set now, this account is switched off.") },
  [HERALD_VERDICT_NOT_CHOSEN] = { "not-chosen", N_("As things are set now, this message does not go to this account.") },
  [HERALD_VERDICT_NO_WORDS] = { "no-words", N_("As things are set now, this message has no words for this account.") },
  [HERALD_VERDICT_NOBODY] = { "nobody", N_("As things are set now, this account reaches nobody.") },
};

static const struct
{
  const char *cause;
  HeraldWhyNot why_not;
} others[] = {
  { "sender", { "not-addressed", N_("Whoever sent it did not name this account, or it was switched off or not there yet.") } },
  { "test", { "not-addressed", N_("A test goes to the account that is tested, and to no other.") } },
  { "digest", { "not-addressed", N_("It puts together messages of one account, and goes to no other.") } },
};

/**
 * herald_why_get_cause:
 *
 * Returns: who has chosen to which channels @event goes: `settings`, `sender`, `test`, or `digest` for what puts together
 *   messages of one channel
 */
const char *
herald_why_get_cause (HeraldEvent *event)
{
  if (event->kind == HERALD_KIND_TEST)
    return "test";
  if (event->dedupe != NULL && g_str_has_prefix (event->dedupe, HERALD_JOURNAL_DIGEST))
    return "digest";

  return event->kind == HERALD_KIND_CUSTOM ? "sender" : "settings";
}

/**
 * herald_why_not:
 * @channel: got nothing of @event
 * @printer_name: what people call the printer; empty if it concerns none
 *
 * Returns: (transfer none): why
 */
const HeraldWhyNot *
herald_why_not (HeraldConfig  *config,
                HeraldChannel *channel,
                HeraldEvent   *event,
                const char    *printer_name)
{
  const char *cause = herald_why_get_cause (event);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (g_str_equal (others[i].cause, cause))
        return &others[i].why_not;
    }

  return &verdicts[herald_router_judge (config, channel, event, printer_name)];
}
