/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-memory-keeper"

#include "service/memory-keeper.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* A printer that connects brings some hundred kilobytes of JSON for a moment; what is freed of it
 * lies between things that stay, and the C library keeps it for ever unless it is asked. */
#define INTERVAL_S 60

static gboolean
on_interval_timeout (gpointer user_data)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif

  return G_SOURCE_CONTINUE;
}

/**
 * herald_memory_keeper_start:
 *
 * Gives memory that is free back to the system every minute.
 *
 * Returns: the id of a source, to be removed with g_source_remove()
 */
guint
herald_memory_keeper_start (void)
{
#ifdef __GLIBC__
  /* Threads only resolve names; heaps of their own would stay when they are gone. */
  mallopt (M_ARENA_MAX, 1);
#endif

  return g_timeout_add_seconds (INTERVAL_S, on_interval_timeout, NULL);
}
