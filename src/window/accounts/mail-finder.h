/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/base/field-group.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_MAIL_FINDER (herald_mail_finder_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMailFinder, herald_mail_finder, HERALD, MAIL_FINDER, AdwBin)

/* Finds the mail server as soon as there is an address in the field `from`, and fills in what it finds. Signal: finished
 * (gboolean: whether the server is known; if not somebody has to name it) */
GtkWidget *herald_mail_finder_new     (HeraldServiceLink *link,
                                       HeraldFieldGroup  *fields);
gboolean   herald_mail_finder_is_busy (HeraldMailFinder  *self);

G_END_DECLS
