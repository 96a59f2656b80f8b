{
    "name": "Dunning: Companyweb",
    "summary": "Scores, limits and warnings of Companyweb as credit reports",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "debto_dunning",
    "website": "https://debto-dunning.example.com",
    "license": "AGPL-3",
    "depends": ["debto_dunning", "companyweb_base"],
    "external_dependencies": {"python": ["requests", "zeep"]},
    "data": ["views/dunning_credit_provider_views.xml"],
    "auto_install": True,
}
