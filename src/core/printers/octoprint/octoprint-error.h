/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *herald_octoprint_error_dup_text (const char *foreign);

G_END_DECLS
