/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HeraldValues:
 *
 * Named texts: the values of an event, the settings of a printer or a channel.
 * Counted; whoever shares one no longer changes it.
 */
typedef GHashTable HeraldValues;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldValues, g_hash_table_unref)

HeraldValues *herald_values_new          (void);
HeraldValues *herald_values_copy         (HeraldValues *values);
HeraldValues *herald_values_from_variant (GVariant     *variant);
HeraldValues *herald_values_from_json    (const char   *json,
                                          gsize         length,
                                          GError      **error);

void          herald_values_set          (HeraldValues *values,
                                          const char   *name,
                                          const char   *value);
void          herald_values_set_printf   (HeraldValues *values,
                                          const char   *name,
                                          const char   *format,
                                          ...) G_GNUC_PRINTF (3, 4);
void          herald_values_merge        (HeraldValues *values,
                                          HeraldValues *changes);

const char   *herald_values_get          (HeraldValues *values,
                                          const char   *name);
gboolean      herald_values_get_boolean  (HeraldValues *values,
                                          const char   *name,
                                          gboolean      fallback);
gint64        herald_values_get_int      (HeraldValues *values,
                                          const char   *name,
                                          gint64        fallback);

GVariant     *herald_values_to_variant   (HeraldValues *values);
char         *herald_values_to_json      (HeraldValues *values);

G_END_DECLS
