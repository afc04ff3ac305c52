/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-find"

#include "ctl/channel-find.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "ctl/channel-commands.h"
#include "ctl/failure.h"
#include "ctl/input.h"
#include "ctl/output.h"

/* The service takes ten seconds at most. */
#define LIMIT_MS (20 * 1000)

static const char *
get_text (GVariant   *setup,
          const char *key)
{
  const char *text = "";

  g_variant_lookup (setup, key, "&s", &text);

  return text;
}

static guint
get_port (GVariant *setup)
{
  guint port = 0;

  g_variant_lookup (setup, "port", "u", &port);

  return port;
}

static gboolean
takes_no_password (GVariant *setup)
{
  return g_str_equal (get_text (setup, "password"), "none");
}

static gboolean
is_proven (GVariant *setup)
{
  gboolean proven = FALSE;

  g_variant_lookup (setup, "proven", "b", &proven);

  return proven;
}

/* Returns: (transfer full) (nullable): what the service found out, or %NULL with @error */
static GVariant *
find (HeraldCall  *call,
      const char  *address,
      GError     **error)
{
  GVariant *setup = NULL;
  GError *cause = NULL;

  if (!herald_call_connect (call, error))
    return NULL;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (call->client->service), LIMIT_MS);
  if (!herald_dbus_service1_call_find_mail_server_sync (call->client->service, address, &setup, NULL, &cause))
    herald_failure_take_dbus_error (error, cause);

  return setup;
}

static const char *
describe_encryption (GVariant *setup)
{
  return g_str_equal (get_text (setup, "security"), "tls") ? _("tls (from the first byte)")
                                                           : _("starttls (agreed on before anything is said)");
}

static const char *
describe_password (GVariant *setup)
{
  const char *password = get_text (setup, "password");

  if (g_str_equal (password, "usual"))
    return _("that of the mailbox");
  if (g_str_equal (password, "app"))
    return _("an app password");
  if (g_str_equal (password, "bridge"))
    return _("the one that the provider’s program on this computer shows");
  if (g_str_equal (password, "none"))
    return _("none: programs cannot log in with a password");

  return *get_text (setup, "user") != '\0' ? _("the provider will tell") : _("none is needed");
}

static char *
format_line (const char *label,
             const char *value)
{
  return g_strdup_printf ("  %s: %s\n", label, value);
}

/* Returns: (transfer full): for a person; one fact a line */
static char *
format_setup (GVariant *setup)
{
  g_autofree char *server = g_strdup_printf ("%s:%u", get_text (setup, "host"), get_port (setup));
  const char *user = get_text (setup, "user");
  g_autofree char *source = g_strdup_printf ("%s%s(%s)", get_text (setup, "name"),
                                             *get_text (setup, "name") != '\0' ? " " : "", get_text (setup, "source"));
  const struct
  {
    const char *label;
    const char *value;
  } facts[] = {
    { _("Provider"), source },
    { _("Outgoing server"), server },
    { _("Encryption"), describe_encryption (setup) },
    { _("User name"), *user != '\0' ? user : _("none, it wants no login") },
    { _("Password"), describe_password (setup) },
    { _("Good to know"), get_text (setup, "hint") },
    { _("Its help"), get_text (setup, "page") },
    { _("Careful"), is_proven (setup) ? "" : _("only a name server says so, whose word can be forged. Use it if you know "
                                               "that this is the server of your provider") },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *line = format_line (facts[i].label, facts[i].value);

      if (*facts[i].value != '\0')
        g_string_append (text, line);
    }

  return g_string_free (text, FALSE);
}

static void
print_json (GVariant *setup)
{
  static const char *const keys[] = { "host",     "security",      "user", "password", "password_page",
                                      "provider", "name",          "hint", "page",     "source" };
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  herald_output_add_seconds (builder, "port", get_port (setup));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    herald_output_add_text (builder, keys[i], get_text (setup, keys[i]));
  json_builder_set_member_name (builder, "proven");
  json_builder_add_boolean_value (builder, is_proven (setup));
  json_builder_end_object (builder);
  herald_output_print_json (builder, TRUE);
}

/* Such an address may have what a shell would read for itself. */
static char *
format_setting (const char *name,
                const char *value)
{
  g_autofree char *setting = g_strconcat (name, "=", value, NULL);

  return g_regex_match_simple ("^[A-Za-z0-9@%+=:,./_-]*$", setting, 0, 0) ? g_steal_pointer (&setting)
                                                                        : g_shell_quote (setting);
}

static void
print_command (GVariant   *setup,
               const char *address)
{
  g_autofree char *host = format_setting ("host", get_text (setup, "host"));
  g_autofree char *user = format_setting ("user", get_text (setup, "user"));
  g_autofree char *from = format_setting ("from", address);
  g_autofree char *to = format_setting ("to", address);
  gboolean wants_login = *get_text (setup, "user") != '\0';

  g_print ("\n%s\n  octoheraldctl channel add email --name Mail %s port=%u security=%s %s%s%s %s%s\n",
           _("Use it with:"), host, get_port (setup), get_text (setup, "security"), wants_login ? user : "",
           wants_login ? " " : "", from, to, wants_login ? " --secret password=-" : "");
}

static void
print_account_command (const char *address)
{
  g_autofree char *account = format_setting ("account", address);

  g_print ("\n%s\n  octoheraldctl channel add email --name Mail %s\n",
           _("Your desktop has an account with this address. Use it with:"), account);
}

/* Whether the desktop has an account with this address that can send now */
static gboolean
desktop_has (HeraldCall *call,
             const char *address)
{
  g_autoptr(GVariant) accounts = NULL;

  /* Without the desktop's accounts there is none of them */
  if (!herald_dbus_service1_call_list_online_accounts_sync (call->client->service, &accounts, NULL, NULL))
    return FALSE;

  for (gsize i = 0; i < g_variant_n_children (accounts); i++)
    {
      g_autoptr(GVariant) account = g_variant_get_child_value (accounts, i);

      if (*get_text (account, "problem") == '\0' && g_ascii_strcasecmp (get_text (account, "address"), address) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * herald_channel_run_find:
 *
 * Prints how mail of an address is sent.
 */
gboolean
herald_channel_run_find (HeraldCall  *call,
                         GError     **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { HERALD_CHANNEL_JSON_ENTRY (json), { NULL } };
  g_autoptr(GVariant) setup = NULL;
  g_autofree char *text = NULL;

  if (!herald_call_parse (call, entries, 1, 1, error))
    return FALSE;

  setup = find (call, call->words[0], error);
  if (setup == NULL)
    return FALSE;

  if (json)
    {
      print_json (setup);
      return TRUE;
    }

  text = format_setup (setup);
  g_print ("%s", text);
  if (!takes_no_password (setup))
    print_command (setup, call->words[0]);
  else if (desktop_has (call, call->words[0]))
    print_account_command (call->words[0]);

  return TRUE;
}

static gboolean
has (HeraldValues *settings,
     const char   *name)
{
  const char *value = herald_values_get (settings, name);

  return value != NULL && *value != '\0';
}

/* What was typed stays. */
static void
add (HeraldValues *settings,
     const char   *name,
     const char   *value)
{
  if (herald_values_get (settings, name) == NULL && *value != '\0')
    herald_values_set (settings, name, value);
}

/* Who says nothing about recipients wants to hear of it himself; to a phone nobody knows the way. */
static void
add_recipient (HeraldValues *settings)
{
  const char *self = herald_values_get (settings, has (settings, "from") ? "from" : "account");

  if (!has (settings, "phone") && g_strcmp0 (herald_values_get (settings, "sms"), "true") != 0 && self != NULL &&
      strchr (self, '@') != NULL)
    add (settings, "to", self);
}

static void
add_all (HeraldValues *settings,
         GVariant     *setup)
{
  g_autofree char *port = g_strdup_printf ("%u", get_port (setup));

  add (settings, "host", get_text (setup, "host"));
  add (settings, "port", port);
  add (settings, "security", get_text (setup, "security"));
  add (settings, "user", get_text (setup, "user"));
}

/* Without a password only the desktop can log in. */
static gboolean
complete_by_account (HeraldCall    *call,
                     HeraldValues  *settings,
                     GVariant      *setup,
                     GError       **error)
{
  const char *from = herald_values_get (settings, "from");

  if (!desktop_has (call, from))
    return herald_failure_set_refused (error, *get_text (setup, "hint") != '\0'
                                                ? get_text (setup, "hint")
                                                : _("This provider takes no password from programs. Add the account to "
                                                    "the settings of your desktop (GNOME Online Accounts), or send by "
                                                    "another provider"));

  /* Translators: an e-mail address */
  g_printerr (_("Mail of %s is sent by the account of your desktop."), from);
  g_printerr ("\n");
  if (isatty (STDIN_FILENO) && !herald_input_agree (_("Use this?")))
    return herald_failure_set_refused (error, _("Nothing was added"));

  add (settings, "account", from);

  return TRUE;
}

static gboolean
complete (HeraldCall    *call,
          HeraldValues  *settings,
          GError       **error)
{
  const char *from = herald_values_get (settings, "from");
  g_autoptr(GVariant) setup = find (call, from, error);
  g_autofree char *text = NULL;

  if (setup == NULL)
    return FALSE;

  if (takes_no_password (setup))
    return complete_by_account (call, settings, setup, error);

  text = format_setup (setup);
  /* Translators: an e-mail address */
  g_printerr (_("Mail of %s is sent like this:"), from);
  g_printerr ("\n%s", text);
  if (!isatty (STDIN_FILENO) && !is_proven (setup))
    return herald_failure_set_refused (error, _("Nothing was added: only a name server says so, whose word can be "
                                                "forged. If it is right, set it yourself, as host=NAME"));
  if (isatty (STDIN_FILENO) && !herald_input_agree (_("Use this?")))
    return herald_failure_set_refused (error, _("Nothing was added. Set the server yourself, as host=NAME"));

  add_all (settings, setup);

  return TRUE;
}

gboolean
herald_channel_find_complete (HeraldCall    *call,
                              const char    *type,
                              HeraldValues  *settings,
                              GError       **error)
{
  gboolean is_wanted = !has (settings, "host") && !has (settings, "account") && has (settings, "from");

  if (!g_str_equal (type, "email"))
    return TRUE;
  if (!has (settings, "host") && !has (settings, "account") && !has (settings, "from"))
    return herald_failure_set_refused (error, _("Say whose mail it is, as from=NAME@EXAMPLE.ORG, and the server is found "
                                                "out. Or name an account of your desktop, as account=NAME@EXAMPLE.ORG, or "
                                                "a server, as host=NAME"));
  if (is_wanted && !complete (call, settings, error))
    return FALSE;

  add_recipient (settings);

  return TRUE;
}
