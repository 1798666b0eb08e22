/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A mapped file that survives being shortened.  See rungs-mapping.h.
 *
 * The handler takes no lock and allocates nothing: slots are filled from the back (length before start) and emptied
 * from the front, with atomic stores, and a slot's owner reads only its own pages. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

#include "rungs-mapping.h"

#define N_SLOTS 64

typedef struct
{
  atomic_bool taken;
  atomic_uintptr_t start; /* 0: the slot guards nothing */
  atomic_size_t length;
  atomic_bool damaged;
} Slot;

struct _RungsMapping
{
  char *data;
  gsize length;
  int fd;
  Slot *slot;
};

static Slot slots[N_SLOTS];
static struct sigaction former;
static gsize page_size;

static void
pass_on (int number, siginfo_t *info, void *context)
{
  if ((former.sa_flags & SA_SIGINFO) != 0)
    former.sa_sigaction (number, info, context);
  else if (former.sa_handler != SIG_DFL && former.sa_handler != SIG_IGN)
    former.sa_handler (number);
  else
    {
      /* The instruction runs again and now ends the process in the usual way; a signal that was sent does not. */
      signal (number, SIG_DFL);
      if (info->si_code <= 0)
        raise (number);
    }
}

static void
handle_bus_error (int number, siginfo_t *info, void *context)
{
  int saved_errno = errno;
  guintptr address = (guintptr) info->si_addr;

  /* A signal that was sent has no address. */
  for (gsize i = 0; info->si_code > 0 && i < N_SLOTS; i++)
    {
      guintptr start = atomic_load (&slots[i].start);
      void *page = (void *) (address & ~((guintptr) page_size - 1));

      if (start == 0 || address < start || address - start >= atomic_load (&slots[i].length))
        continue;
      if (mmap (page, page_size, PROT_READ, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
        break;
      atomic_store (&slots[i].damaged, true);
      errno = saved_errno;
      return;
    }
  pass_on (number, info, context);
  errno = saved_errno;
}

static gboolean
install_handler (void)
{
  static gsize installed = 0;

  if (g_once_init_enter (&installed))
    {
      struct sigaction action = { .sa_sigaction = handle_bus_error,
                                  .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };
      gboolean success;

      page_size = (gsize) sysconf (_SC_PAGESIZE);
      sigemptyset (&action.sa_mask);
      success = sigaction (SIGBUS, NULL, &former) == 0 && sigaction (SIGBUS, &action, NULL) == 0;
      g_once_init_leave (&installed, success ? 1 : 2);
    }
  return installed == 1;
}

static Slot *
take_slot (void)
{
  for (gsize i = 0; i < N_SLOTS; i++)
    {
      bool expected = false;

      if (atomic_compare_exchange_strong (&slots[i].taken, &expected, true))
        return &slots[i];
    }
  return NULL;
}

static RungsMapping *
map (int fd, gsize length, int flags)
{
  RungsMapping *self;
  Slot *slot;
  void *data;

  g_return_val_if_fail (length > 0, NULL);

  if (!install_handler ())
    return NULL;
  slot = take_slot ();
  if (slot == NULL)
    return NULL;
  data = mmap (NULL, length, PROT_READ, flags, fd, 0);
  if (data == MAP_FAILED)
    {
      atomic_store (&slot->taken, false);
      return NULL;
    }
  self = g_new0 (RungsMapping, 1);
  self->data = data;
  self->length = length;
  self->fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  self->slot = slot;
  atomic_store (&slot->damaged, false);
  atomic_store (&slot->length, length);
  atomic_store (&slot->start, (guintptr) data);
  return self;
}

RungsMapping *
rungs_mapping_new (int fd, gsize length)
{
  return map (fd, length, MAP_PRIVATE);
}

RungsMapping *
rungs_mapping_new_growing (int fd, gsize length)
{
  return map (fd, length, MAP_SHARED | MAP_NORESERVE);
}

void
rungs_mapping_release (RungsMapping *self, gsize offset, gsize length)
{
  gsize begin, end;

  g_return_if_fail (self != NULL);

  offset = MIN (offset, self->length);
  end = (offset + MIN (length, self->length - offset)) / page_size * page_size;
  begin = (offset + page_size - 1) / page_size * page_size;
  /* a hint: where the system does not take it, nothing is lost */
  if (end > begin)
    madvise ((char *) self->data + begin, end - begin, MADV_DONTNEED);
}

void
rungs_mapping_free (RungsMapping *self)
{
  g_return_if_fail (self != NULL);

  atomic_store (&self->slot->start, 0);
  munmap (self->data, self->length);
  if (self->fd >= 0)
    close (self->fd);
  atomic_store (&self->slot->taken, false);
  g_free (self);
}

RungsSlice
rungs_mapping_get_bytes (const RungsMapping *self)
{
  g_return_val_if_fail (self != NULL, RUNGS_SLICE_EMPTY);
  return rungs_slice (self->data, self->length);
}

gboolean
rungs_mapping_is_damaged (const RungsMapping *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return atomic_load (&self->slot->damaged);
}

gsize
rungs_mapping_get_present (const RungsMapping *self)
{
  struct stat status;

  g_return_val_if_fail (self != NULL, 0);

  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    return self->length;
  return MIN (self->length, (gsize) MAX (0, status.st_size));
}
