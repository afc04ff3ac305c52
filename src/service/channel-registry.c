/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-registry"

#include "service/channel-registry.h"

#include "core/channels/email/email-channel.h"
#include "core/channels/x/x-settings.h"
#include "service/notifications/desktop-channel.h"

const HeraldChannelType *const herald_channel_registry[] = {
  &herald_desktop_channel_type,
  &herald_email_channel_type,
  &herald_x_channel_type,
  NULL,
};
