{
    "name": "Dunning: Inventory",
    "summary": "A warning on deliveries to customers who are on hold",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "debto_dunning",
    "website": "https://debto-dunning.example.com",
    "license": "LGPL-3",
    "depends": ["debto_dunning", "stock"],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
