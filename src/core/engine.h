/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/channels/channel.h"
#include "core/outbox/outbox.h"
#include "core/pictures/picture.h"
#include "core/printers/printer.h"
#include "core/routing/desk.h"
#include "core/routing/message-settings.h"
#include "core/store/config.h"
#include "core/store/secret-store.h"

G_BEGIN_DECLS

#define HERALD_TYPE_ENGINE (herald_engine_get_type ())
G_DECLARE_FINAL_TYPE (HeraldEngine, herald_engine, HERALD, ENGINE, GObject)

/* @channel_types: (array zero-terminated=1) (transfer none): static */
HeraldEngine                   *herald_engine_new               (const char                      *config_dir,
                                                                 const char                      *data_dir,
                                                                 const HeraldChannelType *const  *channel_types,
                                                                 GError                         **error);
void                            herald_engine_start             (HeraldEngine                    *self);
void                            herald_engine_stop              (HeraldEngine                    *self);

/* For who is told of sleeping by the system. Signal of the engine: stays-awake: a minute later nobody has told of its end. */
void                            herald_engine_prepare_for_sleep (HeraldEngine                    *self);
gint64                          herald_engine_get_last_sleep    (HeraldEngine                    *self,
                                                                 gint64                          *woken_boot_ms);
gboolean                        herald_engine_is_sending        (HeraldEngine                    *self);
void                            herald_engine_wake              (HeraldEngine                    *self);

/* Lists of HeraldPrinter and HeraldChannel */
GListModel                     *herald_engine_get_printers      (HeraldEngine                    *self);
GListModel                     *herald_engine_get_channels      (HeraldEngine                    *self);
const HeraldChannelType *const *herald_engine_get_channel_types (HeraldEngine                    *self);
HeraldConfig                   *herald_engine_get_config        (HeraldEngine                    *self);
HeraldSecretStore              *herald_engine_get_secret_store  (HeraldEngine                    *self);
HeraldOutbox                   *herald_engine_get_outbox        (HeraldEngine                    *self);
HeraldDesk                     *herald_engine_get_desk          (HeraldEngine                    *self);
HeraldPrinter                  *herald_engine_find_printer      (HeraldEngine                    *self,
                                                                 const char                      *id);
HeraldChannel                  *herald_engine_find_channel      (HeraldEngine                    *self,
                                                                 const char                      *id);

/* Settings of a printer: name, url, enabled, user, certificate. The results are ids, to be freed. */
char                           *herald_engine_add_printer       (HeraldEngine                    *self,
                                                                 HeraldValues                    *settings,
                                                                 GError                         **error);
gboolean                        herald_engine_change_printer    (HeraldEngine                    *self,
                                                                 const char                      *id,
                                                                 HeraldValues                    *changes,
                                                                 GError                         **error);
gboolean                        herald_engine_remove_printer    (HeraldEngine                    *self,
                                                                 const char                      *id,
                                                                 GError                         **error);
char                           *herald_engine_add_channel       (HeraldEngine                    *self,
                                                                 const char                      *type,
                                                                 HeraldValues                    *settings,
                                                                 GError                         **error);
gboolean                        herald_engine_change_channel    (HeraldEngine                    *self,
                                                                 const char                      *id,
                                                                 HeraldValues                    *changes,
                                                                 GError                         **error);
gboolean                        herald_engine_remove_channel    (HeraldEngine                    *self,
                                                                 const char                      *id,
                                                                 GError                         **error);

/* Takes the settings of @text, and uses them at once. */
gboolean                        herald_engine_import            (HeraldEngine                    *self,
                                                                 const char                      *text,
                                                                 GError                         **error);

/* @owner: id of a printer or a channel, which uses them when all are stored; @secrets: by field, as they were pasted */
void                            herald_engine_set_secrets_async (HeraldEngine                    *self,
                                                                 const char                      *owner,
                                                                 HeraldValues                    *secrets,
                                                                 GCancellable                    *cancellable,
                                                                 GAsyncReadyCallback              callback,
                                                                 gpointer                         user_data);
gboolean                        herald_engine_set_secrets_finish (HeraldEngine                   *self,
                                                                 GAsyncResult                    *result,
                                                                 GError                         **error);

/* A finished message to @channels (`all` or ids separated by commas), with @picture unless it is NULL; the result is
 * the event's id, 0 on error. */
gint64                          herald_engine_send              (HeraldEngine                    *self,
                                                                 HeraldEventKind                  kind,
                                                                 const char                      *title,
                                                                 const char                      *text,
                                                                 const char                      *channels,
                                                                 HeraldPicture                   *picture,
                                                                 GError                         **error);

/* The same as a test of one channel; the camera of @printer takes the picture, %NULL for any */
gint64                          herald_engine_send_test         (HeraldEngine                    *self,
                                                                 const char                      *channel,
                                                                 HeraldPrinter                   *printer,
                                                                 GError                         **error);

void                            herald_engine_mute              (HeraldEngine                    *self,
                                                                 gint64                           until_ms);
gint64                          herald_engine_get_muted_until   (HeraldEngine                    *self);
/* Nothing more is told about the print under way on @printer (an id), unless it is critical; ends with the print.
 * Signal of the engine: print-muted-changed (const char *printer). Fails with HERALD_ERROR_REJECTED if there is no print. */
gboolean                        herald_engine_mute_print        (HeraldEngine                    *self,
                                                                 const char                      *printer,
                                                                 GError                         **error);
void                            herald_engine_unmute_print      (HeraldEngine                    *self,
                                                                 const char                      *printer);
gboolean                        herald_engine_is_print_muted    (HeraldEngine                    *self,
                                                                 const char                      *printer);
/* @print: as the messages about it call it */
gboolean                        herald_engine_is_print_under_way (HeraldEngine                   *self,
                                                                 const char                      *printer,
                                                                 const char                      *print);

G_END_DECLS
