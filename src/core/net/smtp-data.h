/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What ends a message: the line end of its last line, and a dot on a line of its own. It is sent
 * by itself, because everything before it can still be taken back. */
#define HERALD_SMTP_DATA_END "\r\n.\r\n"

/**
 * HeraldSmtpData:
 * @size_bytes: its size as SIZE counts it (RFC 1870): line ends of two bytes, no stuffing; when measured
 * @eight_bit: whether it is more than ASCII, which needs 8BITMIME; when measured
 *
 * A message on its way onto the wire, portion by portion: one with a film in it is too long to be
 * looked at, let alone copied, in one go. A short one is one portion, once it is measured.
 */
typedef struct
{
  GBytes *message;
  gsize size_bytes;
  gboolean eight_bit;

  /*< private >*/
  GBytes *wire;
  gsize position;
  gboolean after_cr;
  gboolean line_start;
  gboolean owes_line_end;
} HeraldSmtpData;

void     herald_smtp_data_init    (HeraldSmtpData *self,
                                   GBytes         *message);
gboolean herald_smtp_data_measure (HeraldSmtpData *self);
void     herald_smtp_data_rewind  (HeraldSmtpData *self);
GBytes  *herald_smtp_data_next    (HeraldSmtpData *self);
void     herald_smtp_data_clear   (HeraldSmtpData *self);

G_END_DECLS
