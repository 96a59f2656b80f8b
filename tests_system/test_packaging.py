"""The addons as wheels: built, installed beside an Odoo that knows nothing of this repository, and found there."""

import configparser
import os
import subprocess
import sys
import zipfile

import pytest

import addons
import databases
import template
from conftest import ROOT


@pytest.fixture
def site(tmp_path):
    """A folder in which the built wheels are installed."""
    for addon in addons.own():
        build = subprocess.run(
            [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-index", "--no-build-isolation",
             "--wheel-dir", str(tmp_path / "wheels"), str(ROOT / addon)], capture_output=True, text=True, check=False)
        assert build.returncode == 0, build.stderr
    wheels = sorted((tmp_path / "wheels").glob("*.whl"))
    assert len(wheels) == len(addons.own())
    target = tmp_path / "site"
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(target),
                    *map(str, wheels)], check=True)
    return target


@pytest.fixture
def elsewhere(site, tmp_path):
    """The environment of an Odoo that finds our addons only where their wheels are installed."""
    config = configparser.ConfigParser(interpolation=None)
    config.read(os.environ["ODOO_RC"])
    config["options"]["addons_path"] = ",".join(str(path) for path in addons.addons_paths() if path != ROOT)
    with (tmp_path / "odoo.conf").open("w") as stream:
        config.write(stream)
    return {**os.environ, "ODOO_RC": str(tmp_path / "odoo.conf"),
            "PYTHONPATH": f"{os.environ['PYTHONPATH']}:{site}"}


def install(name, environment, folder):
    """Install the main addon and give the versions of all of ours that are installed then."""
    done = subprocess.run(
        [sys.executable, "-m", "odoo", "-d", name, "-i", "debto_dunning", "--stop-after-init", "--no-http"],
        env=environment, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr[-4000:]
    assert " ERROR " not in done.stderr, done.stderr[-4000:]
    return dict(databases.execute(
        "SELECT name, latest_version FROM ir_module_module WHERE name LIKE 'debto_dunning%%' AND state = 'installed'",
        name=name))


def test_wheel_is_found_by_odoo(site, elsewhere, new_db, tmp_path):
    installed = install(new_db(template.ensure()), elsewhere, tmp_path)
    assert installed == {"debto_dunning": addons.own()["debto_dunning"]["version"]}
    assert str(site) in subprocess.run(
        [sys.executable, "-c", "import odoo.addons.debto_dunning as addon; print(addon.__file__)"], cwd=tmp_path,
        env=elsewhere, capture_output=True, text=True, check=False).stdout


def test_glue_is_installed_by_itself(elsewhere, new_db, tmp_path):
    installed = install(new_db(template.ensure_glue()), elsewhere, tmp_path)
    assert installed == {name: addons.own()[name]["version"] for name in addons.split(with_glue=True)[0]}
    assert "debto_dunning_sale" in installed


@pytest.mark.parametrize("addon", addons.own())
def test_wheel_holds_what_the_addon_needs(addon, tmp_path):
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-index", "--no-build-isolation",
                    "--wheel-dir", str(tmp_path), str(ROOT / addon)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
        metadata = archive.read(next(name for name in files if name.endswith("/METADATA"))).decode()
    packed = {name.removeprefix(f"odoo/addons/{addon}/") for name in files}
    manifest = addons.own()[addon]
    assert {*manifest.get("data", []), "__manifest__.py", "static/description/icon.png", "i18n/nl.po"} <= packed
    for package in manifest.get("external_dependencies", {}).get("python", ()):
        assert f"Requires-Dist: {package}" in metadata
    for depend in set(manifest["depends"]) & set(addons.own()):
        assert f"Requires-Dist: odoo-addon-{depend}" in metadata
    assert f"License: {manifest['license']}" in metadata
