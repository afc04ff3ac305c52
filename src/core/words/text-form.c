/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-text-form"

#include "core/words/text-form.h"

#include <glib/gi18n-lib.h>

/* Prices are X's of August 2026. A mail that becomes an SMS has room for 160 septets with what
 * the gateway puts before it; 120 are left. */
static const HeraldTextForm forms[] = {
  { "desktop", "desktop", N_("Desktop notification"), HERALD_REACH_DESKTOP, HERALD_UNIT_CHARACTERS, 200, 1000, NULL, "…",
    TRUE, 0, 0 },
  { "email", "email", N_("E-mail"), HERALD_REACH_MAIL, HERALD_UNIT_CHARACTERS, 200, 4000, NULL, "…", TRUE, 0, 0 },
  { "sms", "sms", N_("SMS"), HERALD_REACH_MAIL, HERALD_UNIT_SMS, 0, 120, N_("{printer}: "), "...", FALSE, 0, 0 },
  { "x", "x", N_("X (Twitter)"), HERALD_REACH_PUBLIC, HERALD_UNIT_WEIGHTED, 0, 280, N_("{printer} : "), "…", TRUE, 0.015,
    0.2 },
  { "x-long", "x", N_("X Premium"), HERALD_REACH_PUBLIC, HERALD_UNIT_WEIGHTED, 0, 25000, N_("{printer} : "), "…", TRUE,
    0.015, 0.2 },
};

/**
 * herald_text_form_get_all:
 * @n_forms: (out): how many there are
 *
 * Returns: (array length=n_forms) (transfer none): all there are
 */
const HeraldTextForm *
herald_text_form_get_all (guint *n_forms)
{
  *n_forms = G_N_ELEMENTS (forms);

  return forms;
}

const HeraldTextForm *
herald_text_form_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (g_strcmp0 (forms[i].id, id) == 0)
        return &forms[i];
    }

  return NULL;
}
