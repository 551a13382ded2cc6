#!/bin/bash
# exim.sh DIR SMTP SMTPS LOGIN EXPIRED OTHER_NAME LMTP : Exim 4 in the foreground, as root or as any user. All are ports:
#   SMTP        STARTTLS, AUTH PLAIN and LOGIN     SMTPS   TLS from the start, the same
#   LOGIN       STARTTLS, AUTH LOGIN only          EXPIRED, OTHER_NAME  STARTTLS with a certificate that must be refused
# DIR/tls holds server.*, expired.* and other-name.* (pem, key). Delivers client.test and vendor.test by LMTP (Dovecot).
# Recipients that give every outcome: privacy@vendor.test delivered, bounce@ accepted and then returned, tempfail@ accepted
# and then delayed (a delay report after about 4 s), reject550@ and defer450@ refused at RCPT, greylisted@ deferred at RCPT until DIR/greylisting-over is there, refuse554@ refused after the data.
set -e
D=$1 SMTP=$2 SMTPS=$3 LOGIN=$4 EXPIRED=$5 OTHER_NAME=$6 LMTP=$7
mkdir -p "$D"/exim/{spool,log}
U=$(id -un) G=$(id -gn)
printf 'alice@client.test: pw-alice\nprivacy@vendor.test: pw-vendor\n' > "$D/exim-users"
if [ "$(id -u)" = 0 ]; then
  U=Debian-exim G=Debian-exim
  chown -R $U:$G "$D/exim"
  chgrp $G "$D"/tls/*.key "$D/exim-users"
  chmod 640 "$D"/tls/*.key "$D/exim-users"
fi
CERTIFICATE="\${if eq{\$received_port}{$EXPIRED}{expired}{\${if eq{\$received_port}{$OTHER_NAME}{other-name}{server}}}}"
cat > "$D/exim.conf" <<C
exim_user = $U
exim_group = $G
spool_directory = $D/exim/spool
log_file_path = $D/exim/log/%slog
pid_file_path = $D/exim/exim.pid
primary_hostname = mail.client.test
domainlist local_domains = client.test : vendor.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = $SMTP : $SMTPS : $LOGIN : $EXPIRED : $OTHER_NAME
tls_on_connect_ports = $SMTPS
tls_advertise_hosts = *
tls_certificate = $D/tls/$CERTIFICATE.pem
tls_privatekey = $D/tls/$CERTIFICATE.key
dsn_advertise_hosts = *
prdr_enable = false
smtp_accept_max = 50
smtp_enforce_sync = true
message_size_limit = 50M
host_lookup =
rfc1413_query_timeout = 0s
bounce_return_size_limit = 100K
ignore_bounce_errors_after = 1d
delay_warning = 3s
keep_environment =
never_users =
queue_run_max = 5
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
begin acl
acl_rcpt:
  deny local_parts = reject550
       message = 5.7.1 rejected by policy
  defer local_parts = defer450
       message = 450 4.2.1 mailbox busy, try later
  defer local_parts = greylisted
       condition = \${if exists{$D/greylisting-over}{no}{yes}}
       message = 451 4.7.1 greylisted, try later
  accept authenticated = *
  # peer servers (and the vendor of a test) may deliver to the local domains without authentication
  accept domains = +local_domains
  deny message = relay not permitted
acl_data:
  deny condition = \${if match{\$recipients}{refuse554@}}
       message = 554 5.6.0 content refused
  accept
begin routers
fail_temp:
  driver = redirect
  local_parts = tempfail
  data = :defer: mailbox temporarily unavailable
  allow_defer
fail_perm:
  driver = redirect
  local_parts = bounce
  data = :fail: 5.1.1 no such privacy mailbox
  allow_fail
local:
  driver = accept
  domains = +local_domains
  transport = lmtp_dovecot
unknown:
  driver = redirect
  data = :fail: no route to this domain in the test network
  allow_fail
begin transports
lmtp_dovecot:
  driver = smtp
  protocol = lmtp
  hosts = 127.0.0.1
  hosts_override
  allow_localhost
  port = $LMTP
  hosts_avoid_tls = *
  hosts_try_dane =
begin retry
* * F,10m,2s
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_advertise_condition = \${if and{{def:tls_in_cipher}{!eq{\$received_port}{$LOGIN}}}}
  server_condition = \${if eq{\$auth3}{\${lookup{\$auth2}lsearch{$D/exim-users}}}}
  server_set_id = \$auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_advertise_condition = \${if def:tls_in_cipher}
  server_condition = \${if eq{\$auth2}{\${lookup{\$auth1}lsearch{$D/exim-users}}}}
  server_set_id = \$auth1
C
chmod 644 "$D/exim.conf"
exec /usr/sbin/exim4 -C "$D/exim.conf" -bdf -q5s
