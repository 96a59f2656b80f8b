"""What happens at the installation and the removal of the addon."""

from odoo.tools import SQL

from .models.res_partner_bank import EPC_METHOD


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
