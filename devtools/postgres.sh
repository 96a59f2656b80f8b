# A PostgreSQL cluster of the project's own: on a socket only, run by an unprivileged user. Sourced by ./dev.

PGPORT_OWN=5432

# The folder of PostgreSQL's programs, the newest; nothing where there is none.
postgres_bin() {
  local dir
  for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) $(pg_config --bindir 2>/dev/null); do
    [ -x "$dir/initdb" ] && { echo "$dir"; return; }
  done
  dir=$(command -v initdb) && dirname "$(readlink -f "$dir")"
  return 0
}

# Runs a command as the cluster's owner: the server refuses to run as root.
as_owner() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

# Where the cluster lies: in .dev, or, where the user postgres may not go there, in its own home.
postgres_folder() {
  local key
  key=$(printf '%s' "$DEV" | sha256sum | cut -c1-8)
  if [ "$(id -u)" = 0 ] && ! runuser -u postgres -- test -x "$DEV" 2>/dev/null; then
    echo "/var/lib/postgresql/debto-dunning-$key"
  else
    echo "$DEV/pg"
  fi
}

postgres_environment() {
  PGFOLDER=$(postgres_folder)
  PGHOST=$PGFOLDER/socket
  # A socket's path may have 107 bytes at most, its own name included.
  [ ${#PGHOST} -le 85 ] || PGHOST=/tmp/debto-dunning-$(printf '%s' "$DEV" | sha256sum | cut -c1-8)
  PGPORT=$PGPORT_OWN
  PGUSER=odoo
  PG_OWN=1
  export PGHOST PGPORT PGUSER
}

postgres_init() {
  local bin=$1 memory
  if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || die "no user postgres to run the server as; PGHOST= names another server"
    install -d -o postgres -g postgres "$PGFOLDER" "$PGHOST"
  else
    mkdir -p "$PGFOLDER" "$PGHOST"
  fi
  say "making the PostgreSQL cluster ($(basename "$(dirname "$bin")"))"
  as_owner "$bin/initdb" -D "$PGFOLDER/data" -A trust -U odoo -E UTF8 --locale=C.UTF-8 >"$DEV/log/initdb.log" 2>&1 || {
    tail -5 "$DEV/log/initdb.log" >&2
    die "initdb failed"
  }
  memory=$(awk '/MemTotal/ {print int($2 / 1024)}' /proc/meminfo)
  [ "$memory" -ge 4000 ] && memory=512 || memory=128
  as_owner tee -a "$PGFOLDER/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$PGHOST'
# Whoever reaches the socket may do everything: its owner and root only.
unix_socket_permissions = 0700
port = $PGPORT_OWN
max_connections = 200
max_locks_per_transaction = 256
shared_buffers = ${memory}MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
random_page_cost = 1.1
jit = off
# The last moments before a power cut may be lost, never the cluster: right for development.
synchronous_commit = off
CONF
}

postgres_running() { [ -S "$PGHOST/.s.PGSQL.$PGPORT_OWN" ] && as_owner "$1/pg_ctl" -D "$PGFOLDER/data" status >/dev/null 2>&1; }

postgres_start() {
  local bin
  if [ -z "${PG_OWN:-}" ]; then
    "$VENV/bin/python" -c 'import psycopg2; psycopg2.connect(dbname="postgres").close()' 2>"$DEV/log/connect.log" ||
      die "PostgreSQL at PGHOST=$PGHOST does not answer: $(grep -m1 Error: "$DEV/log/connect.log" || tail -1 "$DEV/log/connect.log")"
    return 0
  fi
  bin=$(postgres_bin)
  [ -n "$bin" ] || die "no PostgreSQL on this machine (initdb not found); install Debian's postgresql, or PGHOST= names a server"
  [ -e "$PGFOLDER/data/PG_VERSION" ] || postgres_init "$bin"
  local version
  version=$(as_owner cat "$PGFOLDER/data/PG_VERSION") || die "$PGFOLDER belongs to another user; run ./dev as that one, or remove it"
  [ -x "/usr/lib/postgresql/$version/bin/pg_ctl" ] && bin=/usr/lib/postgresql/$version/bin
  postgres_running "$bin" && return 0
  [ "$(id -u)" != 0 ] || install -d -o postgres -g postgres "$PGHOST"
  [ "$(id -u)" = 0 ] || mkdir -p "$PGHOST"
  as_owner "$bin/pg_ctl" -D "$PGFOLDER/data" -l "$PGFOLDER/server.log" -w -t 60 start >"$DEV/log/pg_ctl.log" 2>&1 9>&- </dev/null || {
    as_owner tail -5 "$PGFOLDER/server.log" >&2 || true
    die "the project's PostgreSQL does not start ($PGFOLDER/server.log)"
  }
}

postgres_stop() {
  local bin
  [ -z "${PGHOST:-}" ] || return 0
  bin=$(postgres_bin)
  [ -n "$bin" ] || return 0
  postgres_environment
  postgres_running "$bin" || return 0
  as_owner "$bin/pg_ctl" -D "$PGFOLDER/data" -m fast -w stop >/dev/null && say "PostgreSQL stopped"
}
