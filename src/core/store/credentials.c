/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-credentials"

#include "core/store/credentials.h"

#include <string.h>
#include <sys/stat.h>

/* systemd itself allows 1 MiB for all of them together; a key is some hundred bytes. */
#define SECRET_MAX_BYTES (64 * 1024)

/* What LoadCredential= with a folder puts before the name of each file in it; octoherald.service names the folder so. */
#define FOLDER_PREFIX "octoherald_"

static char *
read_file (const char *directory,
           const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char *secret = NULL;
  gsize length = 0;
  struct stat info;

  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > SECRET_MAX_BYTES ||
      !g_file_get_contents (path, &secret, &length, NULL))
    return NULL;

  while (length > 0 && (secret[length - 1] == '\n' || secret[length - 1] == '\r'))
    secret[--length] = '\0';

  return secret;
}

/**
 * herald_credentials_lookup:
 * @owner: id of a printer or a channel
 * @field: which of its secrets
 *
 * Looks for a secret that systemd handed to the service: on a computer without
 * a desktop there is no keyring (systemd.exec(5), LoadCredential=). The file is
 * called `owner.field`, or so after the prefix of a whole folder; line ends at
 * its end do not count.
 *
 * Returns: (transfer full) (nullable): the secret, %NULL if none was handed over
 */
char *
herald_credentials_lookup (const char *owner,
                           const char *field)
{
  const char *directory = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *name = g_strconcat (owner, ".", field, NULL);
  g_autofree char *name_of_folder = g_strconcat (FOLDER_PREFIX, name, NULL);
  char *secret = NULL;

  if (directory == NULL || *name == '.' || strchr (name, G_DIR_SEPARATOR) != NULL)
    return NULL;

  secret = read_file (directory, name);

  return secret != NULL ? secret : read_file (directory, name_of_folder);
}
