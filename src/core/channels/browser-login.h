/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"

G_BEGIN_DECLS

/* How long a person has */
#define HERALD_BROWSER_LOGIN_LIMIT_S (5 * 60)

/* Told the page on which a person allows it */
typedef void (*HeraldBrowserLoginFunc) (const char *page,
                                        gpointer    user_data);

#define HERALD_TYPE_BROWSER_LOGIN (herald_browser_login_get_type ())
G_DECLARE_INTERFACE (HeraldBrowserLogin, herald_browser_login, HERALD, BROWSER_LOGIN, HeraldChannel)

/* A channel at whose server a person signs in with a browser. One login at a time. */
struct _HeraldBrowserLoginInterface
{
  GTypeInterface parent_iface;

  /* Required */
  void     (*log_in_async)  (HeraldBrowserLogin      *self,
                             HeraldBrowserLoginFunc   on_page,
                             gpointer                 page_data,
                             GCancellable            *cancellable,
                             GAsyncReadyCallback      callback,
                             gpointer                 user_data);
  gboolean (*log_in_finish) (HeraldBrowserLogin      *self,
                             GAsyncResult            *result,
                             GError                 **error);
  gboolean (*take_address)  (HeraldBrowserLogin      *self,
                             const char              *address,
                             GError                 **error);
  void     (*forget)        (HeraldBrowserLogin      *self);
};

/* Ends within %HERALD_BROWSER_LOGIN_LIMIT_S after the page is told, when somebody has decided there */
void     herald_browser_login_start_async  (HeraldBrowserLogin      *self,
                                            HeraldBrowserLoginFunc   on_page,
                                            gpointer                 page_data,
                                            GCancellable            *cancellable,
                                            GAsyncReadyCallback      callback,
                                            gpointer                 user_data);
gboolean herald_browser_login_start_finish (HeraldBrowserLogin      *self,
                                            GAsyncResult            *result,
                                            GError                 **error);

/* @address: where a browser on another computer ended up, as a person has copied it. Returns whether it belongs to the login
 * under way, which goes on with it; if not, that one waits on. */
gboolean herald_browser_login_take_address (HeraldBrowserLogin      *self,
                                            const char              *address,
                                            GError                 **error);

/* The channel is removed: what is under way for its login stores nothing any more. */
void     herald_browser_login_forget       (HeraldBrowserLogin      *self);

G_END_DECLS
