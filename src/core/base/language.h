/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* At the very beginning of a program: before threads, and before the first text for people */
void        herald_language_init     (void);

/* The same, of the environment @environment (`NAME=VALUE`) and the computer's files below @root; for tests */
char      **herald_language_find     (char       **environment,
                                      const char  *root);

G_END_DECLS
