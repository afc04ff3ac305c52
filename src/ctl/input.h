/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"

G_BEGIN_DECLS

char     *herald_input_read         (const char         *file,
                                     gsize               max_bytes,
                                     GError            **error);
GBytes   *herald_input_read_bytes   (const char         *file,
                                     gsize               max_bytes,
                                     GError            **error);
gboolean  herald_input_add_settings (HeraldValues       *settings,
                                     char              **words,
                                     GError            **error);
gboolean  herald_input_add_secret   (HeraldValues       *secrets,
                                     const char         *field,
                                     const char         *file,
                                     GError            **error);
gboolean  herald_input_add_secrets  (HeraldValues       *secrets,
                                     char              **words,
                                     GError            **error);
char     *herald_input_ask_secret   (const char         *label,
                                     GError            **error);
gboolean  herald_input_confirm      (const char         *question);
gboolean  herald_input_agree        (const char         *question);

G_END_DECLS
