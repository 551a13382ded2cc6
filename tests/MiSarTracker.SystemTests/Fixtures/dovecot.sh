#!/bin/bash
# dovecot.sh DIR IMAP_PORT IMAPS_PORT LMTP_PORT : Dovecot 2.3 in the foreground, as root or as any user.
# DIR/tls holds server.pem and server.key. Accounts: alice@client.test (pw-alice), privacy@vendor.test (pw-vendor).
set -e
D=$1 IMAP=$2 IMAPS=$3 LMTP=$4
case $(/usr/sbin/dovecot --version) in
  2.3.*) ;;
  *) echo "this fixture is written for Dovecot 2.3; found $(/usr/sbin/dovecot --version)" >&2; exit 2 ;;
esac
LOGIN_USER=$(id -un) INTERNAL_USER=$(id -un) MAIL_UID=$(id -u) MAIL_GID=$(id -g)
if [ "$(id -u)" = 0 ]; then
  LOGIN_USER=dovenull INTERNAL_USER=dovecot MAIL_UID=65534 MAIL_GID=65534
fi
mkdir -p "$D"/{run,state,mail}
if [ "$(id -u)" = 0 ]; then chmod 755 "$D"; chown $MAIL_UID:$MAIL_GID "$D/mail"; fi
# user:password:uid:gid:gecos:home:shell
cat > "$D/users" <<U
alice@client.test:{PLAIN}pw-alice:$MAIL_UID:$MAIL_GID::$D/mail/alice::
privacy@vendor.test:{PLAIN}pw-vendor:$MAIL_UID:$MAIL_GID::$D/mail/vendor::
U
# One setting per line: this syntax wants it so. The two penalties are off, or a wrong password slows the right one after it.
cat > "$D/dovecot.conf" <<C
base_dir = $D/run
state_dir = $D/state
log_path = $D/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
hostname = mail.client.test
default_internal_user = $INTERNAL_USER
default_internal_group = $(id -gn $INTERNAL_USER)
default_login_user = $LOGIN_USER
first_valid_uid = 1
first_valid_gid = 0
auth_mechanisms = plain login scram-sha-1 scram-sha-256
auth_failure_delay = 0
disable_plaintext_auth = yes
ssl = required
ssl_cert = <$D/tls/server.pem
ssl_key = <$D/tls/server.key
ssl_min_protocol = TLSv1.2
mail_location = maildir:~/Maildir
mail_fsync = never
shutdown_clients = yes
import_environment = TZ
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u $D/users
}
userdb {
  driver = passwd-file
  args = username_format=%u $D/users
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
}
service imap-login {
  chroot =
  process_min_avail = 1
  inet_listener imap {
    port = $IMAP
  }
  inet_listener imaps {
    port = $IMAPS
    ssl = yes
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $LMTP
  }
}
service stats {
  client_limit = 200
}
protocol lmtp {
  auth_username_format = %Lu
}
C
exec /usr/sbin/dovecot -F -c "$D/dovecot.conf"
