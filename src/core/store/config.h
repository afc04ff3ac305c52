/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/base/values.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CONFIG (herald_config_get_type ())
G_DECLARE_FINAL_TYPE (HeraldConfig, herald_config, HERALD, CONFIG, GObject)

/**
 * HeraldConfigSection:
 *
 * All that a section shall hold.
 */
typedef struct
{
  const char *category;
  char *id;
  HeraldValues *values;
} HeraldConfigSection;

HeraldConfigSection *herald_config_section_new  (const char          *category,
                                                 const char          *id,
                                                 HeraldValues        *values);
void                 herald_config_section_free (HeraldConfigSection *self);

HeraldConfig *herald_config_new            (const char    *path,
                                            GError       **error);

const char   *herald_config_get_path       (HeraldConfig  *self);
char        **herald_config_dup_ids        (HeraldConfig  *self,
                                            const char    *category);
HeraldValues *herald_config_dup_section    (HeraldConfig  *self,
                                            const char    *category,
                                            const char    *id);
gboolean      herald_config_set_section    (HeraldConfig  *self,
                                            const char    *category,
                                            const char    *id,
                                            HeraldValues  *values,
                                            GError       **error);
gboolean      herald_config_change_section (HeraldConfig  *self,
                                            const char    *category,
                                            const char    *id,
                                            HeraldValues  *changes,
                                            GError       **error);
/* All of them, or none */
gboolean      herald_config_set_sections   (HeraldConfig  *self,
                                            GPtrArray     *sections,
                                            GError       **error);
gboolean      herald_config_remove_section (HeraldConfig  *self,
                                            const char    *category,
                                            const char    *id,
                                            GError       **error);
char         *herald_config_export         (HeraldConfig  *self);
gboolean      herald_config_import         (HeraldConfig  *self,
                                            const char    *text,
                                            GError       **error);

G_END_DECLS
