/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "herald-dbus.h"

G_BEGIN_DECLS

#define HERALD_TYPE_CARD_PROBLEM (herald_card_problem_get_type ())
G_DECLARE_FINAL_TYPE (HeraldCardProblem, herald_card_problem, HERALD, CARD_PROBLEM, AdwBin)

/* Signals: "change": somebody wants to change the printer's address or key */
/* Once: whose troubles are told */
void        herald_card_problem_set_printer  (HeraldCardProblem  *self,
                                              HeraldDBusPrinter1 *printer);
/* After the printer has changed */
void        herald_card_problem_update       (HeraldCardProblem  *self);
/* Asks the server now */
void        herald_card_problem_check        (HeraldCardProblem  *self);
/* (transfer full): all of it, for a screen reader; empty if there is none */
char       *herald_card_problem_dup_sentence (HeraldCardProblem  *self);

G_END_DECLS
