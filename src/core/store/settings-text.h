/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "core/base/values.h"

G_BEGIN_DECLS

/* A hundred printers with every message changed come to less than a tenth of this. */
#define HERALD_SETTINGS_MAX_BYTES (1024 * 1024)

#define HERALD_SETTINGS_GENERAL "octoherald"
#define HERALD_SETTINGS_VERSION 1
#define HERALD_SETTINGS_VERSION_KEY "version"

/* Only a person with an editor sets these: whoever can, runs programs. */
#define HERALD_SETTINGS_SCRIPTS_KEY "allow-scripts"
#define HERALD_SETTINGS_SCRIPT_BEFORE_KEY "script-before"
#define HERALD_SETTINGS_SCRIPT_AFTER_KEY "script-after"
#define HERALD_SETTINGS_SCRIPT_SECONDS_KEY "script-seconds"

gboolean      herald_settings_check_size   (gsize          length,
                                            GError       **error);
GKeyFile     *herald_settings_parse        (const char    *text,
                                            gsize          length,
                                            GError       **error);
HeraldValues *herald_settings_read_group   (GKeyFile      *file,
                                            const char    *group);
gboolean      herald_settings_write_group  (GKeyFile      *file,
                                            const char    *group,
                                            HeraldValues  *values,
                                            GError       **error);
void          herald_settings_disarm       (GKeyFile      *file);
gboolean      herald_settings_keep_scripts (GKeyFile      *file,
                                            GKeyFile      *old_file);
gboolean      herald_settings_group_equals (GKeyFile      *one,
                                            GKeyFile      *other,
                                            const char    *group);

G_END_DECLS
