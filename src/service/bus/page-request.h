/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HeraldPageRequest:
 * @owner: (nullable): who shows on the bus how it goes; %NULL once it was withdrawn
 * @cancellable: ends what asks for the page
 * @invocations: (element-type GDBusMethodInvocation): those who wait for the page
 * @page: (nullable): %NULL until it is known
 *
 * Something that a person is to allow on a page. It lives until whoever was asked has answered, also when nobody waits
 * for that any more; who calls meanwhile gets the same page.
 */
typedef struct
{
  gpointer owner;
  GCancellable *cancellable;
  GPtrArray *invocations;
  char *page;
} HeraldPageRequest;

HeraldPageRequest *herald_page_request_new          (gpointer               owner,
                                                     GDBusMethodInvocation *taken_invocation);
void               herald_page_request_free         (HeraldPageRequest     *self);

/* Another call while it is open */
void               herald_page_request_join         (HeraldPageRequest     *self,
                                                     GDBusMethodInvocation *taken_invocation);
void               herald_page_request_answer_page  (HeraldPageRequest     *self,
                                                     const char            *page);
void               herald_page_request_answer_error (HeraldPageRequest     *self,
                                                     const GError          *error);

/* Answers all with HERALD_ERROR_REJECTED and @sentence. What is asked may end at once, and free @self. */
void               herald_page_request_withdraw     (HeraldPageRequest     *self,
                                                     const char            *sentence);

G_END_DECLS
