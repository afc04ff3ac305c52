/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-browser-login"

#include "core/channels/browser-login.h"

G_DEFINE_INTERFACE (HeraldBrowserLogin, herald_browser_login, HERALD_TYPE_CHANNEL)

static void
herald_browser_login_default_init (HeraldBrowserLoginInterface *iface)
{
}

void
herald_browser_login_start_async (HeraldBrowserLogin     *self,
                                  HeraldBrowserLoginFunc  on_page,
                                  gpointer                page_data,
                                  GCancellable           *cancellable,
                                  GAsyncReadyCallback     callback,
                                  gpointer                user_data)
{
  g_return_if_fail (HERALD_IS_BROWSER_LOGIN (self));

  HERALD_BROWSER_LOGIN_GET_IFACE (self)->log_in_async (self, on_page, page_data, cancellable, callback, user_data);
}

gboolean
herald_browser_login_start_finish (HeraldBrowserLogin  *self,
                                   GAsyncResult        *result,
                                   GError             **error)
{
  return HERALD_BROWSER_LOGIN_GET_IFACE (self)->log_in_finish (self, result, error);
}

gboolean
herald_browser_login_take_address (HeraldBrowserLogin  *self,
                                   const char          *address,
                                   GError             **error)
{
  return HERALD_BROWSER_LOGIN_GET_IFACE (self)->take_address (self, address, error);
}

void
herald_browser_login_forget (HeraldBrowserLogin *self)
{
  HERALD_BROWSER_LOGIN_GET_IFACE (self)->forget (self);
}
