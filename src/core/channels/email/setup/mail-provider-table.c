/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-mail-provider-table"

#include "core/channels/email/setup/mail-provider.h"

#include <glib/gi18n-lib.h>

/*
 * The big e-mail providers, as of November 2026: tests/real/test-mail-providers.py compares servers, ports and domains
 * with other people's lists. Who adds a row: an address that a password opens nothing for is worse than none.
 */

#define MAKE_APP_PASSWORD N_("It takes only an app password: switch on the sign-in in two steps, then make one.")
#define ONLY_APP_PASSWORD N_("It takes only an app password, which you make on its web page.")
#define APP_PASSWORD_AFTER_TWO_STEPS \
  N_("If you sign in there in two steps, it wants an app password, which you make on its web page.")
#define ALLOW_PROGRAMS_FIRST \
  N_("Before the first mail, switch on POP3 and IMAP in its settings for e-mail; if you sign in there in two steps, it " \
     "wants an app password.")
#define MICROSOFT_PASSWORD \
  N_("It takes a password only if the administrator of the organisation allows “authenticated SMTP”; without it, use " \
     "the account of the desktop (GNOME Online Accounts).")
#define MICROSOFT_NO_PASSWORD \
  N_("Outlook.com takes no password from programs any more: add the account to the settings of your desktop (GNOME " \
     "Online Accounts), or send by another provider.")
#define BRIDGE \
  N_("Install Proton Mail Bridge, which needs a paid plan; use the password and the port it shows, and trust the " \
     "fingerprint that the first test tells.")

const HeraldMailProvider herald_mail_providers[] = {
  { "gmail", "Gmail", "gmail.com googlemail.com", "google.com googlemail.com", "gmail.com googlemail.com",
    "smtp.gmail.com", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_APP, TRUE,
    "https://myaccount.google.com/apppasswords", MAKE_APP_PASSWORD },

  { "outlook", "Outlook.com",
    "outlook.com hotmail.com live.com msn.com windowslive.com hotmail.co.uk hotmail.de hotmail.es hotmail.fr hotmail.it "
    "hotmail.nl hotmail.be live.co.uk live.de live.fr live.it live.nl live.be live.at live.ca live.se live.dk outlook.at "
    "outlook.be outlook.de outlook.dk outlook.es outlook.fr outlook.ie outlook.it outlook.pt outlook.com.br outlook.com.au",
    "olc.protection.outlook.com", "smtp-mail.outlook.com",
    "smtp-mail.outlook.com", 587, HERALD_SMTP_STARTTLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_NONE, FALSE,
    NULL, MICROSOFT_NO_PASSWORD },

  { "microsoft-365", "Microsoft 365", "onmicrosoft.com", "mail.protection.outlook.com mx.microsoft",
    "smtp.office365.com",
    "smtp.office365.com", 587, HERALD_SMTP_STARTTLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    NULL, MICROSOFT_PASSWORD },

  { "yahoo", "Yahoo",
    "yahoo.com ymail.com rocketmail.com myyahoo.com yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.se yahoo.ca yahoo.co.uk "
    "yahoo.co.in yahoo.in yahoo.ie yahoo.co.nz yahoo.com.au yahoo.com.ar yahoo.com.br yahoo.com.mx",
    "yahoodns.net", "mail.yahoo.com",
    "smtp.mail.yahoo.com", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_APP, TRUE,
    "https://login.yahoo.com/account/security", ONLY_APP_PASSWORD },

  { "aol", "AOL", "aol.com aim.com", NULL, "smtp.aol.com",
    "smtp.aol.com", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_APP, TRUE,
    "https://login.aol.com/account/security", ONLY_APP_PASSWORD },

  { "icloud", "iCloud", "icloud.com me.com mac.com", "mail.icloud.com", "mail.me.com",
    "smtp.mail.me.com", 587, HERALD_SMTP_STARTTLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_APP, TRUE,
    "https://account.apple.com", MAKE_APP_PASSWORD },

  { "fastmail", "Fastmail", "fastmail.com fastmail.fm", "messagingengine.com", "fastmail.com messagingengine.com",
    "smtp.fastmail.com", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_APP, TRUE,
    "https://app.fastmail.com/settings/security/apps", ONLY_APP_PASSWORD },

  { "proton", "Proton Mail", "proton.me protonmail.com protonmail.ch pm.me", "protonmail.ch", "protonmail.ch",
    "127.0.0.1", 1025, HERALD_SMTP_STARTTLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_BRIDGE, FALSE,
    "https://proton.me/mail/bridge", BRIDGE },

  { "gmx", "GMX", "gmx.net gmx.de gmx.at gmx.ch gmx.eu gmx.org gmx.info gmx.biz mail.gmx email.gmx",
    "gmx.net", "mail.gmx.net",
    "mail.gmx.net", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    "https://hilfe.gmx.net/pop-imap/einschalten.html", ALLOW_PROGRAMS_FIRST },

  { "gmx-com", "GMX", "gmx.com gmx.us gmx.co.uk gmx.fr gmx.es gmx.it gmx.ie gmx.pt gmx.se gmx.li", "gmx.com",
    "mail.gmx.com",
    "mail.gmx.com", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    NULL, ALLOW_PROGRAMS_FIRST },

  { "web-de", "WEB.DE", "web.de", "web.de", "web.de",
    "smtp.web.de", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    "https://hilfe.web.de/pop-imap/einschalten.html", ALLOW_PROGRAMS_FIRST },

  { "mailbox-org", "mailbox.org", "mailbox.org", "mailbox.org", "mailbox.org",
    "smtp.mailbox.org", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    NULL, APP_PASSWORD_AFTER_TWO_STEPS },

  { "posteo", "Posteo",
    "posteo.de posteo.net posteo.org posteo.eu posteo.at posteo.ch posteo.com posteo.me posteo.uk posteo.co.uk posteo.nl "
    "posteo.es posteo.it posteo.se posteo.us", "posteo.de", "posteo.de",
    "posteo.de", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE, NULL, NULL },

  { "t-online", "T-Online", "t-online.de magenta.de", "t-online.de", "t-online.de",
    "securesmtp.t-online.de", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_APP, FALSE,
    "https://www.telekom.de/hilfe/apps-dienste/e-mail/programme/passwort-verwalten",
    N_("It takes only its own “e-mail password”, not the one of its web page.") },

  { "freenet", "freenet", "freenet.de", "freenet.de", "freenet.de",
    "mx.freenet.de", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    NULL, ALLOW_PROGRAMS_FIRST },

  { "ionos", "IONOS", "online.de onlinehome.de", "kundenserver.de", "ionos.de 1und1.de",
    "smtp.ionos.de", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE, NULL, NULL },

  { "strato", "Strato", "strato.de", "rzone.de", "strato.de",
    "smtp.strato.de", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE, NULL, NULL },

  { "infomaniak", "Infomaniak", "ik.me ikmail.com etik.com", "infomaniak.ch infomaniak.com",
    "infomaniak.com infomaniak.ch",
    "mail.infomaniak.com", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    NULL, APP_PASSWORD_AFTER_TWO_STEPS },

  { "zoho", "Zoho Mail", "zoho.com zohomail.com", NULL, "smtp.zoho.com",
    "smtp.zoho.com", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    "https://accounts.zoho.com/home", APP_PASSWORD_AFTER_TWO_STEPS },

  { "zoho-eu", "Zoho Mail", "zoho.eu zohomail.eu", NULL, "smtp.zoho.eu",
    "smtp.zoho.eu", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    "https://accounts.zoho.eu/home", APP_PASSWORD_AFTER_TWO_STEPS },

  /* Domains of customers of its own have other servers than the people who come alone */
  { "zoho-business", "Zoho Mail", "", "zoho.com", "smtppro.zoho.com",
    "smtppro.zoho.com", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    "https://accounts.zoho.com/home", APP_PASSWORD_AFTER_TWO_STEPS },

  { "zoho-business-eu", "Zoho Mail", "", "zoho.eu", "smtppro.zoho.eu",
    "smtppro.zoho.eu", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    "https://accounts.zoho.eu/home", APP_PASSWORD_AFTER_TWO_STEPS },

  { "runbox", "Runbox", "runbox.com", "runbox.com", "runbox.com",
    "smtp.runbox.com", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    NULL, APP_PASSWORD_AFTER_TWO_STEPS },

  { "orange-fr", "Orange", "orange.fr wanadoo.fr", "orange.fr", "orange.fr",
    "smtp.orange.fr", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE, NULL, NULL },

  { "free-fr", "Free", "free.fr", "free.fr", "free.fr",
    "smtp.free.fr", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_LOCAL_PART, HERALD_MAIL_PASSWORD_USUAL, FALSE, NULL,
    N_("Before the first mail, switch on “authenticated SMTP” in its settings.") },

  { "virgilio", "Virgilio", "virgilio.it", NULL, "virgilio.it",
    "out.virgilio.it", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE, NULL, NULL },

  { "seznam", "Seznam", "seznam.cz email.cz post.cz spoluzaci.cz", "seznam.cz", "seznam.cz",
    "smtp.seznam.cz", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE,
    NULL, APP_PASSWORD_AFTER_TWO_STEPS },

  { "bluewin", "Bluewin", "bluewin.ch", "bluewin.ch", "bluewin.ch",
    "smtpauths.bluewin.ch", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_USUAL, FALSE, NULL,
    NULL },

  { "yandex", "Yandex", "yandex.com yandex.ru ya.ru yandex.by yandex.kz narod.ru", "yandex.net yandex.ru",
    "yandex.com yandex.ru",
    "smtp.yandex.com", 465, HERALD_SMTP_TLS, HERALD_MAIL_USER_ADDRESS, HERALD_MAIL_PASSWORD_APP, FALSE,
    "https://id.yandex.com/security/app-passwords", ONLY_APP_PASSWORD },
};

const guint herald_n_mail_providers = G_N_ELEMENTS (herald_mail_providers);
