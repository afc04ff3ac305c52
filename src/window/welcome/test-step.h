/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_TEST_STEP (herald_test_step_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTestStep, herald_test_step, HERALD, TEST_STEP, AdwBin)

GtkWidget *herald_test_step_new (HeraldServiceLink *link);

G_END_DECLS
