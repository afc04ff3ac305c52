/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): 43 letters, digits, hyphens and underscores that nobody can guess: a code verifier (RFC 7636 section
 * 4.1), or a state (RFC 6749 section 10.12) */
char *herald_pkce_make_secret    (void);

/* (transfer full): the code challenge “S256” of @verifier (RFC 7636 section 4.2) */
char *herald_pkce_make_challenge (const char *verifier);

G_END_DECLS
