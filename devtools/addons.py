"""The addons of this repository, and what they depend on."""

import ast
import configparser
import hashlib
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def addons_paths():
    config = configparser.ConfigParser(interpolation=None)
    config.read(os.environ["ODOO_RC"])
    return [pathlib.Path(path) for path in config["options"]["addons_path"].split(",")]


def manifest(path):
    return ast.literal_eval((path / "__manifest__.py").read_text(encoding="utf-8"))


def own():
    """The addons at the root by name: their manifests, without those that say they are not installable."""
    found = {path.parent.name: manifest(path.parent) for path in sorted(ROOT.glob("*/__manifest__.py"))}
    return {name: data for name, data in found.items() if data.get("installable", True)}


def is_glue(name):
    """Whether an own addon joins another own one with something else, and is installed by itself beside both."""
    return bool(set(manifest(ROOT / name).get("depends", ())) & set(own()))


def split(with_glue=False):
    """What to install for the tests: `(ours, theirs, left_out)`.

    `ours` are the own addons that can be installed here, `theirs` what they depend on, and `left_out` own addons
    with the dependencies that are nowhere on the addons path. The glue addons are among them only `with_glue`: what
    they need beside (sales, addons of others) the main addon must do without.
    """
    addons = {name: data for name, data in own().items() if with_glue or not is_glue(name)}
    paths = addons_paths()
    theirs, left_out = set(), {}
    for name, data in addons.items():
        outside = [depend for depend in data.get("depends", []) if depend not in addons]
        missing = [depend for depend in outside if not any((path / depend / "__manifest__.py").exists()
                                                           for path in paths)]
        if missing:
            left_out[name] = missing
        else:
            theirs.update(outside)
    return [name for name in addons if name not in left_out], sorted(theirs), left_out


def digest(*patterns):
    """A short hash of the contents of the files at the root that match glob patterns."""
    result = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if path.is_file() and "__pycache__" not in path.parts:
            result.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return result.hexdigest()[:12]
