/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine.h"

#include "core/base/clock.h"
#include "core/net/http-client.h"
#include "core/routing/illustrator.h"
#include "core/routing/quiet-hours.h"

G_BEGIN_DECLS

struct _HeraldEngine
{
  GObject parent_instance;

  const HeraldChannelType *const *channel_types;
  HeraldClock *clock;
  HeraldConfig *config;
  HeraldSecretStore *secrets;
  HeraldHttpClient *http;
  HeraldOutbox *outbox;
  HeraldIllustrator *illustrator;
  HeraldDesk *desk;
  GListStore *printers;
  GListStore *channels;
  gboolean started;
  guint keyring_idle;
  guint tick_id;
  gint64 alive_ms;
  gint64 noted_ms;
  gint64 slept_ms;
  gint64 woken_boot_ms;
  gint64 asleep_ms;
  guint falling_asleep_id;
  guint network_id;
  gint64 network_since_ms;
  gint64 muted_until_ms;
  GHashTable *muted_prints; /* id of a printer → its print, as events call it */
  HeraldQuietHours quiet_hours;
  gint64 quiet_until_ms; /* as it was told last */
  gboolean is_importing; /* settings of another program */
};

guint    herald_engine_find_position   (GListModel     *list,
                                        const char     *id);
void     herald_engine_restart_printer (HeraldEngine   *self,
                                        HeraldPrinter  *printer);
void     herald_engine_append_printer  (HeraldEngine   *self,
                                        const char     *id,
                                        HeraldValues   *settings);
gboolean herald_engine_append_channel  (HeraldEngine   *self,
                                        const char     *id,
                                        HeraldValues   *settings,
                                        GError        **error);

/* engine-settings.c */
char    *herald_engine_make_id         (HeraldEngine   *self,
                                        const char     *name,
                                        const char     *fallback,
                                        gboolean        for_channel,
                                        GHashTable     *others);
/* What is known of a printer that nobody has named: where it is */
char    *herald_engine_dup_host        (HeraldValues   *settings);

void     herald_engine_for_all_printers (HeraldEngine  *self,
                                         void         (*do_it) (HeraldPrinter *printer));

/* engine-events.c */
gint64   herald_engine_accept          (HeraldEngine   *self,
                                        HeraldEvent    *event,
                                        const char     *printer_name,
                                        const char     *only_channels,
                                        HeraldPicture  *picture,
                                        GError        **error);

/* engine-mute.c */
void     herald_engine_load_mutes      (HeraldEngine   *self);
char    *herald_engine_dup_silence     (HeraldEngine   *self,
                                        HeraldEvent    *event);
gboolean herald_engine_goes_wrong      (HeraldEvent    *event);
void     herald_engine_note_print      (HeraldEngine   *self,
                                        HeraldEvent    *event);

/* engine-quiet.c */
void     herald_engine_load_quiet      (HeraldEngine   *self);
void     herald_engine_look_at_quiet   (HeraldEngine   *self);
char    *herald_engine_dup_quiet       (HeraldEngine   *self,
                                        HeraldEvent    *event);

/* engine-alive.c */
void     herald_engine_begin_alive     (HeraldEngine   *self);
void     herald_engine_end_alive       (HeraldEngine   *self);

/* engine-keyring.c */
void     herald_engine_watch_keyring   (HeraldEngine   *self);

G_END_DECLS
