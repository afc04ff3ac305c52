/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-template-lint"

#include "core/words/template.h"

#include <glib/gi18n-lib.h>

#include "core/words/template-parser.h"

/**
 * herald_template_check:
 * @text: a template
 * @kind: what it is for
 *
 * Returns: (transfer full) (array zero-terminated=1): a sentence for each mistake, none if all is well
 */
char **
herald_template_check (const char      *text,
                       HeraldEventKind  kind)
{
  g_autoptr(GStrvBuilder) problems = g_strv_builder_new ();

  for (HeraldTemplatePart part = herald_template_part_at (text);
       part.kind != HERALD_PART_END;
       part = herald_template_part_next (&part))
    {
      g_autofree char *name = NULL;
      g_autofree char *problem = NULL;

      if (part.kind != HERALD_PART_VARIABLE)
        continue;

      name = herald_template_part_dup_name (&part);
      if (herald_event_kind_has_variable (kind, name))
        continue;

      problem = g_strdup_printf (_("{%s} is not known in messages of the kind “%s”"),
                                 name, _(herald_event_kind_get_info (kind)->name));
      g_strv_builder_add (problems, problem);
    }

  return g_strv_builder_end (problems);
}
