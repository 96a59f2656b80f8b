"""What happens at the installation, the update and the removal of the addon."""

import io
import json
import logging

import psycopg2
from lxml import etree

from odoo.exceptions import UserError
from odoo.tools import SQL, convert, file_open, mute_logger

from .models.payment.res_partner_bank import EPC_METHOD

_logger = logging.getLogger(__name__)

MODULE = "debto_dunning"
#: Policies, laws, rates, segments, types of activities, kinds of disputes and words of answers to start from: the
#: user's own once they are there, to change and to delete. Their records say forcecreate="False", so that an update
#: does not bring back what was deleted.
SHIPPED_FILES = (
    "data/mail_activity_type.xml", "data/dunning_policies.xml", "data/dunning_interest_rates.xml",
    "data/dunning_laws.xml", "data/dunning_segments.xml", "data/dunning_disputes.xml", "data/dunning_reply_rules.xml")
#: The system parameter with the names of the shipped records that this database has had.
SHIPPED_PARAMETER = "debto_dunning.shipped_records"


def read_shipped_records():
    """The shipped records in their order, as {external id without module: element of the data file}."""
    records = {}
    for path in SHIPPED_FILES:
        with file_open(f"{MODULE}/{path}", "rb") as stream:
            for element in etree.parse(stream).getroot().iter("record"):
                records[element.get("id")] = element
    return records


def create_new_records(env):
    """Create the shipped records that this database has never had, as a new version brings them.

    One that belongs to something deleted (a rate of a kind, a step of a policy), or of which the user has entered the
    like already, is left out.
    """
    parameters = env["ir.config_parameter"]
    known = set(json.loads(parameters.get_param(SHIPPED_PARAMETER) or "[]"))
    shipped = read_shipped_records()
    for name, element in shipped.items():
        if name in known or env.ref(f"{MODULE}.{name}", raise_if_not_found=False):
            continue
        root = etree.Element("odoo", noupdate="1")
        root.append(element)
        document = io.BytesIO(etree.tostring(root))
        document.name = f"{MODULE}/{name}"
        try:
            # a constraint that refuses the record is no error here
            with mute_logger("odoo.sql_db"), env.cr.savepoint():
                convert.convert_xml_import(env, MODULE, document, {}, "init", noupdate=True)
        except (convert.ParseError, UserError, psycopg2.IntegrityError) as error:
            _logger.info("The new record %s is left out: %s", name, error)
    remember_shipped_records(env, known)


def remember_shipped_records(env, known=()):
    """Store which shipped records this database has had; what is missing of them from now on was deleted."""
    names = {*known, *read_shipped_records()}
    env["ir.config_parameter"].set_param(SHIPPED_PARAMETER, json.dumps(sorted(names)))


def reset_qr_code_method(env):
    """Forget our QR method wherever it is stored: a record that names a method no longer there cannot be printed.

    Odoo then chooses anew. By SQL, for it touches every invoice ever printed and changes none of their content.
    """
    for model_name in ("account.move", "pos.payment.method"):
        if model_name not in env or "qr_code_method" not in env[model_name]._fields:
            continue
        model = env[model_name]
        model.flush_model(["qr_code_method"])
        env.cr.execute(
            SQL(
                "UPDATE %(table)s SET qr_code_method = NULL WHERE qr_code_method = %(method)s",
                table=SQL.identifier(model._table),
                method=EPC_METHOD,
            )
        )
        model.invalidate_model(["qr_code_method"])


def post_init_hook(env):
    """Give every company the friendly policy to start from; nothing is switched on."""
    remember_shipped_records(env)
    policy = env.ref("debto_dunning.policy_friendly")
    companies = env["res.company"].with_context(active_test=False).search([("parent_id", "=", False)])
    for name in ("dunning_policy_id", "dunning_consumer_policy_id"):
        companies.filtered(lambda company, name=name: not company[name])[name] = policy


def uninstall_hook(env):
    """Leave Odoo as it was: no invoice names our QR method, no customer carries our warning, no activity or message
    points to what is gone.
    """
    reset_qr_code_method(env)
    env["ir.config_parameter"].set_param(SHIPPED_PARAMETER, False)
    for debtor in env["dunning.debtor"].with_context(active_test=False).search([("delivery_warning", "!=", False)]):
        debtor._replace_warning(False)
