/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/pictures/picture-worker.h"

G_BEGIN_DECLS

#define HERALD_PICTURE_PROGRAM "octoherald-picture"

/* The process that makes a new picture of @picture, with pipes from its output and its errors.
 * Returns: (transfer full): NULL if there is no such program */
GSubprocess *herald_picture_child_start (HeraldPicture             *picture,
                                         const HeraldPictureRecipe *recipe);

G_END_DECLS
