"""The demo's customers: firms and people of Belgium, the Netherlands, France and Germany, and a few overseas."""
import datetime as dt
import re
import unicodedata
from typing import NamedTuple

import demo_numbers
from demo_data import HABITS, OVERSEAS, REGIONS

BATCH = 100
CONSUMER_SHARE = 0.22     # three of them are self-employed: businesses by their VAT number
BUSINESS_TRADES = ("office", "it", "catering", "cleaning")


class Customer(NamedTuple):
    """A customer with how it buys and pays."""
    partner: object     # res.partner
    address: object     # res.partner that invoices go to: the partner or its invoice address
    business: bool
    habit: str          # a key of demo_data.HABITS
    since: dt.date      # the first day on which it buys
    stops: dt.date      # from this day on it pays nothing
    weight: float       # how much it buys, around 1
    trades: tuple
    term: str           # a key of demo_company.make_terms
    payment_run: bool   # pays everything due in one transfer on Thursdays
    currency: object    # res.currency


def make_customers(env, company, terms, today, rng):
    """Create the customers and return them as a list of :class:`Customer`."""
    values, drafts = [], []
    for region in REGIONS.values():
        draw = _Draw(region, rng)
        for number in range(region.customers):
            business = number >= round(region.customers * CONSUMER_SHARE)
            vals = draw.business() if business else draw.consumer()
            drafts.append((region, business, "EUR"))
            values.append(vals)
    for firm in OVERSEAS:
        vals = {key: firm[key] for key in ("name", "lang", "street", "zip", "city")}
        drafts.append((None, True, firm["currency"]))
        values.append(vals | {"is_company": True, "vat": demo_numbers.vat(firm["country"], rng),
                              "email": f"accounts@{slug(firm['name'])}.example", "country": firm["country"]})
    both = list(zip(values, drafts, strict=True))
    rng.shuffle(both)
    values, drafts = [vals for vals, _draft in both], [draft for _vals, draft in both]
    _spoil(values, drafts, rng)
    codes = sorted({vals["country"] for vals in values})
    countries = {country.code: country.id for country in env["res.country"].search([("code", "in", codes)])}
    partners = env["res.partner"]
    for start in range(0, len(values), BATCH):
        partners += partners.create([
            {key: value for key, value in vals.items() if key != "country"}
            | {"country_id": countries[vals["country"]], "ref": f"K{10001 + start + index}"}
            for index, vals in enumerate(values[start:start + BATCH])])
    addresses = _make_contacts(env, partners, drafts, rng)
    _make_accounts(env, partners, drafts, rng)
    customers = [
        _behave(env, partner, addresses.get(partner, partner), habit, business, currency, today, rng)
        for partner, habit, (_region, business, currency) in zip(
            partners, _deal_habits(len(partners), rng), drafts, strict=True)]
    for customer in customers:
        customer.partner.property_payment_term_id = terms[customer.term]
    return customers


def slug(text):
    """``text`` as a part of an internet domain: plain letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


class _Draw:
    """Draws customers of a region without giving a name twice."""

    def __init__(self, region, rng):
        self.region, self.rng, self.used = region, rng, set()

    def _pick(self, names):
        return self.rng.choice(getattr(self.region, names).split(","))

    def _unused(self, make):
        while True:
            name = make()
            if name not in self.used:
                self.used.add(name)
                return name

    def _place(self):
        number = self.rng.randint(1, 240)
        zip_code, city = self._pick("cities").split(" ", 1)
        street = self._pick("streets")
        if self.region.country == "NL":
            zip_code += f" {self.rng.choice('ABCDEGHJKL')}{self.rng.choice('ABCDEGHJKL')}"
        return {
            "street": f"{number} {street}" if self.region.country == "FR" else f"{street} {number}",
            "zip": zip_code, "city": city, "country": self.region.country, "lang": self.region.lang,
        }

    def business(self):
        name = self._unused(lambda: f"{self._pick('trades')} {self._pick('last')}")
        mailbox = self.rng.choice(("info", "info", "kantoor" if self.region.lang[:2] == "nl" else "contact", "mail"))
        return self._place() | {
            "name": f"{name} {self.rng.choice(self.region.forms)}",
            "is_company": True,
            "vat": demo_numbers.vat(self.region.country, self.rng),
            "email": f"{mailbox}@{slug(name)}.example",
        }

    def consumer(self):
        name = self._unused(lambda: f"{self._pick('first')} {self._pick('last')}")
        return self._place() | {
            "name": name, "is_company": False, "email": f"{slug(name).replace('-', '.')}@example.com"}


def _spoil(values, drafts, rng):
    """What is never quite right in a real file: no e-mail, a wrong one, no language; and self-employed persons."""
    home = [index for index, (region, _business, _currency) in enumerate(drafts) if region]
    for index in rng.sample(home, len(home) * 8 // 100):
        values[index]["email"] = False
    with_mail = [index for index in home if values[index]["email"]]
    first, second, silent = rng.sample(with_mail, 3)
    values[first]["email"] = values[first]["email"].replace("@", " at ")
    values[second]["email"] = values[second]["email"].split("@")[0] + "@"
    values[silent]["lang"] = False
    people = [index for index, (region, business, _c) in enumerate(drafts)
              if region and not business and region.country == "BE"]
    for index in rng.sample(people, min(3, len(people))):
        values[index]["vat"] = demo_numbers.vat("BE", rng)
        drafts[index] = (drafts[index][0], True, "EUR")


def _make_contacts(env, partners, drafts, rng):
    """Invoice addresses and people of accounts payable; returns the invoice address by partner."""
    values, addressed = [], []
    for partner, (region, _business, _currency) in zip(partners, drafts, strict=True):
        if not region or not partner.is_company or not partner.email:
            continue
        domain = partner.email.rpartition("@")[2] or f"{slug(partner.name)}.example"
        if rng.random() < 0.16:
            addressed.append((partner, len(values)))
            values.append({
                "parent_id": partner.id, "type": "invoice", "name": region.accounts, "lang": partner.lang,
                "email": f"{slug(region.accounts)}@{domain}", "street": partner.street, "zip": partner.zip,
                "city": partner.city, "country_id": partner.country_id.id})
        if rng.random() < 0.28:
            name = f"{rng.choice(region.first.split(','))} {rng.choice(region.last.split(','))}"
            values.append({
                "parent_id": partner.id, "type": "contact", "name": name, "function": region.function,
                "lang": partner.lang, "email": f"{slug(name).replace('-', '.')}@{domain}"})
    children = env["res.partner"].create(values)
    return {partner: children[index] for partner, index in addressed}


def _make_accounts(env, partners, drafts, rng):
    """Bank accounts of two customers in three: a bank line that only has an account number can be matched by it."""
    env["res.partner.bank"].create([
        {"acc_number": demo_numbers.iban(region.country, rng), "partner_id": partner.id}
        for partner, (region, _business, _currency) in zip(partners, drafts, strict=True)
        if region and rng.random() < 0.66])


def _deal_habits(count, rng):
    """`count` habits, each as often as its share says, in no order."""
    habits = [name for name, habit in HABITS.items() for _number in range(round(count * habit.share))]
    habits = (habits + ["prompt"] * count)[:count]
    rng.shuffle(habits)
    return habits


def _behave(env, partner, address, habit, business, currency, today, rng):
    age = 730 if rng.random() < 0.55 else rng.randint(45, 730)
    if business:
        term = rng.choices(("immediate", "14", "30", "month", "parts"), (5, 20, 50, 19, 6))[0]
        weight = min(5.0, rng.lognormvariate(0, 0.7))
        trades = tuple(rng.sample(BUSINESS_TRADES, rng.choice((1, 1, 2))))
    else:
        term = rng.choices(("immediate", "14"), (35, 65))[0]
        weight, trades = 0.3 * min(3.0, rng.lognormvariate(0, 0.5)), ("home",)
    stops = today - dt.timedelta(days=rng.randint(60, 200)) if habit == "stops" else dt.date.max
    return Customer(
        partner, address, business, habit, today - dt.timedelta(days=age), stops, weight, trades, term,
        business and rng.random() < 0.30, env.ref(f"base.{currency}"))
