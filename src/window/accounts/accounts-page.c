/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-accounts-page"

#include "window/accounts/accounts-page.h"

/**
 * HeraldAccountsPage:
 *
 * The page of the ways to reach a person, with their health.
 */
struct _HeraldAccountsPage
{
  AdwBin parent_instance;

  HeraldServiceLink *link;
};

G_DEFINE_FINAL_TYPE (HeraldAccountsPage, herald_accounts_page, ADW_TYPE_BIN)

/* GObject */

static void
herald_accounts_page_dispose (GObject *object)
{
  g_clear_object (&HERALD_ACCOUNTS_PAGE (object)->link);

  G_OBJECT_CLASS (herald_accounts_page_parent_class)->dispose (object);
}

static void
herald_accounts_page_class_init (HeraldAccountsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_accounts_page_dispose;
}

static void
herald_accounts_page_init (HeraldAccountsPage *self)
{
}

/**
 * herald_accounts_page_new:
 * @link: to the service
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
herald_accounts_page_new (HeraldServiceLink *link)
{
  HeraldAccountsPage *self = g_object_new (HERALD_TYPE_ACCOUNTS_PAGE, NULL);

  self->link = g_object_ref (link);

  return GTK_WIDGET (self);
}
