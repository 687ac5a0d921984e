/** What a Dovecot for tests is told. */
export interface DovecotConfig {
  readonly directory: string;
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly lmtpPort: number;
  /** The account that owns the mail. */
  readonly mailUser: string;
  readonly mailGroup: string;
  /** Set when Dovecot does not run as root: everything runs as this account. */
  readonly rootless?: { readonly user: string; readonly group: string };
  readonly password: string;
  /** What the IMAP server says that it can; everything else is not there. @default all */
  readonly capability?: string | undefined;
}

/**
 * A configuration for Dovecot 2.3 that needs nothing of /etc/dovecot: loopback only, any user name
 * is a mailbox of its own, one password for all.
 */
export function toDovecotConfig(config: DovecotConfig): string {
  const { directory: dir, rootless } = config;
  return `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <${dir}/cert.pem
ssl_key = <${dir}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
# A wrong password answers at once instead of after two seconds.
auth_failure_delay = 0
mail_location = maildir:${dir}/mail/%u
mail_uid = ${config.mailUser}
mail_gid = ${config.mailGroup}
first_valid_uid = 1
mail_fsync = never
mail_max_userip_connections = 200
${rootless === undefined ? '' : `default_internal_user = ${rootless.user}`}
${rootless === undefined ? '' : `default_internal_group = ${rootless.group}`}
${rootless === undefined ? '' : `default_login_user = ${rootless.user}`}
passdb {
  driver = static
  args = password=${config.password}
}
userdb {
  driver = static
  args = uid=${config.mailUser} gid=${config.mailGroup} home=${dir}/mail/%u allow_all_users=yes
}
${config.capability === undefined ? '' : `protocol imap {\n  imap_capability = ${config.capability}\n}`}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${config.imapPort}
  }
  inet_listener imaps {
    port = ${config.imapsPort}
    ssl = yes
  }
  service_count = 0
}
service imap {
  process_limit = 300
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${config.lmtpPort}
  }
}
service auth {
  chroot =
}
service anvil {
  chroot =
  # A wrong password of one test does not delay the log-ins of the others.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
namespace inbox {
  inbox = yes
  separator = /
}
protocol lmtp {
  postmaster_address = postmaster@mx.example
  hostname = mx.example
}
`;
}
