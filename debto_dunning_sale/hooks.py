"""What happens at the installation and the removal of the addon."""

WARNING_FIELDS = ["sale_warn_msg"]


def post_init_hook(env):
    """Customers whose deliveries are on hold already get their warning."""
    env["dunning.debtor"]._connect_delivery_warnings()


def uninstall_hook(env):
    """No customer carries our warning any more where this addon has put it."""
    env["dunning.debtor"]._disconnect_delivery_warnings(WARNING_FIELDS)
