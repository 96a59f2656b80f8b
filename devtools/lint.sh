# ruff, pylint-odoo and OCA's checks, in a Python environment of their own. Sourced by ./dev.

LINT=$DEV/venv-lint

setup_lint() {
  local python key
  mkdir -p "$DEV/log" "$STAMPS"
  setup_system
  python=$(find_python)
  [ -n "$python" ] || die "no Python 3.10 or newer; PYTHON= names one"
  key="$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') $(sha256sum <"$ROOT/devtools/requirements-lint.txt")"
  if [ -x "$LINT/bin/ruff" ] && stamped venv-lint "$key"; then return 0; fi
  say "installing the linters"
  rm -rf "$LINT"
  "$python" -m venv "$LINT" &&
    "$LINT/bin/python" -m pip install -q -r "$ROOT/devtools/requirements-lint.txt" >"$DEV/log/pip-lint.log" 2>&1 || {
    tail -5 "$DEV/log/pip-lint.log" >&2
    die "could not install the linters (no network? whole text in .dev/log/pip-lint.log)"
  }
  stamp venv-lint "$key"
}

# lint [--fix]: with --fix what the tools can mend by themselves is mended first.
lint() {
  local status=0 addons translations
  [ $# = 0 ] || [ "$*" = --fix ] || die "usage: ./dev lint [--fix]"
  cd "$ROOT"
  export PATH=$LINT/bin:$PATH
  addons=$(ls -d -- */__manifest__.py | xargs -n 1 dirname)
  translations=$(find $addons \( -name '*.po' -o -name '*.pot' \) | sort)
  if [ "${1:-}" = --fix ]; then
    ruff check --no-cache --quiet --fix . || true
    oca-checks-odoo-module --no-verbose --no-exit --fix $addons >/dev/null || true
  fi
  ruff check --no-cache . || status=1
  # A model of several concepts (a run that decides, prepares, counts) has a file for each, all under its one name.
  # Told here, as the settings' «enable» of all of pylint-odoo would win over a «disable» beside it.
  pylint --rcfile=.pylintrc --disable=consider-merging-classes-inherited $addons || status=1
  oca-checks-odoo-module $addons || status=1
  [ -z "$translations" ] || oca-checks-po $translations || status=1
  [ $status != 0 ] || say "lint: nothing found"
  return $status
}
