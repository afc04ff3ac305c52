/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-found-printer"

#include "core/printers/found-printer.h"

G_DEFINE_BOXED_TYPE (HeraldFoundPrinter,
                     herald_found_printer,
                     herald_found_printer_ref,
                     herald_found_printer_unref)

static char *
dup_or_empty (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

/**
 * herald_found_printer_new:
 * @content: what to copy; a text that is %NULL becomes empty, except @user
 *
 * Returns: (transfer full): the server that was found
 */
HeraldFoundPrinter *
herald_found_printer_new (const HeraldFoundPrinter *content)
{
  HeraldFoundPrinter *self = g_atomic_rc_box_new0 (HeraldFoundPrinter);

  self->name = dup_or_empty (content->name);
  self->url = dup_or_empty (content->url);
  self->version = dup_or_empty (content->version);
  self->uuid = dup_or_empty (content->uuid);
  self->user = g_strdup (content->user);
  self->addresses =
    content->addresses != NULL ? g_strdupv (content->addresses) : g_new0 (char *, 1);
  self->found_by = content->found_by;

  return self;
}

HeraldFoundPrinter *
herald_found_printer_ref (HeraldFoundPrinter *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
herald_found_printer_clear (HeraldFoundPrinter *self)
{
  g_free (self->name);
  g_free (self->url);
  g_free (self->version);
  g_free (self->uuid);
  g_free (self->user);
  g_strfreev (self->addresses);
}

void
herald_found_printer_unref (HeraldFoundPrinter *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) herald_found_printer_clear);
}
