/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_ACCOUNT_FACTS (herald_account_facts_get_type ())
G_DECLARE_FINAL_TYPE (HeraldAccountFacts, herald_account_facts, HERALD, ACCOUNT_FACTS, AdwBin)

/* What is known of an account beside its settings. @type: a{sv} as ListChannelTypes of the D-Bus API describes it */
GtkWidget *herald_account_facts_new (HeraldDBusChannel1 *channel,
                                     GVariant           *type);

G_END_DECLS
