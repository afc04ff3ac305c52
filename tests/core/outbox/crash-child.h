/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The program that is killed: accepts events and sends them to the socket `sink` in @directory.
 * With @name NULL it only sends what waits, and ends with 0. The dedupe keys of accepted events
 * are appended to the file `acks`. */
int crash_child_run (const char *directory,
                     const char *name);

G_END_DECLS
