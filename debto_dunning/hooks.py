"""What happens at the installation and the removal of the addon."""

from odoo.tools import SQL

from .models.payment.res_partner_bank import EPC_METHOD


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
    policy = env.ref("debto_dunning.policy_friendly")
    companies = env["res.company"].with_context(active_test=False).search([("parent_id", "=", False)])
    for name in ("dunning_policy_id", "dunning_consumer_policy_id"):
        companies.filtered(lambda company, name=name: not company[name])[name] = policy


def uninstall_hook(env):
    """Leave Odoo as it was: no invoice names our QR method, no customer carries our warning, no activity or message
    points to what is gone.
    """
    reset_qr_code_method(env)
    for debtor in env["dunning.debtor"].with_context(active_test=False).search([("delivery_warning", "!=", False)]):
        debtor._replace_warning(False)
