/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "ctl/command.h"

G_BEGIN_DECLS

/* Whether a channel of @type with @settings logs in to X with four codes */
gboolean herald_channel_x_has_keys      (const char    *type,
                                         HeraldValues  *settings);

/* At a terminal: explains how to come by the codes, and asks for those that @secrets lacks */
gboolean herald_channel_x_ask           (HeraldCall    *call,
                                         HeraldValues  *secrets,
                                         GError       **error);

/* In a script: says which codes the new channel @id still lacks */
void     herald_channel_x_warn_missing  (const char    *id,
                                         HeraldValues  *secrets);

/* The name of a printer has changed, with which posts begin: says how to try what that looks like */
void     herald_channel_x_suggest_test  (HeraldCall    *call,
                                         const char    *printer);

G_END_DECLS
