/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/base/field-group.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_SECRET_CHECK (herald_secret_check_get_type ())
G_DECLARE_FINAL_TYPE (HeraldSecretCheck, herald_secret_check, HERALD, SECRET_CHECK, GObject)

/* Has the service look at each secret that is typed or pasted, and says at its row what is wrong with it */
HeraldSecretCheck *herald_secret_check_new (HeraldServiceLink *link,
                                            const char        *type,
                                            HeraldFieldGroup  *fields);

G_END_DECLS
