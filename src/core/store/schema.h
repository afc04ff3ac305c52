/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Step n leads from version n to n + 1; a step that was released is never changed. */
extern const char *const herald_schema_steps[];
extern const guint herald_schema_n_steps;

G_END_DECLS
