"""The addon as a wheel: built, installed beside an Odoo that knows nothing of this repository, and found there."""

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


def test_wheel_is_found_by_odoo(site, new_db, tmp_path):
    config = configparser.ConfigParser(interpolation=None)
    config.read(os.environ["ODOO_RC"])
    paths = [path for path in addons.addons_paths() if path != ROOT]
    config["options"]["addons_path"] = ",".join(map(str, paths))
    with (tmp_path / "odoo.conf").open("w") as stream:
        config.write(stream)
    name = new_db(template.ensure())
    done = subprocess.run(
        [sys.executable, "-m", "odoo", "-d", name, "-i", "debto_dunning", "--stop-after-init", "--no-http"],
        env={**os.environ, "ODOO_RC": str(tmp_path / "odoo.conf"),
             "PYTHONPATH": f"{os.environ['PYTHONPATH']}:{site}"},
        capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-4000:]
    rows = databases.execute("SELECT state, latest_version FROM ir_module_module WHERE name = 'debto_dunning'",
                             name=name)
    assert rows == [("installed", addons.own()["debto_dunning"]["version"])]
    assert str(site) in subprocess.run(
        [sys.executable, "-c", "import odoo.addons.debto_dunning as addon; print(addon.__file__)"], cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{os.environ['PYTHONPATH']}:{site}"}, capture_output=True, text=True,
        check=False).stdout


def test_wheel_holds_what_the_addon_needs(tmp_path):
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-index", "--no-build-isolation",
                    "--wheel-dir", str(tmp_path), str(ROOT / "debto_dunning")], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
        metadata = archive.read(next(name for name in files if name.endswith("/METADATA"))).decode()
    packed = {name.removeprefix("odoo/addons/debto_dunning/") for name in files}
    assert set(addons.own()["debto_dunning"]["data"]) | {"__manifest__.py"} <= packed
    for package in addons.own()["debto_dunning"]["external_dependencies"]["python"]:
        assert f"Requires-Dist: {package}" in metadata
