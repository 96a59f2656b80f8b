# Sets up what Odoo needs below $DEV: system packages where the machine lacks them, Odoo 19, the Python packages,
# wkhtmltopdf, addons of the OCA, a PostgreSQL cluster, the configuration. Sourced by ./dev. Every step leaves a stamp
# of what it was made of, so that the second call only compares.

VENV=$DEV/venv
STAMPS=$DEV/stamps
ASSETS_SID="libjs-jquery libjs-underscore libjs-jquery-form fonts-roboto-unhinted fonts-montserrat fonts-ocr-b"
# Font Awesome 7 of newer suites lacks the files that Odoo links to.
ASSETS_BOOKWORM="fonts-font-awesome fonts-inconsolata"

say() { printf '%s\n' "$*" >&2; }
die() { say "./dev: $*"; exit 1; }
stamped() { [ "$(cat "$STAMPS/$1" 2>/dev/null)" = "$2" ]; }
stamp() { printf '%s' "$2" >"$STAMPS/$1"; }

setup() {
  mkdir -p "$DEV" "$STAMPS" "$DEV/log" "$DEV/bin" "$DEV/data"
  # Two calls at once: the second waits for the first, then finds everything done.
  exec 9>"$DEV/lock"
  flock 9
  setup_system
  # Side by side: one mostly unpacks, the other mostly waits for the network.
  local odoo venv status=0
  setup_odoo &
  odoo=$!
  setup_venv &
  venv=$!
  wait $odoo || status=1
  wait $venv || status=1
  [ $status = 0 ] || exit 1
  setup_oca
  setup_environment
  postgres_start
  touch "$DEV/ready"
  exec 9>&-
}

# --- system packages -------------------------------------------------------------------------------------------

has_library() { [ -n "$(ldconfig -p 2>/dev/null | grep -F "$1")" ] || ls /usr/lib/*/"$1"* >/dev/null 2>&1; }

# Python 3.13 or newer, or, where there is no Python yet, a Debian that will bring it: PyPI has no rl-renderPM for it.
newest_python() {
  if [ -n "$1" ]; then
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 13))'
  else
    [ "$(. /etc/os-release 2>/dev/null; echo "${VERSION_ID:-0}" | cut -d. -f1)" -ge 13 ]
  fi
}

# Debian packages that are missing, found by what they bring, so that another way of having it counts too.
missing_packages() {
  local python
  python=$(find_python)
  [ -n "$python" ] || echo python3
  [ -n "$python" ] && "$python" -c 'import venv, ensurepip' 2>/dev/null || echo python3-venv
  if newest_python "$python"; then
    "${python:-false}" -c 'import _rl_renderPM, reportlab' 2>/dev/null || echo python3-rl-renderpm python3-reportlab
  fi
  [ -n "${PGHOST:-}" ] || [ -n "$(postgres_bin)" ] || echo postgresql
  has_library libXrender.so.1 || echo libxrender1
  has_library libXext.so.6 || echo libxext6
  has_library libfontconfig.so.1 || echo libfontconfig1
  has_library libfreetype.so.6 || echo libfreetype6
  has_library libmagic.so.1 || echo libmagic1
  command -v fc-list >/dev/null || echo fontconfig
  command -v fc-list >/dev/null && [ -n "$(fc-list 2>/dev/null | head -1)" ] || echo fonts-dejavu-core
  [ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
  command -v git >/dev/null || echo git
}

# Wanted by tests only: a browser for the tours, a reader of PDF files that is not the writer's own.
missing_test_packages() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || echo chromium
  command -v pdftotext >/dev/null || echo poppler-utils
}

setup_system() {
  local needed wanted
  needed=$(missing_packages | xargs)
  wanted=$(missing_test_packages | xargs)
  [ -n "$needed$wanted" ] || return 0
  if ! command -v apt-get >/dev/null; then
    [ -z "$needed" ] || die "this machine has no apt-get; please install what Debian calls: $needed"
    say "./dev: no apt-get; tests will miss what Debian calls: $wanted"
    return 0
  fi
  if [ "$(id -u)" != 0 ]; then
    [ -z "$needed" ] || die "not root; please have installed: apt-get install $needed $wanted"
    say "./dev: not root; tests will miss: $wanted (apt-get install $wanted)"
    return 0
  fi
  say "installing Debian packages: $needed $wanted"
  case " $needed " in *" postgresql "*)
    # The machine's own server must not start: the project runs a cluster of its own.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
      echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  esac
  {
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $needed $wanted
  } >"$DEV/log/apt.log" 2>&1 </dev/null || {
    tail -5 "$DEV/log/apt.log" >&2
    [ -z "$needed" ] || die "apt-get could not install: $needed (whole text in .dev/log/apt.log)"
  }
}

# --- Odoo ------------------------------------------------------------------------------------------------------

setup_odoo() {
  local origin
  if [ -n "${ODOO_SRC:-}" ]; then
    [ -e "$ODOO_SRC/odoo/release.py" ] || die "ODOO_SRC=$ODOO_SRC holds no odoo/release.py"
    origin="src $(readlink -f "$ODOO_SRC")"
  elif [ -n "${ODOO_DEB:-}" ]; then
    [ -r "$ODOO_DEB" ] || die "ODOO_DEB=$ODOO_DEB cannot be read"
    origin="deb $(stat -c '%s' "$ODOO_DEB") $(basename "$ODOO_DEB")"
  elif [ -e "$STAMPS/odoo" ]; then
    origin=$(cat "$STAMPS/odoo")
  else
    origin="archive"
  fi
  case $origin in src*) [ -d "${origin#src }" ] || die "Odoo's source ${origin#src } is gone; ODOO_SRC= or ODOO_DEB= names one" ;; esac
  stamped odoo "$origin" && return 0
  case $origin in
    src*) rm -rf "$DEV/odoo"; mkdir -p "$DEV/odoo" ;;
    *) unpack_odoo "${ODOO_DEB:-}" ;;
  esac
  rm -f "$STAMPS/template"
  stamp odoo "$origin"
}

# Fetches packages of a suite by a private apt configuration: the machine's own lists stay as they are.
# fetch_debs SUITE PACKAGE…
fetch_debs() {
  local suite=$1 site private=$DEV/apt/$1
  shift
  command -v apt-get >/dev/null || die "no apt-get to fetch Odoo with; give ODOO_SRC= or ODOO_DEB="
  site=$(apt-get indextargets --format '$(SITE)' 2>/dev/null | grep -v security | sort -u | head -1)
  [ -n "$site" ] || die "this machine's apt knows no archive; give ODOO_SRC= or ODOO_DEB="
  mkdir -p "$private/lists/partial" "$private/cache/archives/partial" "$DEV/downloads"
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg signed=
  [ -e $keyring ] && signed="[signed-by=$keyring]"
  echo "deb $signed $site $suite main" >"$private/sources.list"
  local apt=(apt-get -qq -o "Dir::Etc::SourceList=$private/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$private/lists" -o "Dir::Cache=$private/cache" -o APT::Sandbox::User="$(id -un)")
  "${apt[@]}" update >"$DEV/log/fetch-$suite.log" 2>&1 &&
    (cd "$DEV/downloads" && "${apt[@]}" download "$@") >>"$DEV/log/fetch-$suite.log" 2>&1
}

find_deb() { find "$@" -maxdepth 1 -name "$name"'_*.deb' 2>/dev/null | sort -V | tail -1; }

# unpack_odoo [FILE]: unpacks Debian's odoo-19 with the web assets that the package takes from others.
unpack_odoo() {
  local file=$1 name suite wanted deb dir=$DEV/odoo.new where=("$DEV/downloads")
  mkdir -p "$DEV/downloads"
  [ -n "$file" ] && where+=("$(dirname "$(readlink -f "$file")")")
  for suite in sid bookworm; do
    wanted=
    [ $suite = sid ] && [ -z "$file" ] && wanted=odoo-19
    [ $suite = sid ] && wanted="$wanted $ASSETS_SID" || wanted=$ASSETS_BOOKWORM
    local absent=()
    for name in $wanted; do [ -n "$(find_deb "${where[@]}")" ] || absent+=("$name"); done
    [ ${#absent[@]} = 0 ] && continue
    say "fetching from Debian $suite: ${absent[*]}"
    fetch_debs $suite "${absent[@]}" || {
      tail -3 "$DEV/log/fetch-$suite.log" >&2
      die "could not fetch ${absent[*]} from Debian's suite $suite. Without network, or where the package is no longer there: ODOO_SRC=DIR or ODOO_DEB=FILE"
    }
  done
  say "unpacking Odoo"
  rm -rf "$dir"
  mkdir -p "$dir"
  for name in odoo-19 $ASSETS_SID $ASSETS_BOOKWORM; do
    deb=$(find_deb "${where[@]}")
    [ $name = odoo-19 ] && [ -n "$file" ] && deb=$file
    dpkg-deb -x "$deb" "$dir" || die "cannot unpack $deb"
  done
  local packages=$dir/usr/lib/python3/dist-packages
  # Debian leaves this file out (background blur in calls); without it every page logs an asset error.
  mkdir -p "$packages/odoo/addons/mail/static/lib/selfie_segmentation"
  local blur=$packages/odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
  [ -s "$blur" ] || { rm -f "$blur"; : >"$blur"; }
  local broken
  broken=$(find "$dir" -xtype l | head -3)
  [ -z "$broken" ] || say "./dev: links without target in Odoo's package: $broken"
  rm -rf "$DEV/odoo"
  mv "$dir" "$DEV/odoo"
}

# --- Python ----------------------------------------------------------------------------------------------------

find_python() {
  local python
  for python in ${PYTHON:-} /usr/bin/python3 python3; do
    command -v "$python" >/dev/null && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' &&
      { command -v "$python"; return; }
  done
  return 0
}

setup_venv() {
  local python key
  if [ -x "$VENV/bin/python" ] && stamped venv "$(venv_key "$VENV/bin/python")"; then return 0; fi
  python=$(find_python)
  [ -n "$python" ] || die "no Python 3.10 or newer; PYTHON= names one"
  key=$(venv_key "$python")
  if [ ! -x "$VENV/bin/python" ] || [ "$(stamped_python)" != "${key%% *}" ]; then
    local option=
    if newest_python "$python"; then option=--system-site-packages; fi
    rm -rf "$VENV"
    "$python" -m venv $option "$VENV" || die "cannot make a Python environment with $python"
  fi
  say "installing Python packages ($("$python" --version))"
  "$VENV/bin/python" -m pip install -q -r "$ROOT/devtools/requirements.txt" >"$DEV/log/pip.log" 2>&1 || {
    tail -5 "$DEV/log/pip.log" >&2
    die "could not install the Python packages (no network? whole text in .dev/log/pip.log)"
  }
  # Debian's own wkhtmltopdf is built without the patched Qt: no page headers, no documents side by side.
  ln -sfn "$VENV/bin/wkhtmltopdf-pack" "$DEV/bin/wkhtmltopdf"
  stamp venv "$key"
}

# Of a set that only changed the same environment is brought up to date: others may be running in it.
stamped_python() { cut -d' ' -f1 "$STAMPS/venv" 2>/dev/null; }

venv_key() { echo "$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])') $(sha256sum <"$ROOT/devtools/requirements.txt")"; }

# --- OCA's addons ------------------------------------------------------------------------------------------------

# They name «odoo» among their dependencies, which PyPI does not have: hence --no-deps; what they need besides stands in
# requirements.txt. Their glue addons are left out where they cannot be had, the rest goes on.
setup_oca() {
  local key
  key=$(sha256sum <"$ROOT/devtools/requirements-oca.txt")
  stamped oca "$key" && return 0
  say "fetching addons of the OCA"
  rm -rf "$DEV/oca.new"
  if "$VENV/bin/python" -m pip install -q --no-deps --target "$DEV/oca.new" -r "$ROOT/devtools/requirements-oca.txt" \
      >"$DEV/log/oca.log" 2>&1; then
    rm -rf "$DEV/oca"
    mv "$DEV/oca.new" "$DEV/oca"
    stamp oca "$key"
  else
    say "./dev: could not fetch the addons of devtools/requirements-oca.txt (.dev/log/oca.log); tests go on without them"
  fi
}

# --- environment -----------------------------------------------------------------------------------------------

# Exports PATH, PYTHONPATH, ODOO_RC and the connection, and writes the configuration that ODOO_RC names.
setup_environment() {
  local base addons
  case $(cat "$STAMPS/odoo") in
    src*)
      base=$(cut -d' ' -f2- "$STAMPS/odoo")
      addons=$base/odoo/addons
      [ ! -d "$base/addons" ] || addons=$addons,$base/addons
      ;;
    *) base=$DEV/odoo/usr/lib/python3/dist-packages; addons=$base/odoo/addons ;;
  esac
  [ ! -d "$DEV/oca/odoo/addons" ] || addons=$addons,$DEV/oca/odoo/addons
  export PATH=$DEV/bin:$VENV/bin:$PATH
  export PYTHONPATH=$base${PYTHONPATH:+:$PYTHONPATH}
  if [ -n "${PGHOST:-}" ]; then
    export PGUSER=${PGUSER:-odoo}
    ODOO_RC=$DEV/odoo.$(printf '%s' "$PGHOST ${PGPORT:-} $PGUSER" | sha256sum | cut -c1-8).conf
  else
    ODOO_RC=$DEV/odoo.conf
    postgres_environment
  fi
  export ODOO_RC
  (umask 077; cat >"$ODOO_RC.$$" <<CONF
[options]
addons_path = $addons,$ROOT
data_dir = $DEV/data
db_host = $PGHOST
db_port = ${PGPORT:-5432}
db_user = $PGUSER
http_interface = 127.0.0.1
gevent_port = 8072
max_cron_threads = 1
${PGPASSWORD:+db_password = $PGPASSWORD}
CONF
  )
  cmp -s "$ODOO_RC.$$" "$ODOO_RC" 2>/dev/null && rm "$ODOO_RC.$$" || mv "$ODOO_RC.$$" "$ODOO_RC"
}
