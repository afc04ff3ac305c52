/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-tray-test"

#include "service/tray/tray-test.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "core/outbox/delivery.h"
#include "service/bus/channel-test.h"
#include "service/notifications/plain-notice.h"

#define NAME_MAX_CHARS 40

/* One test that is under way */
typedef struct
{
  char *name;
  gboolean is_seen; /* its message is itself a notification on this desktop */
} Trial;

static void
trial_free (Trial *trial)
{
  g_free (trial->name);
  g_free (trial);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trial, trial_free)

static void
tell (const char  *title,
      const Trial *trial,
      const char  *text)
{
  g_auto(GStrv) parts = g_strsplit (title, "%s", 2);
  g_autofree char *full = g_strjoinv (trial->name, parts);

  herald_plain_notice_tell (full, text);
}

static gboolean
has_arrived (const char *state)
{
  return g_str_equal (state, herald_delivery_state_to_id (HERALD_DELIVERY_DELIVERED)) ||
         g_str_equal (state, herald_delivery_state_to_id (HERALD_DELIVERY_PROBABLE));
}

static void
tell_report (const Trial *trial,
             GVariant    *report)
{
  const char *state = "";
  const char *reason = "";
  const char *advice = "";
  const char *note = "";
  g_autofree char *text = NULL;

  g_variant_lookup (report, "state", "&s", &state);
  g_variant_lookup (report, "reason", "&s", &reason);
  g_variant_lookup (report, "advice", "&s", &advice);
  g_variant_lookup (report, "note", "&s", &note);

  if (has_arrived (state) && trial->is_seen)
    return;
  if (has_arrived (state))
    {
      /* Translators: name of a channel, e.g. an e-mail account */
      tell (_("The test through “%s” was sent"), trial, *note != '\0' ? note : _("Look whether it has arrived."));
      return;
    }

  text = *advice != '\0' ? g_strdup_printf ("%s\n%s", reason, advice) : g_strdup (reason);
  tell (_("The test through “%s” did not get through"), trial, text);
}

static void
on_test_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Trial) trial = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) report = herald_channel_test_finish (HERALD_ENGINE (source), result, &error);

  if (report != NULL)
    tell_report (trial, g_variant_ref_sink (report));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (_("The test through “%s” did not get through"), trial, error->message);
}

static void
begin (HeraldEngine  *engine,
       HeraldChannel *channel,
       GCancellable  *cancellable)
{
  Trial *trial = g_new0 (Trial, 1);

  trial->name = herald_text_clean (herald_channel_get_name (channel), NAME_MAX_CHARS);
  trial->is_seen = g_str_equal (herald_channel_get_channel_type (channel)->id, "desktop");
  herald_channel_test_async (engine, channel, NULL, cancellable, on_test_ready, trial);
}

/* The menu of a panel may be older than the switch. */
static void
refuse (HeraldChannel *channel)
{
  Trial trial = { herald_text_clean (herald_channel_get_name (channel), NAME_MAX_CHARS), FALSE };

  tell (_("The test through “%s” did not get through"), &trial,
        _("This channel is switched off in OctoHerald. Switch it on, then try again."));
  g_free (trial.name);
}

void
herald_tray_test_send (HeraldEngine *engine,
                       const char   *id,
                       GCancellable *cancellable)
{
  HeraldChannel *channel = herald_engine_find_channel (engine, id);

  if (channel == NULL)
    herald_plain_notice_tell (_("This channel is not there any more"),
                              _("Somebody has removed it from OctoHerald, so nothing was sent."));
  else if (!herald_channel_get_enabled (channel))
    refuse (channel);
  else
    begin (engine, channel, cancellable);
}

void
herald_tray_test_send_all (HeraldEngine *engine,
                           GCancellable *cancellable)
{
  GListModel *channels = herald_engine_get_channels (engine);
  guint n_begun = 0;

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);

      if (!herald_channel_get_enabled (channel))
        continue;

      begin (engine, channel, cancellable);
      n_begun++;
    }

  if (n_begun == 0)
    herald_plain_notice_tell (_("No test message was sent"),
                              _("All channels are switched off in OctoHerald. Switch one on, then try again."));
}
