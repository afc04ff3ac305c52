/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-picture-sandbox"

/* unshare () */
#define _GNU_SOURCE

#include "picture/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE_BYTES 4096

/* What a decoder that has been taken over would like to do. Each says with errno why it could not; 0 if it could. */

static int
get_result (long result)
{
  return result >= 0 ? 0 : errno;
}

static int
open_socket (void)
{
  return get_result (socket (AF_INET, SOCK_STREAM, 0));
}

static int
open_local_socket (void)
{
  return get_result (socket (AF_UNIX, SOCK_STREAM, 0));
}

static int
read_file (void)
{
  return get_result (open ("/etc/passwd", O_RDONLY | O_CLOEXEC));
}

static int
write_file (void)
{
  return get_result (open ("/tmp", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
}

static int
run_program (void)
{
  char *const arguments[] = { (char *) "true", NULL };

  return get_result (execv ("/bin/true", arguments));
}

static int
make_process (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    _exit (0);

  return get_result (pid);
}

static int
make_program_memory (void)
{
  void *page = mmap (NULL, PAGE_BYTES, PROT_READ | PROT_WRITE | PROT_EXEC,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return page != MAP_FAILED ? 0 : errno;
}

static int
turn_memory_into_program (void)
{
  void *page = mmap (NULL, PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return page != MAP_FAILED ? get_result (mprotect (page, PAGE_BYTES, PROT_READ | PROT_EXEC))
                            : ENOMEM;
}

static int
signal_parent (void)
{
  return get_result (kill (getppid (), 0));
}

static int
trace_parent (void)
{
  return get_result (ptrace (PTRACE_ATTACH, getppid (), NULL, NULL));
}

static int
read_memory_of_parent (void)
{
  return get_result (syscall (__NR_process_vm_readv, getppid (), NULL, 0, NULL, 0, 0));
}

static int
lift_limit (void)
{
  const struct rlimit more = { RLIM_INFINITY, RLIM_INFINITY };

  return get_result (setrlimit (RLIMIT_CPU, &more));
}

static int
use_io_uring (void)
{
  return get_result (syscall (__NR_io_uring_setup, 1, NULL));
}

static int
enter_name_space (void)
{
  return get_result (unshare (CLONE_NEWUSER));
}

static int
duplicate_file (void)
{
  return get_result (dup (STDOUT_FILENO));
}

static const struct
{
  const char *name;
  int (*attempt) (void);
} attempts[] = {
  { "open-socket", open_socket },
  { "open-local-socket", open_local_socket },
  { "read-file", read_file },
  { "write-file", write_file },
  { "run-program", run_program },
  { "make-process", make_process },
  { "make-program-memory", make_program_memory },
  { "turn-memory-into-program", turn_memory_into_program },
  { "signal-parent", signal_parent },
  { "trace-parent", trace_parent },
  { "read-memory-of-parent", read_memory_of_parent },
  { "lift-limit", lift_limit },
  { "use-io-uring", use_io_uring },
  { "enter-name-space", enter_name_space },
  { "duplicate-file", duplicate_file },
};

/* Returns: what the attempt returned in a child, which was locked up before if @is_locked */
static int
attempt_in_child (int (*attempt) (void), gboolean is_locked)
{
  int status = 0;
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    _exit (is_locked && !herald_sandbox_enter () ? 200 : attempt ());

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));

  return WEXITSTATUS (status);
}

static void
test_attempt_fails_inside (gconstpointer user_data)
{
  int (*attempt) (void) = attempts[GPOINTER_TO_UINT (user_data)].attempt;

  g_assert_cmpint (attempt_in_child (attempt, TRUE), ==, EPERM);
}

/* Else the tests above would show nothing. */
static void
test_harmless_attempts_succeed_outside (void)
{
  int (*const harmless[]) (void) = { open_socket, open_local_socket, read_file,     write_file,
                                     run_program, make_process,      signal_parent, duplicate_file,
                                     make_program_memory, turn_memory_into_program };

  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    g_assert_cmpint (attempt_in_child (harmless[i], FALSE), ==, 0);
}

static int
use_memory_and_pipes (void)
{
  g_autofree char *memory = g_try_malloc (16 * 1024 * 1024);

  if (memory == NULL)
    return ENOMEM;
  memset (memory, 1, 16 * 1024 * 1024);

  return get_result (write (STDERR_FILENO, memory, 0));
}

static void
test_memory_and_pipes_can_be_used_inside (void)
{
  g_assert_cmpint (attempt_in_child (use_memory_and_pipes, TRUE), ==, 0);
}

#ifndef __SANITIZE_ADDRESS__
static int
use_much_memory (void)
{
  g_autofree char *memory = g_try_malloc (300 * 1024 * 1024);

  return memory != NULL ? 0 : errno;
}

static void
test_memory_has_an_end_inside (void)
{
  g_assert_cmpint (attempt_in_child (use_much_memory, FALSE), ==, 0);
  g_assert_cmpint (attempt_in_child (use_much_memory, TRUE), ==, ENOMEM);
}
#endif

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autofree char *path = g_strconcat ("/picture-sandbox/inside/", attempts[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_attempt_fails_inside);
    }
  g_test_add_func ("/picture-sandbox/outside", test_harmless_attempts_succeed_outside);
  g_test_add_func ("/picture-sandbox/inside/memory-and-pipes",
                   test_memory_and_pipes_can_be_used_inside);
#ifndef __SANITIZE_ADDRESS__
  g_test_add_func ("/picture-sandbox/inside/much-memory", test_memory_has_an_end_inside);
#endif

  return g_test_run ();
}
