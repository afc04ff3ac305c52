/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What ends a message: the line end of its last line, and a dot on a line of its own. It is sent
 * by itself, because everything before it can still be taken back. */
#define HERALD_SMTP_DATA_END "\r\n.\r\n"

/**
 * HeraldSmtpData:
 * @wire: the message as it goes over the wire, up to HERALD_SMTP_DATA_END
 * @size_bytes: its size as SIZE counts it (RFC 1870): line ends of two bytes, no stuffing
 * @header_utf8: whether its header is more than ASCII, which needs SMTPUTF8
 * @body_8bit: whether its body is more than ASCII, which needs 8BITMIME
 */
typedef struct
{
  GBytes *wire;
  gsize size_bytes;
  gboolean header_utf8;
  gboolean body_8bit;
} HeraldSmtpData;

void herald_smtp_data_init  (HeraldSmtpData *self,
                             const char     *message,
                             gsize           length);
void herald_smtp_data_clear (HeraldSmtpData *self);

G_END_DECLS
