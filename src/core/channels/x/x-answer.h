/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/json-reader.h"

G_BEGIN_DECLS

/* (nullable) (transfer full): `data` of an answer; %NULL if it is not whole or not what X sends */
JsonObject *herald_x_answer_ref_data (GBytes      *body);

/* (nullable) (transfer full): the id of a post or a picture; a number would have lost digits on its way */
char       *herald_x_answer_dup_id   (JsonObject  *data);

G_END_DECLS
