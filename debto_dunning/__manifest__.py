{
    "name": "Dunning: get paid, keep the customer",
    "summary": "Reminders that escalate by themselves, one log of every contact, QR payment codes",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "debto_dunning",
    "website": "https://debto-dunning.example.com",
    "license": "LGPL-3",
    "depends": ["account", "account_payment", "portal", "mail"],
    "external_dependencies": {"python": ["qrcode", "requests"]},
    "data": [
        "report/invoice_report.xml",
    ],
    "demo": [],
    "application": True,
    "installable": True,
}
