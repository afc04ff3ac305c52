/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/events/event.h"
#include "core/outbox/outbox.h"
#include "core/pictures/picture.h"
#include "core/routing/illustration-job.h"
#include "core/store/config.h"

G_BEGIN_DECLS

#define HERALD_TYPE_ILLUSTRATOR (herald_illustrator_get_type ())
G_DECLARE_FINAL_TYPE (HeraldIllustrator, herald_illustrator, HERALD, ILLUSTRATOR, GObject)

/* Lists of HeraldPrinter and HeraldChannel */
HeraldIllustrator     *herald_illustrator_new     (HeraldConfig          *config,
                                                   GListModel            *printers,
                                                   GListModel            *channels,
                                                   HeraldOutbox          *outbox);
void                   herald_illustrator_stop    (HeraldIllustrator     *self);

HeraldIllustrationJob *herald_illustrator_prepare (HeraldIllustrator     *self,
                                                   HeraldEvent           *event,
                                                   const char            *printer_name,
                                                   HeraldPicture         *given,
                                                   GPtrArray             *drafts);
void                   herald_illustrator_begin   (HeraldIllustrator     *self,
                                                   HeraldIllustrationJob *take_job,
                                                   gint64                 event_id);

G_END_DECLS
