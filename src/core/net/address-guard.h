/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * HeraldAddresses:
 * @HERALD_ADDRESSES_PRIVATE: networks at home: always
 * @HERALD_ADDRESSES_PUBLIC: the internet
 * @HERALD_ADDRESSES_LINK_LOCAL: addresses that a network gives itself (RFC 3927, RFC 4291 section 2.5.6)
 * @HERALD_ADDRESSES_LOOPBACK: this computer
 *
 * Where a request may go whose address somebody else has written. Multicast and "any" are never reached.
 */
typedef enum
{
  HERALD_ADDRESSES_PRIVATE = 0,
  HERALD_ADDRESSES_PUBLIC = 1 << 0,
  HERALD_ADDRESSES_LINK_LOCAL = 1 << 1,
  HERALD_ADDRESSES_LOOPBACK = 1 << 2,
} HeraldAddresses;

#define HERALD_ADDRESSES_ALL (HERALD_ADDRESSES_PUBLIC | HERALD_ADDRESSES_LINK_LOCAL | HERALD_ADDRESSES_LOOPBACK)

gboolean herald_addresses_allow             (HeraldAddresses    allowed,
                                          GInetAddress  *address);

void     herald_address_guard            (SoupMessage   *message,
                                          HeraldAddresses    allowed,
                                          GCancellable  *cancellable);
gboolean herald_address_guard_has_refused (SoupMessage  *message);

G_END_DECLS
