/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_TEST_VIEW (herald_test_view_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTestView, herald_test_view, HERALD, TEST_VIEW, AdwBin)

/* A button that sends a test message by a channel, and below it what becomes of that. Signal: finished (gboolean: whether the
 * message was accepted) */
GtkWidget *herald_test_view_new   (HeraldDBusChannel1 *channel);
void       herald_test_view_start (HeraldTestView     *self);
/* The same, unless it costs money: then the price is said, and a person has to press the button. */
void       herald_test_view_start_if_free (HeraldTestView *self);

G_END_DECLS
