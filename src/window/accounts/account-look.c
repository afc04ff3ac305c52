/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-account-look"

#include "window/accounts/account-look.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "window/base/human.h"

static const HeraldHealthLook looks[] = {
  /* Translators: these five say how an account is, or a way to reach somebody */
  { "ok", NC_ ("account", "Ready"), "object-select-symbolic", "success" },
  { "waiting", NC_ ("account", "Waiting"), "content-loading-symbolic", "warning" },
  { "held", NC_ ("account", "Needs you"), "dialog-warning-symbolic", "error" },
  { "disabled", NC_ ("account", "Switched off"), "action-unavailable-symbolic", "dim-label" },
  { NULL, NC_ ("account", "Unknown"), "dialog-question-symbolic", "dim-label" },
};

static const struct
{
  const char *type;
  const char *icon_name;
} icons[] = {
  { "desktop", "preferences-system-notifications-symbolic" },
  { "email", "mail-unread-symbolic" },
  { "x", "send-to-symbolic" },
};

const HeraldHealthLook *
herald_account_look_of_health (const char *health)
{
  guint i = 0;

  while (looks[i].health != NULL && g_strcmp0 (looks[i].health, health) != 0)
    i++;

  return &looks[i];
}

const char *
herald_account_look_get_icon_name (const char *type,
                                   gboolean    is_phone)
{
  if (is_phone)
    return "phone-symbolic";

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      if (g_strcmp0 (icons[i].type, type) == 0)
        return icons[i].icon_name;
    }

  return "mail-send-symbolic";
}

gboolean
herald_account_look_is_phone (HeraldDBusChannel1 *channel)
{
  GVariant *settings = herald_dbus_channel1_get_settings (channel);
  const char *sms = "";

  return settings != NULL && g_variant_lookup (settings, "sms", "&s", &sms) && g_str_equal (sms, "true");
}

char *
herald_account_look_dup_state (HeraldDBusChannel1 *channel,
                               GDateTime          *now)
{
  const HeraldHealthLook *look = herald_account_look_of_health (herald_dbus_channel1_get_health (channel));
  const char *words = g_dpgettext2 (GETTEXT_PACKAGE, "account", look->words);
  const char *reason = herald_dbus_channel1_get_error (channel);
  g_autofree char *sentence = herald_text_end_sentence (reason != NULL ? reason : "");
  g_autofree char *next = herald_human_format_moment (herald_dbus_channel1_get_next_try (channel), now);

  if (reason == NULL || *reason == '\0' || g_strcmp0 (look->health, "disabled") == 0)
    return g_strdup (words);
  if (*next == '\0')
    /* Translators: “Needs you”, then a sentence that says why */
    return g_strdup_printf (_("%s: %s"), words, reason);

  /* Translators: “Waiting”, a sentence that says why, a time of day */
  return g_strdup_printf (_("%s: %s It is tried again at %s."), words, sentence, next);
}
