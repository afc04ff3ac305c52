/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-sleeping-clock"

#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Loaded into a program before everything else, it makes the program believe that the computer has slept: the time since
 * boot is later by the seconds in the file that SLEEPING_CLOCK names. The kernel lets nobody set that clock, and in a time
 * namespace it only differs from the beginning. */
int clock_gettime (clockid_t        id,
                   struct timespec *now);

int
clock_gettime (clockid_t        id,
               struct timespec *now)
{
  const char *path = getenv ("SLEEPING_CLOCK");
  long slept_s = 0;
  FILE *file;

  if (syscall (SYS_clock_gettime, id, now) != 0)
    return -1;
  if (id != CLOCK_BOOTTIME || path == NULL)
    return 0;

  file = fopen (path, "r");
  if (file == NULL)
    return 0;
  if (fscanf (file, "%ld", &slept_s) == 1)
    now->tv_sec += slept_s;
  fclose (file);

  return 0;
}
