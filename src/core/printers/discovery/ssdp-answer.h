/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* UPnP asks for answers that fit one packet; what is longer is not read. */
#define HERALD_SSDP_ANSWER_MAX_BYTES (8 * 1024)

/* Returns (transfer full) (nullable): where the device says its description is */
char *herald_ssdp_answer_read (const char   *datagram,
                               gsize         length,
                               GInetAddress *sender);

G_END_DECLS
