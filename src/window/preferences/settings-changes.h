/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): what is different between two texts of ExportConfig, a line for a person each, empty if nothing is;
 * NULL if @after is no settings of OctoHerald */
GStrv herald_settings_changes_describe (const char *before,
                                        const char *after);

G_END_DECLS
