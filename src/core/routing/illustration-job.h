/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/outbox.h"
#include "core/routing/message-script.h"
#include "core/routing/picture-plan.h"

G_BEGIN_DECLS

/**
 * HeraldIllustrationJob:
 *
 * What is to be done for one message beside sending it: the script before it, its picture, the script after it.
 */
typedef struct _HeraldIllustrationJob HeraldIllustrationJob;

HeraldIllustrationJob *herald_illustration_job_new      (HeraldPicturePlan     *take_plan,
                                                         HeraldOutbox          *outbox,
                                                         GListModel            *channels,
                                                         HeraldMessageScripts  *scripts,
                                                         const char            *printer_name,
                                                         GPtrArray             *drafts);
void                   herald_illustration_job_free     (HeraldIllustrationJob *self);

gboolean               herald_illustration_job_has_work (HeraldIllustrationJob *self);
void                   herald_illustration_job_hold     (HeraldIllustrationJob *self,
                                                         GPtrArray             *drafts);
void                   herald_illustration_job_begin    (HeraldIllustrationJob *self,
                                                         gint64                 event_id,
                                                         GCancellable          *stopped,
                                                         GPtrArray             *sent);
void                   herald_illustration_job_look     (HeraldIllustrationJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeraldIllustrationJob, herald_illustration_job_free)

G_END_DECLS
