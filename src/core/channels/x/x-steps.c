/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-steps"

#include "core/channels/x/x-steps.h"

#include <glib/gi18n-lib.h>

const HeraldChannelStep herald_x_steps[] = {
  { "start", N_("Make the post ready"),
    N_("Fill in what is missing. If it is the keyring that does not answer, unlock it.") },
  { "connect", N_("Reach X"),
    N_("Check whether this computer is online, and whether x.com opens in a browser: a hotel or a firewall may stand "
       "between.") },
  { "picture", N_("Hand over the picture, if there is one"),
    N_("Do what the answer of X says. Set “without-picture” to true, and the text is posted alone when X does not take "
       "the picture.") },
  { "committing", N_("Have it posted"),
    N_("Do what the answer of X says. If there was none, look at the account's page whether the post is there.") },
  { NULL, NULL, NULL },
};
