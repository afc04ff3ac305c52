/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

/* (transfer full): what the service tells of one type of channel, a vardict; %NULL with @error */
GVariant    *herald_channel_kind_find      (HeraldCall  *call,
                                            const char  *type,
                                            GError     **error);

/* What it says under one name; empty or false if it says nothing */
const char  *herald_channel_kind_get_text  (GVariant    *kind,
                                            const char  *name);
gboolean     herald_channel_kind_is_public (GVariant    *kind);

/* (transfer container) (array zero-terminated=1): what to do before a channel is added, step by step */
const char **herald_channel_kind_get_guide (GVariant    *kind);

/* (transfer full): what people call a field */
char        *herald_channel_kind_dup_label (GVariant    *kind,
                                            const char  *field);

G_END_DECLS
