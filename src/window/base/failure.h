/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full): one sentence for a person about why a call to the service has failed, with what to do */
char *herald_failure_dup_sentence (const GError *error);

G_END_DECLS
