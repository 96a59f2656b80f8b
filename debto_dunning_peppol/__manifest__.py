{
    "name": "Dunning: Peppol",
    "summary": "No reminder of an invoice that Peppol did not deliver, or that the customer rejected",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "debto_dunning",
    "website": "https://debto-dunning.example.com",
    "license": "LGPL-3",
    "depends": ["debto_dunning", "account_peppol"],
    "data": [
        "data/mail_activity_type.xml",
        "views/account_move_views.xml",
    ],
    "auto_install": True,
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
}
