"""Updates of the addon: what a user deleted or changed stays so, and what a new version brings comes."""

import configparser
import os
import shutil
import subprocess
import sys

import pytest

import addons
import nights

#: What a user does to the records that came with the installation.
DELETE = """
for name in ("policy_strict", "level_consumers_2", "interest_rate_ecb_2026_2", "interest_kind_fr_legal",
             "law_nl_business_tier_4", "law_nl_consumer", "segment_trusted"):
    record = env.ref(f"debto_dunning.{name}")
    if record._name == "dunning.interest.kind":
        record.law_ids.interest_kind_id = False
    record.unlink()
env.ref("debto_dunning.level_friendly_1").write({"name": "My own words", "days": 12})
env.ref("debto_dunning.interest_rate_ecb_2026_1").percent = 1.23
env.ref("debto_dunning.law_be_business").active = False
env["dunning.interest.rate"].create({
    "kind_id": env.ref("debto_dunning.interest_kind_de_base").id, "date": "2031-01-01", "percent": 9,
    "source": "Mine"})
provider = env["dunning.credit.provider"].create({"name": "Service", "code": "json", "password": "s3cret"})
env.cr.commit()
"""
#: How many there are of each, and what the user changed.
STATE = """
names = ("dunning.policy", "dunning.level", "dunning.interest.kind", "dunning.interest.rate", "dunning.law",
         "dunning.law.tier", "dunning.segment")
level = env.ref("debto_dunning.level_friendly_1")
answer([
    {name: env[name].with_context(active_test=False).search_count([]) for name in names},
    [level.name, level.days, env.ref("debto_dunning.interest_rate_ecb_2026_1").percent,
     env.ref("debto_dunning.law_be_business").active],
    env["dunning.credit.provider"].search([("name", "=", "Service")]).password])
"""
#: What the newer version brings: a rate, a step, a law with its scale; besides, records that have no place: a rate of
#: which the user has the like, a step of a deleted policy, a rate of a deleted kind.
NEW_RATES = """
    <record id="interest_rate_ecb_2031_1" model="dunning.interest.rate" forcecreate="False">
        <field name="kind_id" ref="interest_kind_ecb"/>
        <field name="date">2031-01-01</field><field name="percent" eval="4"/><field name="source">New</field>
    </record>
    <record id="interest_rate_de_base_2031_1" model="dunning.interest.rate" forcecreate="False">
        <field name="kind_id" ref="interest_kind_de_base"/>
        <field name="date">2031-01-01</field><field name="percent" eval="4"/><field name="source">New</field>
    </record>
    <record id="interest_rate_fr_2031_1" model="dunning.interest.rate" forcecreate="False">
        <field name="kind_id" ref="interest_kind_fr_legal"/>
        <field name="date">2031-01-01</field><field name="percent" eval="4"/><field name="source">New</field>
    </record>
"""
NEW_LEVELS = """
    <record id="level_friendly_5" model="dunning.level" forcecreate="False">
        <field name="policy_id" ref="policy_friendly"/><field name="number" eval="5"/>
        <field name="name">New step</field><field name="days" eval="40"/>
        <field name="subject">Pay</field><field name="body">Pay</field>
    </record>
    <record id="level_strict_5" model="dunning.level" forcecreate="False">
        <field name="policy_id" ref="policy_strict"/><field name="number" eval="5"/>
        <field name="name">New step</field><field name="days" eval="40"/>
        <field name="subject">Pay</field><field name="body">Pay</field>
    </record>
"""
NEW_LAWS = """
    <record id="law_lu_new" model="dunning.law" forcecreate="False">
        <field name="name">New law</field><field name="kind">business</field><field name="country_id" ref="base.ie"/>
        <field name="date_from">2030-01-01</field><field name="source">New</field>
    </record>
    <record id="law_lu_new_tier_1" model="dunning.law.tier" forcecreate="False">
        <field name="law_id" ref="law_lu_new"/><field name="above" eval="0"/><field name="flat" eval="7"/>
    </record>
"""


def update(name, environment=None):
    done = subprocess.run(
        [sys.executable, "-m", "odoo", "-u", "debto_dunning", "-d", name, "--stop-after-init", "--no-http"],
        capture_output=True, text=True, check=False, cwd=nights.ROOT, env=environment)
    assert done.returncode == 0, done.stderr[-6000:]
    bad = [line for line in done.stderr.splitlines() if " ERROR " in line or " CRITICAL " in line]
    assert not bad, "\n".join(bad)


@pytest.fixture
def newer_version(tmp_path):
    """A function `make(version)` that gives the environment of an Odoo with a newer version of the addon."""
    def make(version):
        folder = tmp_path / version
        shutil.copytree(nights.ROOT / "debto_dunning", folder / "debto_dunning",
                        ignore=shutil.ignore_patterns("__pycache__"))
        for file, text in (("dunning_interest_rates", NEW_RATES), ("dunning_policies", NEW_LEVELS),
                           ("dunning_laws", NEW_LAWS)):
            path = folder / "debto_dunning" / "data" / f"{file}.xml"
            path.write_text(path.read_text().replace("</odoo>", f"{text}</odoo>"))
        manifest = folder / "debto_dunning" / "__manifest__.py"
        old = addons.own()["debto_dunning"]["version"]
        manifest.write_text(manifest.read_text().replace(f'"{old}"', f'"{version}"'))
        config = configparser.ConfigParser(interpolation=None)
        config.read(os.environ["ODOO_RC"])
        config["options"]["addons_path"] = ",".join(
            [*(str(path) for path in addons.addons_paths() if path != addons.ROOT), str(folder)])
        with (folder / "odoo.conf").open("w") as stream:
            config.write(stream)
        return {**os.environ, "ODOO_RC": str(folder / "odoo.conf")}

    return make


def test_deleted_stays_deleted_and_new_comes(fresh_db, odoo_shell, newer_version):
    odoo_shell(fresh_db, DELETE)
    before, changed, password = odoo_shell(fresh_db, STATE)
    assert changed == ["My own words", 12, 1.23, False]

    update(fresh_db)
    assert odoo_shell(fresh_db, STATE) == [before, changed, password]

    update(fresh_db, newer_version("19.0.9.0.0"))
    after = odoo_shell(fresh_db, STATE)
    assert after[1:] == [changed, "s3cret"]
    more = {name: after[0][name] - count for name, count in before.items() if after[0][name] != count}
    assert more == {"dunning.level": 1, "dunning.interest.rate": 1, "dunning.law": 1, "dunning.law.tier": 1}

    # what a version brought can be deleted as well
    odoo_shell(fresh_db, 'env.ref("debto_dunning.level_friendly_5").unlink()\nenv.cr.commit()')
    update(fresh_db, newer_version("19.0.9.1.0"))
    assert not odoo_shell(fresh_db, 'answer(bool(env.ref("debto_dunning.level_friendly_5", False)))')
    assert odoo_shell(fresh_db, 'answer(bool(env.ref("debto_dunning.interest_rate_ecb_2031_1", False)))')
