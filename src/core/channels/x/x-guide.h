/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* (array zero-terminated=1): what a person does at X before a channel is added, step by step; untranslated */
extern const char *const herald_x_guide[];
