"""The demo's company: Belgian chart of accounts, languages, users, bank, payment terms, products, currency rates."""
import base64
import datetime as dt
import io

from odoo.fields import Command

import demo_numbers
from demo_data import COMPANY, LANGUAGES, PRODUCTS, USERS


def prepare(env, today, rng):
    """Make the only company of a new database the demo's; returns it.

    :raises RuntimeError: when the company has entries already, or the Belgian chart is not installed
    """
    company = env["res.company"].search([], order="id", limit=1)
    if env["account.move.line"].search_count([("company_id", "=", company.id)], limit=1):
        raise RuntimeError(f"{company.name} has accounting entries already: the demo wants a new database")
    if "be_comp" not in env["account.chart.template"]._get_chart_template_mapping():
        raise RuntimeError("the Belgian chart of accounts is missing: install l10n_be first")
    _load_languages(env)
    _identify(env, company, rng)
    env["account.chart.template"].try_loading("be_comp", company=company, install_demo=False)
    _open_bank(env, company, rng)
    _publish_rates(env, company, today, rng)
    _hire(env, company)
    _dress(env, company)
    # the demo answers on this machine alone, and its messages lead to it all the same
    env["ir.config_parameter"].set_param("debto_dunning.page_links_anywhere", "True")
    env.flush_all()
    return company


def _load_languages(env):
    missing = [code for code in LANGUAGES if not env["res.lang"]._get_data(code=code)]
    for code in missing:
        env["res.lang"]._activate_lang(code)
    if missing:
        env["ir.module.module"].search([("state", "=", "installed")])._update_translations(missing)


def _identify(env, company, rng):
    domain = env["mail.alias.domain"].search([("name", "=", COMPANY["domain"])], limit=1)
    domain = domain or env["mail.alias.domain"].create({"name": COMPANY["domain"]})
    # without the key, a new country would install other addons of that country, some of which want the network
    company.with_context(chart_template_load=True).write({
        "name": COMPANY["name"],
        "country_id": env.ref("base.be").id,
        "vat": demo_numbers.vat("BE", rng),
        "alias_domain_id": domain.id,
        **{key: COMPANY[key] for key in ("street", "zip", "city", "phone", "email", "website")},
    })
    company.partner_id.write({"lang": "nl_BE", "tz": "Europe/Brussels"})
    env.user.tz = "Europe/Brussels"


def _open_bank(env, company, rng):
    name, bic = COMPANY["bank"]
    bank = env["res.bank"].create({"name": name, "bic": bic, "country": env.ref("base.be").id})
    journals = env["account.journal"].search([("company_id", "=", company.id)])
    current = journals.filtered(lambda journal: journal.type == "bank")[:1]
    savings = env["account.journal"].create({
        "name": f"{name} spaarrekening", "code": "BNK2", "type": "bank", "company_id": company.id})
    for journal, title in ((current, f"{name} zichtrekening"), (savings, savings.name)):
        account = env["res.partner.bank"].create({
            "acc_number": demo_numbers.iban("BE", rng), "partner_id": company.partner_id.id, "bank_id": bank.id,
            "company_id": company.id, "allow_out_payment": True})
        journal.write({"name": title, "bank_account_id": account.id})
    journals.filtered(lambda journal: journal.type == "sale")[:1].write({
        "invoice_reference_type": "invoice", "invoice_reference_model": "be"})
    company.qr_code = True


def _publish_rates(env, company, today, rng):
    """Two and a half years of monthly rates, each a small step from the month before."""
    values = []
    for code, rate in (("USD", 1.09), ("GBP", 0.86)):
        currency = env.ref(f"base.{code}")
        currency.active = True
        day = today.replace(day=1) - dt.timedelta(days=912)
        while day <= today:
            values.append({"currency_id": currency.id, "company_id": company.id, "name": day, "rate": round(rate, 4)})
            rate *= 1 + rng.uniform(-0.012, 0.012)
            day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    env["res.currency.rate"].search([("company_id", "in", (company.id, False))]).unlink()
    env["res.currency.rate"].create(values)


def _hire(env, company):
    groups = {
        "manager": ("account.group_account_manager", "debto_dunning.group_dunning_manager"),
        "billing": ("account.group_account_invoice", "debto_dunning.group_dunning_user"),
        "sales": (),
    }
    for login, name, lang, role in USERS:
        if env["res.users"].search_count([("login", "=", login)]):
            continue
        wanted = ("base.group_user", "base.group_partner_manager", *groups[role])
        found = [env.ref(xmlid, raise_if_not_found=False) for xmlid in wanted]
        env["res.users"].with_context(no_reset_password=True).create({
            "login": login, "password": login, "name": name, "lang": lang, "tz": "Europe/Brussels",
            "email": f"{login}@{COMPANY['domain']}", "company_id": company.id, "company_ids": [company.id],
            "group_ids": [Command.set([group.id for group in found if group])],
        })
    for group in (env.ref(xmlid, raise_if_not_found=False) for xmlid in groups["manager"]):
        if group:
            env.ref("base.user_admin").group_ids += group


def _dress(env, company):
    """Layout, paper and logo, so that a document can be printed without being asked for them."""
    company.write({
        "external_report_layout_id": env.ref("web.external_layout_standard").id,
        "paperformat_id": env.ref("base.paperformat_euro").id,
        "primary_color": "#2f5d50", "secondary_color": "#6b8f71",
        "logo": _draw_logo(),
    })


def _draw_logo():
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (560, 140), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((10, 10, 100, 90), fill="#2f5d50")
    draw.rectangle((49, 80, 61, 130), fill="#7a5c3e")
    draw.text((125, 22), "Lindeboom", fill="#2f5d50", font=ImageFont.load_default(66))
    draw.text((128, 96), "alles voor het kantoor", fill="#6b8f71", font=ImageFont.load_default(28))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue())


def make_terms(env):
    """The payment terms in use, by name: immediate, 14, 30, month (30 days end of month), parts (30 % now, the rest
    after 60 days)."""
    def term(names, **line):
        record = env["account.payment.term"].create({
            "name": names[0], "line_ids": [Command.create({"value": "percent", "value_amount": 100, **line})]})
        _translate(record, *names)
        return record

    return {
        "immediate": env.ref("account.account_payment_term_immediate"),
        "14": term(("14 Days", "14 dagen", "14 jours", "14 Tage"), nb_days=14),
        "30": env.ref("account.account_payment_term_30days"),
        "month": term(("30 Days End of Month", "30 dagen einde maand", "30 jours fin de mois", "30 Tage Monatsende"),
                      nb_days=30, delay_type="days_after_end_of_month"),
        "parts": env.ref("account.account_payment_term_advance_60days"),
    }


def make_products(env, company):
    """The products for sale, by trade: lists of pairs (row of `demo_data.PRODUCTS`, ``product.product``)."""
    template = env["account.chart.template"].with_company(company)
    taxes = {
        (21, "consu"): template.ref("attn_VAT-OUT-21-L"),
        (21, "service"): template.ref("attn_VAT-OUT-21-S"),
        (6, "consu"): template.ref("attn_VAT-OUT-06-L"),
    }
    # the chart brings the taxes on services switched off; abroad they become this one
    for tax in (*taxes.values(), template.ref("attn_VAT-OUT-00-EU-S")):
        tax.active = True
    products = env["product.product"].create([{
        "name": row.en, "default_code": row.code, "type": row.kind, "list_price": row.price,
        "taxes_id": [Command.set(taxes[row.vat, row.kind].ids)],
    } for row in PRODUCTS])
    found = {}
    for row, product in zip(PRODUCTS, products, strict=True):
        _translate(product.product_tmpl_id, row.en, row.nl, row.fr, row.de)
        found.setdefault(row.trade, []).append((row, product))
    return found


def _translate(record, english, dutch, french, german):
    words = {"nl": dutch, "fr": french, "de": german}
    record.update_field_translations("name", {"en_US": english} | {code: words[code[:2]] for code in LANGUAGES})
