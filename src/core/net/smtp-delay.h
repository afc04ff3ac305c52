/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint herald_smtp_delay_read (const char *text);

G_END_DECLS
