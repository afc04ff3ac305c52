/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-from-octotext"

#include "core/import/import-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/channels/email/email-channel.h"
#include "core/channels/email/email-settings.h"
#include "core/channels/email/sms-gateway.h"
#include "core/import/plugin-settings.h"

/* OctoText 0.2.0 to 0.3.4 */

#define SOURCE "OctoText"

/* What it comes with. As login, password and telephone number they are examples and nobody's. */
#define USUAL_HOST "smtp.office365.com"
#define USUAL_PORT 587
#define USUAL_DOMAIN "outlook.com"
#define NO_USER "YourEmail"
#define NO_PASSWORD "not a valid password"
#define NO_PHONE "8675309"
#define USUAL_STEP 10

/* A shorter wait has switched the repetition off there. */
#define REPEAT_MIN_S 30
#define REPEAT_MAX_S 600

#define STEP_MAX 50

#define KIND_BIT(kind) (1u << (kind))

/* Its switches for single messages */
static const struct
{
  const char *key;
  gboolean usual;
  HeraldEventKind kind;
} switches[] = {
  { "en_upload", TRUE, HERALD_KIND_FILE_UPLOADED },
  { "en_printstart", TRUE, HERALD_KIND_PRINT_STARTED },
  { "en_printend", TRUE, HERALD_KIND_PRINT_DONE },
  { "en_printpaused", TRUE, HERALD_KIND_PRINT_PAUSED },
  { "en_printpaused", TRUE, HERALD_KIND_ATTENTION_NEEDED },
  { "en_printresumed", FALSE, HERALD_KIND_PRINT_RESUMED },
  { "en_error", TRUE, HERALD_KIND_PRINTER_ERROR },
};

/* All kinds it sent with a picture of the camera */
static const HeraldEventKind pictured[] = {
  HERALD_KIND_PRINT_STARTED, HERALD_KIND_PRINT_DONE, HERALD_KIND_PRINT_PAUSED, HERALD_KIND_PRINT_RESUMED,
  HERALD_KIND_PRINT_CANCELLED, HERALD_KIND_PRINT_FAILED, HERALD_KIND_PRINT_PROGRESS, HERALD_KIND_ATTENTION_NEEDED,
};

static void
leave_account (HeraldImportPlan *plan,
               const char       *sentence)
{
  herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("E-mail account"), "%s", sentence);
}

static gboolean
is_host (const char *text)
{
  return *text != '\0' && strpbrk (text, " /@,;<>\"") == NULL;
}

static gboolean
is_address (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at != text && at[1] != '\0' && strchr (at + 1, '@') == NULL && strpbrk (text, " ,;<>\"\\") == NULL;
}

/* (nullable): user and server are two fields there, and were joined by “@” */
static char *
dup_sender (HeraldImportPlan *plan,
            JsonObject       *settings)
{
  g_autofree char *user = herald_plugin_dup_text (settings, "username");
  g_autofree char *server = herald_plugin_dup_text (settings, "servername");
  g_autofree char *login = herald_plugin_dup_text (settings, "server_login");
  g_autofree char *address = NULL;

  /* Before 0.3 it was one. */
  if (user == NULL && login != NULL && !g_str_has_prefix (login, NO_USER "@"))
    address = g_steal_pointer (&login);
  else if (user != NULL && strchr (user, '@') != NULL)
    address = g_strdup (user);
  else if (user != NULL && !g_str_equal (user, NO_USER))
    address = g_strconcat (user, "@", server != NULL ? server : USUAL_DOMAIN, NULL);

  if (address != NULL && is_address (address))
    return g_steal_pointer (&address);

  leave_account (plan, address == NULL ? _("OctoText is not set up, or the owner of the key may not see its settings. Please "
                                           "add the account by hand.")
                                       : _("The address of the sender is not valid. Please add the account by hand."));
  return NULL;
}

/* A carrier that is known gets a telephone number; whatever else has an “@” is a mailbox. */
static gboolean
read_recipient (HeraldImportPlan *plan,
                JsonObject       *settings,
                HeraldValues     *values)
{
  g_autofree char *phone = herald_plugin_dup_text (settings, "phone_numb");
  g_autofree char *carrier = herald_plugin_dup_text (settings, "carrier_address");
  const HeraldSmsGateway *gateway = carrier != NULL ? herald_sms_gateway_find_domain (carrier) : NULL;
  g_autofree char *number = NULL;
  g_autofree char *address = NULL;

  if (phone == NULL || g_str_equal (phone, NO_PHONE) || carrier == NULL)
    {
      leave_account (plan, _("The recipient is missing. Please add the account by hand."));
      return FALSE;
    }

  number = gateway != NULL ? herald_sms_gateway_dup_number (gateway, phone, NULL) : NULL;
  if (number != NULL)
    {
      gboolean takes_pictures = g_strcmp0 (gateway->mms_domain, carrier) == 0;

      herald_values_set (values, "sms", "true");
      herald_values_set (values, "phone", phone);
      herald_values_set (values, "gateway", carrier);
      if (takes_pictures && herald_plugin_get_switch (settings, "en_webcam", TRUE))
        herald_values_set (values, "mms", "true");
      return TRUE;
    }

  address = strchr (phone, '@') != NULL ? g_strdup (phone) : g_strconcat (phone, "@", carrier, NULL);
  if (!is_address (address))
    {
      leave_account (plan, _("The address of the recipient is not valid. Please add the account by hand."));
      return FALSE;
    }

  herald_values_set (values, "to", address);
  return TRUE;
}

static void
read_copies (HeraldImportPlan *plan,
             JsonObject       *settings,
             HeraldValues     *values)
{
  g_autofree char *typed = herald_plugin_dup_text (settings, "cc_field");
  g_auto(GStrv) parts = g_strsplit_set (typed != NULL ? typed : "", ",; ", -1);
  g_autoptr(GString) list = g_string_new (NULL);

  for (char **part = parts; *part != NULL; part++)
    {
      if (**part == '\0')
        continue;
      if (is_address (*part))
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", *part);
      else
        herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Copies"),
                                 _("“%s” is not an e-mail address. Please enter the right one in the account."), *part);
    }
  if (list->len > 0)
    herald_values_set (values, "cc", list->str);
}

/* Without its own encryption OctoText insisted on STARTTLS. */
static gboolean
read_server (HeraldImportPlan *plan,
             JsonObject       *settings,
             HeraldValues     *values)
{
  g_autofree char *host = herald_plugin_dup_text (settings, "smtp_name");
  gint64 port = herald_plugin_get_whole (settings, "smtp_port", USUAL_PORT);
  gboolean is_tls = herald_plugin_get_switch (settings, "use_ssl", FALSE);

  if (host != NULL && !is_host (host))
    {
      leave_account (plan, _("The name of the mail server is not valid. Please add the account by hand."));
      return FALSE;
    }
  if (port < 1 || port > 65535)
    {
      leave_account (plan, _("The port of the mail server is not valid. Please add the account by hand."));
      return FALSE;
    }

  herald_values_set (values, "host", host != NULL ? host : USUAL_HOST);
  herald_values_set_printf (values, "port", "%d", (int) port);
  herald_values_set (values, "security", is_tls ? "tls" : "starttls");
  return TRUE;
}

/* An empty password meant that nobody logs in; one that is not there is not known. */
static void
read_login (HeraldImportPlan    *plan,
            HeraldImportChannel *channel,
            JsonObject          *settings,
            const char          *sender)
{
  g_autofree char *user = herald_plugin_dup_text (settings, "username");
  g_autofree char *password = herald_plugin_dup_secret (settings, "server_pass");
  JsonNode *node = json_object_get_member (settings, "server_pass");
  gboolean is_empty = node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
                      *json_node_get_string (node) == '\0';
  gboolean is_short = user != NULL && herald_plugin_get_switch (settings, "validate_username", FALSE);

  if (is_empty)
    {
      herald_values_set (channel->settings, "auth", "none");
      return;
    }

  herald_values_set (channel->settings, "user", is_short ? user : sender);
  if (password != NULL && !g_str_equal (password, NO_PASSWORD))
    herald_import_channel_add_secret (channel, HERALD_EMAIL_PASSWORD_FIELD, password);
  else
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Password"),
                             _("The password is missing, or the owner of the key may not see it. Please enter it in the "
                               "account."));
}

static HeraldImportChannel *
read_account (HeraldImportPlan *plan,
              JsonObject       *settings)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autofree char *sender = dup_sender (plan, settings);
  g_autofree char *other_sender = herald_plugin_dup_text (settings, "from_address");
  HeraldImportChannel *channel;

  if (sender == NULL || !read_server (plan, settings, values) || !read_recipient (plan, settings, values))
    return NULL;

  read_copies (plan, settings, values);
  channel = herald_import_plan_add_channel (plan, herald_email_channel_type.id, SOURCE);
  herald_values_merge (channel->settings, values);
  herald_values_set (channel->settings, "name",
                     herald_values_get (values, "sms") != NULL ? _("SMS (OctoText)") : _("E-mail (OctoText)"));
  herald_values_set (channel->settings, "from",
                     other_sender != NULL && is_address (other_sender) ? other_sender : sender);
  read_login (plan, channel, settings, sender);

  return channel;
}

static void
hear (HeraldImportChannel *channel,
      HeraldEventKind      kind,
      gboolean             told)
{
  channel->asked |= KIND_BIT (kind);
  if (told)
    channel->told |= KIND_BIT (kind);
}

/* One switch and a choice of either: with “Fail” a print that was cancelled was told as one that failed. */
static void
read_ends (HeraldImportPlan    *plan,
           HeraldImportChannel *channel,
           JsonObject          *settings)
{
  const char *subject = _("Print failed, print cancelled");
  gboolean shown = herald_plugin_get_switch (settings, "show_fail_cancel", FALSE);
  g_autofree char *choice = herald_plugin_dup_text (settings, "en_printfail");
  gboolean is_cancel = shown && g_strcmp0 (choice, "Cancel") == 0;
  gboolean is_fail = shown && g_strcmp0 (choice, "Fail") == 0;

  hear (channel, HERALD_KIND_PRINT_CANCELLED, TRUE);
  hear (channel, HERALD_KIND_PRINT_FAILED, !is_cancel);
  if (is_cancel)
    herald_import_plan_tell (plan, HERALD_IMPORT_CHANGED, subject,
                             _("As in OctoText, you hear of cancelled prints, but not of failed ones. You can switch on both "
                               "on the page “Messages”."));
  else if (is_fail)
    herald_import_plan_tell (plan, HERALD_IMPORT_CHANGED, subject,
                             _("OctoText tells both as a failure. OctoHerald tells each as what it is."));
  else if (!shown)
    herald_import_plan_tell (plan, HERALD_IMPORT_CHANGED, subject,
                             _("OctoText tells neither from the start. OctoHerald tells both; you can switch each off on the "
                               "page “Messages”."));
}

static void
set_whole (HeraldImportPlan *plan,
           HeraldEventKind   kind,
           const char       *name,
           gint64            value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  herald_import_plan_set_message (plan, kind, name, text);
}

/* The time came before the percents where both were on. */
static void
read_progress (HeraldImportPlan    *plan,
               HeraldImportChannel *channel,
               JsonObject          *settings)
{
  gboolean by_time = herald_plugin_get_switch (settings, "en_progress_time", FALSE);
  gboolean by_percent = herald_plugin_get_switch (settings, "en_progress", FALSE);
  gint64 step = CLAMP (herald_plugin_get_whole (settings, "progress_interval", USUAL_STEP), 0, STEP_MAX);

  hear (channel, HERALD_KIND_PRINT_PROGRESS, by_time || by_percent);
  if (by_time)
    {
      set_whole (plan, HERALD_KIND_PRINT_PROGRESS, "estimate-step", step);
      set_whole (plan, HERALD_KIND_PRINT_PROGRESS, "step", 0);
    }
  else if (by_percent && step != USUAL_STEP)
    set_whole (plan, HERALD_KIND_PRINT_PROGRESS, "step", step);
}

static void
read_rest (HeraldImportPlan *plan,
           JsonObject       *settings)
{
  gint64 repeat = herald_plugin_get_whole (settings, "mmu_timeout", 0);
  g_autofree char *words = herald_plugin_dup_text (settings, "smtp_message");

  if (repeat >= REPEAT_MIN_S)
    set_whole (plan, HERALD_KIND_ATTENTION_NEEDED, "repeat-lock", MIN (repeat, REPEAT_MAX_S));
  for (guint i = 0; !herald_plugin_get_switch (settings, "en_webcam", TRUE) && i < G_N_ELEMENTS (pictured); i++)
    herald_import_plan_set_message (plan, pictured[i], "picture", "none");
  if (words != NULL)
    herald_import_plan_tell (plan, HERALD_IMPORT_LEFT, _("Test message"), _("OctoHerald has words of its own for it."));
}

/**
 * herald_from_octotext_read:
 * @settings: what OctoPrint keeps of OctoText
 *
 * An account for mail or SMS that hears what OctoText sent.
 */
void
herald_from_octotext_read (HeraldImportPlan *plan,
                           JsonObject       *settings)
{
  HeraldImportChannel *channel = read_account (plan, settings);

  if (channel != NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
        hear (channel, switches[i].kind, herald_plugin_get_switch (settings, switches[i].key, switches[i].usual));
      read_ends (plan, channel, settings);
      read_progress (plan, channel, settings);
    }
  read_rest (plan, settings);
}
