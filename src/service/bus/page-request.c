/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-page-request"

#include "service/bus/page-request.h"

#include "core/base/error.h"
#include "service/bus/names.h"

HeraldPageRequest *
herald_page_request_new (gpointer               owner,
                         GDBusMethodInvocation *taken_invocation)
{
  HeraldPageRequest *self = g_new0 (HeraldPageRequest, 1);

  self->owner = owner;
  self->cancellable = g_cancellable_new ();
  self->invocations = g_ptr_array_new ();
  g_ptr_array_add (self->invocations, taken_invocation);

  return self;
}

void
herald_page_request_free (HeraldPageRequest *self)
{
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->invocations, g_ptr_array_unref);
  g_clear_pointer (&self->page, g_free);
  g_free (self);
}

static void
answer_waiting (HeraldPageRequest *self)
{
  for (guint i = 0; i < self->invocations->len; i++)
    g_dbus_method_invocation_return_value (self->invocations->pdata[i], g_variant_new ("(s)", self->page));
  g_ptr_array_set_size (self->invocations, 0);
}

void
herald_page_request_join (HeraldPageRequest     *self,
                          GDBusMethodInvocation *taken_invocation)
{
  g_ptr_array_add (self->invocations, taken_invocation);
  if (self->page != NULL)
    answer_waiting (self);
}

void
herald_page_request_answer_page (HeraldPageRequest *self,
                                 const char        *page)
{
  char *known = g_strdup (page);

  g_free (self->page);
  self->page = known;
  answer_waiting (self);
}

void
herald_page_request_answer_error (HeraldPageRequest *self,
                                  const GError      *error)
{
  for (guint i = 0; i < self->invocations->len; i++)
    herald_names_return_error (self->invocations->pdata[i], error);
  g_ptr_array_set_size (self->invocations, 0);
}

void
herald_page_request_withdraw (HeraldPageRequest *self,
                              const char        *sentence)
{
  g_autoptr(GCancellable) cancellable = g_object_ref (self->cancellable);
  g_autoptr(GError) error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_REJECTED, sentence);

  self->owner = NULL;
  herald_page_request_answer_error (self, error);

  /* The answer to this may come at once, and take the request with it */
  g_cancellable_cancel (cancellable);
}
