/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "core/events/event-kind.h"

G_BEGIN_DECLS

HeraldValues *herald_arguments_read_values (GVariant         *variant,
                                            GError          **error);
gboolean      herald_arguments_read_kind   (const char       *id,
                                            HeraldEventKind  *kind,
                                            GError          **error);
gboolean      herald_arguments_check_text  (const char       *text,
                                            gsize             max_bytes,
                                            GError          **error);

G_END_DECLS
