# The demo: a database after its night, a mail catcher and Odoo in the background. Sourced by ./dev.

DEMO_DB=${DEMO_DB:-debto_demo}
DEMO_PORT=${DEMO_PORT:-8069}
MAIL_PORT=${MAIL_PORT:-8025}
SMTP_PORT=${SMTP_PORT:-1025}
RUN=$DEV/run

demo() {
  local made key
  # What the demo is made of, and the day: its night is always the last one.
  key="$(date +%F) $(demo_key)"
  made=$("$VENV/bin/python" "$ROOT/devtools/demo_database.py" exists "$DEMO_DB")
  if [ "$made" != yes ] || ! stamped "demo-$DEMO_DB" "$key"; then
    rm -f "$STAMPS/demo-$DEMO_DB"
    rm -rf "$DEV/mail"
    service_start mail "$ROOT/devtools/mailcatcher.py" "$DEV/mail" --smtp "$SMTP_PORT" --web "$MAIL_PORT"
    "$VENV/bin/python" "$ROOT/devtools/demo_database.py" make "$DEMO_DB" || die "the demo database could not be made"
    if [ -e "$ROOT/devtools/demo.py" ]; then
      DEMO_PORT=$DEMO_PORT MAIL_PORT=$MAIL_PORT SMTP_PORT=$SMTP_PORT "$VENV/bin/python" "$ROOT/devtools/demo.py" "$DEMO_DB" | tee "$DEV/log/demo.txt" ||
        die "the demo's ledger could not be made"
    fi
    stamp "demo-$DEMO_DB" "$key"
  else
    service_start mail "$ROOT/devtools/mailcatcher.py" "$DEV/mail" --smtp "$SMTP_PORT" --web "$MAIL_PORT"
    cat "$DEV/log/demo.txt" 2>/dev/null || true
  fi
  service_start odoo -m odoo -d "$DEMO_DB" --db-filter "^$DEMO_DB\$" --http-port "$DEMO_PORT" \
    --gevent-port $((DEMO_PORT + 3)) --max-cron-threads=1
  wait_for "http://127.0.0.1:$DEMO_PORT/web/health" odoo
  wait_for "http://127.0.0.1:$MAIL_PORT/" mail
  cat <<TEXT

Odoo    http://127.0.0.1:$DEMO_PORT   user admin, password admin (Invoicing > Customers > Dunning)
Mail    http://127.0.0.1:$MAIL_PORT   what the night sent; nothing leaves this machine (files in .dev/mail)
Ends with ./dev stop
TEXT
}

# The addons and the scripts that make the demo, as a hash; the template that it starts from.
demo_key() { "$VENV/bin/python" "$ROOT/devtools/demo_database.py" key; }

port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Before the set-up, which takes minutes the first time: a demo that runs already is stopped, then the ports are free.
demo_ports() {
  local port
  service_stop odoo
  service_stop mail
  for port in "$DEMO_PORT" "$MAIL_PORT" "$SMTP_PORT"; do
    port_free "$port" || die "port $port of 127.0.0.1 is taken by another program; DEMO_PORT= (Odoo), MAIL_PORT= (mail in the browser) and SMTP_PORT= name others"
  done
}

# service_start NAME PYTHON-ARGUMENT…: in the background, in a session of its own, its log in .dev/log/NAME.log.
service_start() {
  local name=$1
  shift
  mkdir -p "$RUN"
  setsid "$VENV/bin/python" "$@" >"$DEV/log/$name.log" 2>&1 </dev/null &
  echo "$! $(process_start $!)" >"$RUN/$name.pid"
}

# When a process started (ticks since boot): with its number it names one process for ever.
process_start() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

service_running() {
  local pid start
  read -r pid start 2>/dev/null <"$RUN/$1.pid" || return 1
  [ -n "$pid" ] && [ -n "$start" ] && [ "$(process_start "$pid")" = "$start" ]
}

service_stop() {
  local pid _
  if service_running "$1"; then
    read -r pid _ <"$RUN/$1.pid"
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 100); do service_running "$1" || break; sleep 0.1; done
    if service_running "$1"; then kill -9 "$pid" 2>/dev/null || true; sleep 0.2; fi
    say "$1 stopped"
  fi
  rm -f "$RUN/$1.pid"
}

# wait_for URL SERVICE: until the service answers, two minutes at most.
wait_for() {
  local _
  for _ in $(seq 240); do
    "$VENV/bin/python" -c 'import sys, urllib.request
urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1], timeout=5).close()' "$1" 2>/dev/null && return 0
    service_running "$2" || break
    sleep 0.5
  done
  tail -5 "$DEV/log/$2.log" >&2
  die "$2 does not answer at $1 (log: .dev/log/$2.log)"
}
