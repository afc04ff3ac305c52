/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-pace"

#include "core/channels/x/x-pace.h"

#include "core/channels/amount.h"
#include "core/channels/x/x-settings.h"

/* X's own limit for a user (August 2026); what it says in its answers goes before. */
#define POSTS_PER_QUARTER_HOUR 100

static const char *
get_form (HeraldChannel *channel)
{
  return herald_x_settings_get_boolean (channel, "premium") ? "x-long" : "x";
}

static const HeraldPictureForm *
get_picture_form (HeraldChannel *channel)
{
  return herald_x_settings_get_picture_form (channel);
}

/* What a hand has written wrongly into the file is refused when it is read; so there is nothing here that cannot be. */
static void
get_allowance (HeraldChannel   *channel,
               HeraldAllowance *allowance)
{
  allowance->per_quarter_hour = POSTS_PER_QUARTER_HOUR;
  herald_amount_parse_count (herald_channel_get_setting (channel, HERALD_X_POSTS_PER_DAY), &allowance->per_day);
  herald_amount_parse_money (herald_channel_get_setting (channel, HERALD_X_BUDGET_DAY), &allowance->day_microdollars);
  herald_amount_parse_money (herald_channel_get_setting (channel, HERALD_X_BUDGET_MONTH), &allowance->month_microdollars);
}

/**
 * herald_x_pace_implement:
 * @klass: of #HeraldXChannel
 */
void
herald_x_pace_implement (HeraldChannelClass *klass)
{
  klass->get_form = get_form;
  klass->get_picture_form = get_picture_form;
  klass->get_allowance = get_allowance;
}
