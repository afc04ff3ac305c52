/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Which lines of the terminal somebody wants: none, all, or those that match */
typedef struct
{
  gboolean all;
  GRegex *pattern;
} HeraldDemoLines;

typedef struct
{
  gboolean active;
  gboolean state;
  HeraldDemoLines logs;
  gboolean all_events;
  GStrv events;
  gboolean all_plugins;
  GStrv plugins;
} HeraldDemoSubscription;

void     herald_demo_subscription_clear        (HeraldDemoSubscription *self);
gboolean herald_demo_subscription_parse        (HeraldDemoSubscription *self,
                                                JsonObject             *wishes);
gboolean herald_demo_subscription_wants_state  (HeraldDemoSubscription *self);
gboolean herald_demo_subscription_wants_line   (HeraldDemoSubscription *self,
                                                const char             *line);
gboolean herald_demo_subscription_wants_event  (HeraldDemoSubscription *self,
                                                const char             *type);
gboolean herald_demo_subscription_wants_plugin (HeraldDemoSubscription *self,
                                                const char             *plugin);

G_END_DECLS
