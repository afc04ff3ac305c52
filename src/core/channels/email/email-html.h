/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/attachment.h"

G_BEGIN_DECLS

char *herald_email_html_write (const char       *title,
                               const char       *text,
                               HeraldAttachment *picture,
                               const char       *content_id);

G_END_DECLS
