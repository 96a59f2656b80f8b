{
    "name": "Dunning: Sales",
    "summary": "The customer's risk on quotations, prepayment by segment, orders in the exposure",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "debto_dunning",
    "website": "https://debto-dunning.example.com",
    "license": "LGPL-3",
    "depends": ["debto_dunning", "sale"],
    "data": [
        "report/sale_order_report.xml",
        "views/sale_order_views.xml",
        "views/sale_portal_templates.xml",
    ],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
