/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/outbox/courier.h"
#include "core/outbox/outbox.h"

G_BEGIN_DECLS

struct _HeraldOutbox
{
  GObject parent_instance;

  HeraldJournal *journal;
  HeraldCourier *courier;
  GListModel *channels;
};

/* outbox.c */
void herald_outbox_tell (HeraldOutbox *self,
                         GArray       *changed);

G_END_DECLS
