/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sandbox"

/* unshare () */
#define _GNU_SOURCE

#include "picture/sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "core/pictures/picture.h"

/* The largest picture that is allowed has 64 MiB of pixels, once as it was and once turned; the rest
 * is libraries and what a progressive JPEG keeps until its end. A sanitizer reserves terabytes. */
#define MEMORY_BYTES (256 * 1024 * 1024)
#define CPU_SECONDS 5
/* Standard input, output, error */
#define MAX_FILES 3

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__arm__)
#define ARCHITECTURE AUDIT_ARCH_ARM
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#endif

/* Whoever has started us may have set less. @grace: how much later the kernel kills */
static gboolean
set_limit (int    resource,
           rlim_t limit,
           rlim_t grace)
{
  struct rlimit both;

  if (getrlimit (resource, &both) != 0)
    return FALSE;
  both.rlim_max = MIN (both.rlim_max, limit + grace);
  both.rlim_cur = MIN (both.rlim_max, limit);

  return setrlimit (resource, &both) == 0;
}

static gboolean
set_limits (void)
{
  return (IS_SANITIZED || set_limit (RLIMIT_AS, MEMORY_BYTES, 0)) &&
         set_limit (RLIMIT_CPU, CPU_SECONDS, 1) && set_limit (RLIMIT_NOFILE, MAX_FILES, 0) &&
         set_limit (RLIMIT_FSIZE, HERALD_PICTURE_MAX_BYTES, 0) && set_limit (RLIMIT_CORE, 0, 0);
}

#ifdef ARCHITECTURE

/* Everything else fails with EPERM: no file, socket, program or process can be opened or begun.
 * Failing is enough, and lets the C library look in vain for what it likes, e.g. translations. */
static const int allowed_calls[] = {
  __NR_read,
  __NR_readv,
  __NR_write,
  __NR_writev,
  __NR_close,
  __NR_munmap,
  __NR_mremap,
  __NR_madvise,
  __NR_brk,
  __NR_futex,
  __NR_exit,
  __NR_exit_group,
  __NR_clock_gettime,
  __NR_gettid,
  __NR_getpid,
  __NR_getrandom,
  __NR_restart_syscall,
  /* Those of abort () */
  __NR_tgkill,
  __NR_rt_sigaction,
  __NR_rt_sigprocmask,
  __NR_rt_sigreturn,
#if IS_SANITIZED
  __NR_sigaltstack,
#endif
#ifdef __NR_fstat
  __NR_fstat,
#endif
#ifdef __NR_fstat64
  __NR_fstat64,
#endif
#ifdef __NR_clock_gettime64
  __NR_clock_gettime64,
#endif
#ifdef __NR_futex_time64
  __NR_futex_time64,
#endif
};

/* Memory, but none that holds a program */
static const int memory_calls[] = {
#ifdef __NR_mmap
  __NR_mmap,
#endif
#ifdef __NR_mmap2
  __NR_mmap2,
#endif
  __NR_mprotect,
};

static void
add (GArray *program,
     guint16 code,
     guint32 value,
     guint8  skip_if_true,
     guint8  skip_if_false)
{
  const struct sock_filter step = { code, skip_if_true, skip_if_false, value };

  g_array_append_val (program, step);
}

/* Of a number of 64 bits only the lower half, which is all that flags need */
static void
add_load (GArray *program,
          gsize   offset)
{
  add (program, BPF_LD | BPF_W | BPF_ABS, (guint32) offset, 0, 0);
}

static void
add_equal (GArray *program,
           guint32 value,
           guint8  skip_if_true,
           guint8  skip_if_false)
{
  add (program, BPF_JMP | BPF_JEQ | BPF_K, value, skip_if_true, skip_if_false);
}

static void
add_result (GArray  *program,
            guint32  result)
{
  add (program, BPF_RET | BPF_K, result, 0, 0);
}

static gboolean
filter_calls (void)
{
  g_autoptr(GArray) program = g_array_new (FALSE, FALSE, sizeof (struct sock_filter));
  struct sock_fprog filter;

  add_load (program, offsetof (struct seccomp_data, arch));
  add_equal (program, ARCHITECTURE, 1, 0);
  add_result (program, SECCOMP_RET_KILL_PROCESS);
  add_load (program, offsetof (struct seccomp_data, nr));
  for (guint i = 0; i < G_N_ELEMENTS (allowed_calls); i++)
    {
      add_equal (program, (guint32) allowed_calls[i], 0, 1);
      add_result (program, SECCOMP_RET_ALLOW);
    }
  for (guint i = 0; i < G_N_ELEMENTS (memory_calls); i++)
    add_equal (program, (guint32) memory_calls[i], (guint8) (G_N_ELEMENTS (memory_calls) - i), 0);
  add_result (program, SECCOMP_RET_ERRNO | EPERM);
  /* The third argument of all of them */
  add_load (program, offsetof (struct seccomp_data, args[2]));
  add (program, BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1);
  add_result (program, SECCOMP_RET_ERRNO | EPERM);
  add_result (program, SECCOMP_RET_ALLOW);

  filter.len = (unsigned short) program->len;
  filter.filter = (struct sock_filter *) (void *) program->data;

  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

#else

/* Whose calls we do not know: at least no network, where users may have name spaces. */
static gboolean
filter_calls (void)
{
  unshare (CLONE_NEWUSER | CLONE_NEWNET);

  return TRUE;
}

#endif

gboolean
herald_sandbox_enter (void)
{
  return prctl (PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         set_limits () && filter_calls ();
}
