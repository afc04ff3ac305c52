/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/accounts/channel-layout.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CHANNEL_FORM (herald_channel_form_get_type ())
G_DECLARE_FINAL_TYPE (HeraldChannelForm, herald_channel_form, HERALD, CHANNEL_FORM, AdwBin)

/* What is filled in for an account. @type: a{sv} as ListChannelTypes of the D-Bus API describes it; @layout: (nullable): what
 * stands where; @channel: (nullable): NULL if it is to be added.
 * Signals: changed; calmed: what was being found out is, or never will be */
GtkWidget *herald_channel_form_new           (HeraldServiceLink         *link,
                                              GVariant                  *type,
                                              const HeraldChannelLayout *layout,
                                              HeraldDBusChannel1        *channel);

gboolean   herald_channel_form_is_busy       (HeraldChannelForm         *self);
gboolean   herald_channel_form_is_changed    (HeraldChannelForm         *self);
/* Looks at everything that was filled in; what is wrong is said where it is. */
gboolean   herald_channel_form_check         (HeraldChannelForm         *self);
/* (transfer floating): a{ss} of what was changed */
GVariant  *herald_channel_form_make_settings (HeraldChannelForm         *self);
GVariant  *herald_channel_form_make_secrets  (HeraldChannelForm         *self);
/* Returns: FALSE if it is about no field */
gboolean   herald_channel_form_show_error    (HeraldChannelForm         *self,
                                              const GError              *error);

G_END_DECLS
