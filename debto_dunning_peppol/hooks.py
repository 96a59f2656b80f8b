"""What happens at the installation of the addon."""


def pre_init_hook(env):
    """Invoices keep the state that Peppol gave them, since at the latest they were last written.

    Columns that are there already are not computed, which would say that every state began today.
    """
    env.cr.execute("""
        ALTER TABLE account_move ADD COLUMN IF NOT EXISTS dunning_peppol_state varchar,
                                 ADD COLUMN IF NOT EXISTS dunning_peppol_since timestamp;
        UPDATE account_move SET dunning_peppol_state = peppol_move_state, dunning_peppol_since = write_date
         WHERE peppol_move_state IS NOT NULL""")


def post_init_hook(env):
    """Invoices that were rejected before are on hold."""
    env["account.move"]._dunning_hold_rejected()
