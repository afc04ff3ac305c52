/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-guide"

#include "core/channels/x/x-guide.h"

#include <glib/gi18n-lib.h>

/* After X's own pages on developer apps, authentication and prices (August 2026); docs/x.md tells the same in more
 * words. The order matters: a token keeps the permission that the app had when it was made. */
const char *const herald_x_guide[] = {
  N_("Open https://console.x.com in a browser and log in with the account that is to post. Accept the terms for "
     "developers if X asks for it."),
  N_("Buy some credit there. X takes $0.015 for a post, and $0.20 if there is a link in it (as of August 2026; the "
     "console shows the prices of today). You can also set how much may be spent at most."),
  N_("Create an app. X shows its API key and API key secret once: copy both."),
  N_("In the app’s settings for user authentication choose “Read and write” and save it. X also asks for the kind of "
     "app (“Web App, Automated App or Bot”), a callback address and a website: any address of yours will do, like "
     "https://example.org."),
  N_("Only now, under “Keys and tokens”, generate the access token and its secret, and copy both. Below them it must say "
     "“Created with Read and Write permissions”; if it does not, do the step before once more and generate them anew."),
  NULL,
};
