/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/engine-private.h"
#include "core/import/import-plan.h"

G_BEGIN_DECLS

/* A secret that is to be stored; without one it is a question after what is stored */
typedef struct
{
  char *owner;
  char *field;
  char *origin;
  char *secret;
} HeraldForeignSecret;

HeraldForeignSecret     *herald_foreign_secret_new  (const char          *owner,
                                                     const char          *field,
                                                     const char          *origin,
                                                     const char          *secret);
void                     herald_foreign_secret_free (HeraldForeignSecret *self);

/**
 * HeraldForeignSettlement:
 * @sections: (element-type HeraldConfigSection): what the configuration will hold
 * @secrets: (element-type HeraldForeignSecret): what the keyring will hold
 * @new_ids: (element-type utf8): ids of printers and channels that are not there yet
 *
 * What a plan comes to with the printers and channels that are here. Nothing is done by making one.
 */
typedef struct
{
  GPtrArray *sections;
  GPtrArray *secrets;
  GHashTable *new_ids;
} HeraldForeignSettlement;

/* @known: secrets that are stored already, as `owner/field`; @printer: (nullable). Adds lines to @plan. */
HeraldForeignSettlement *herald_foreign_settlement_new  (HeraldEngine             *engine,
                                                         HeraldImportPlan         *plan,
                                                         const char               *printer,
                                                         HeraldValues             *known);
void                     herald_foreign_settlement_free (HeraldForeignSettlement  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldForeignSettlement, herald_foreign_settlement_free)

/* Between the files of this class */

void                     herald_foreign_settlement_add_secret (HeraldForeignSettlement *self,
                                                               const char              *owner,
                                                               const char              *field,
                                                               const char              *origin,
                                                               const char              *secret);
/* foreign-messages.c; @channel_ids: ids of the plan's new channels, NULL where one is not new */
void                     herald_foreign_messages_settle (HeraldForeignSettlement *self,
                                                         HeraldEngine            *engine,
                                                         HeraldImportPlan        *plan,
                                                         const char              *scope,
                                                         GPtrArray               *channel_ids);

G_END_DECLS
