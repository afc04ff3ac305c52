/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HERALD_TYPE_TEST_REPORT (herald_test_report_get_type ())
G_DECLARE_FINAL_TYPE (HeraldTestReport, herald_test_report, HERALD, TEST_REPORT, AdwBin)

/* What has become of a test message. @report: a{sv} as Channel1.Test of the D-Bus API answers it */
GtkWidget *herald_test_report_new (GVariant *report);

G_END_DECLS
