/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mail-setup-object"

#include "service/bus/mail-setup-object.h"

#include "core/engine-mail-setup.h"
#include "service/bus/arguments.h"
#include "service/bus/names.h"
#include "service/bus/service-object.h"

/* Longer than any e-mail address */
#define ADDRESS_MAX_BYTES 1024

static void
insert (GVariantDict *row,
        const char   *key,
        const char   *value)
{
  g_variant_dict_insert (row, key, "s", value != NULL ? value : "");
}

static GVariant *
make_row (const HeraldMailSetup *setup)
{
  static const char *const passwords[] = {
    [HERALD_MAIL_PASSWORD_UNKNOWN] = "",
    [HERALD_MAIL_PASSWORD_USUAL] = "usual",
    [HERALD_MAIL_PASSWORD_APP] = "app",
    [HERALD_MAIL_PASSWORD_BRIDGE] = "bridge",
    [HERALD_MAIL_PASSWORD_NONE] = "none",
  };
  const HeraldMailProvider *provider = setup->provider;
  g_autofree char *hint = provider != NULL ? herald_mail_provider_dup_hint (provider) : NULL;
  GVariantDict row;

  g_variant_dict_init (&row, NULL);
  insert (&row, "host", setup->host);
  g_variant_dict_insert (&row, "port", "u", (guint) setup->port);
  insert (&row, "security", setup->security == HERALD_SMTP_TLS ? "tls" : "starttls");
  insert (&row, "user", setup->user);
  insert (&row, "password", passwords[setup->password]);
  insert (&row, "password_page", provider != NULL ? provider->password_page : NULL);
  insert (&row, "provider", provider != NULL ? provider->id : NULL);
  insert (&row, "name", setup->name);
  insert (&row, "hint", hint);
  insert (&row, "page", setup->page);
  insert (&row, "source", setup->source);
  g_variant_dict_insert (&row, "proven", "b", setup->proven);

  return g_variant_dict_end (&row);
}

static void
on_find_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldMailSetup) setup = herald_engine_find_mail_server_finish (HERALD_ENGINE (source), result, &error);

  if (setup == NULL)
    herald_names_return_error (invocation, error);
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@a{sv})", make_row (setup)));
}

static gboolean
on_handle_find_mail_server (HeraldDBusService1    *object,
                            GDBusMethodInvocation *invocation,
                            const char            *address)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  g_autoptr(GError) error = NULL;

  if (herald_arguments_check_text (address, ADDRESS_MAX_BYTES, &error))
    herald_engine_find_mail_server_async (herald_service_object_get_engine (self), address,
                                          herald_service_object_get_cancellable (self), on_find_ready, invocation);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_mail_setup_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_mail_setup_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_find_mail_server = on_handle_find_mail_server;
}
