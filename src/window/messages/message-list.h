/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/messages/message-item.h"
#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_MESSAGE_LIST (herald_message_list_get_type ())
G_DECLARE_FINAL_TYPE (HeraldMessageList, herald_message_list, HERALD, MESSAGE_LIST, GObject)

/* Signal: loaded, when it was asked for all, whether or not there was an answer */

HeraldMessageList *herald_message_list_new           (HeraldServiceLink    *link);
/* (transfer none): of #HeraldMessageItem, in the service's order */
GListModel        *herald_message_list_get_items     (HeraldMessageList    *self);
/* (transfer full) (nullable) */
HeraldMessageItem *herald_message_list_ref_item      (HeraldMessageList    *self,
                                                      const char           *kind);
HeraldServiceLink *herald_message_list_get_link      (HeraldMessageList    *self);
/* (nullable): why nothing is known, a sentence */
const char        *herald_message_list_get_problem   (HeraldMessageList    *self);

/* Whose messages the items are; empty for those of all printers */
void               herald_message_list_set_printer   (HeraldMessageList    *self,
                                                      const char           *printer);
const char        *herald_message_list_get_printer   (HeraldMessageList    *self);
gboolean           herald_message_list_has_overrides (HeraldMessageList    *self);
GVariant          *herald_message_list_dup_own       (HeraldMessageList    *self,
                                                      const char           *kind,
                                                      const char           *printer);
/* Asks again for everything, or only how the messages would read now */
void               herald_message_list_load          (HeraldMessageList    *self);
void               herald_message_list_render        (HeraldMessageList    *self);

/* Puts a message into the state @own: what is set for it and nothing else */
void               herald_message_list_restore_async  (HeraldMessageList   *self,
                                                       const char          *kind,
                                                       const char          *printer,
                                                       GVariant            *own,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean           herald_message_list_restore_finish (HeraldMessageList   *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

G_END_DECLS
